"""What ClickHouse reads out of messages is what is in them; what holds depends on no order."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from google.protobuf.message import Message

from gtms.events.envelope import Outgoing, RecordMessage
from gtms.events.many import by_family, unwrap
from gtms.events.plausible import is_date
from gtms.families import FAMILIES, Family, by_code
from gtms.records.identifiers import episode_uid
from gtms.warehouse.client import Connection
from gtms.warehouse.columns import columns, content_of
from gtms.warehouse.sender import Refused
from gtms.warehouse.writer import Partition, Writer
from tests.support import population
from tests.support.filled import (
    RECEIVED,
    Read,
    a_record,
    a_retraction,
    an_event,
    as_read,
    sealed,
)

ADMISSION, OUTCOME = FAMILIES["admission"], FAMILIES["outcome"]


def store(writer: Writer, events: Sequence[Outgoing | Read]) -> None:
    read = [one if isinstance(one, Read) else as_read([one])[0] for one in events]
    for family, group in by_family(read).items():
        assert family is not None
        writer.store(unwrap(family, group))


def family_of(record: RecordMessage) -> Family:
    found = by_code(record.envelope.family)
    assert found is not None
    return found


def columns_of(message: Message | None, kind: Any) -> dict[str, Any]:
    """What the columns must hold, the slow way: one value after the other."""
    values: dict[str, Any] = {}
    for field in kind.fields:
        present = message is not None and (not field.has_presence or message.HasField(field.name))
        value = getattr(message, field.name) if message is not None else None
        if field.message_type is not None and field.is_repeated:
            inner = [columns_of(one, field.message_type) for one in value or ()]
            for name in columns_of(None, field.message_type):
                values[f"{field.name}_{name}"] = [one[name] for one in inner]
        elif field.message_type is not None:
            inside = columns_of(value if present else None, field.message_type)
            values |= {f"{field.name}_{name}": one for name, one in inside.items()}
        elif field.is_repeated:
            values[field.name] = list(value or ())
        elif field.has_presence:
            values[field.name] = _plain(field, value) if present else None
        else:
            values[field.name] = _plain(field, value if present else field.default_value)
    return values


def _plain(field: Any, value: Any) -> Any:
    return date.fromisoformat(value) if is_date(field) else value


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_every_column_holds_what_the_message_says(
    writer: Writer, connection: Connection, family: Family
) -> None:
    random = Random(7)
    records = [a_record(family, random, key=f"whole-{n}", country="ZWE") for n in range(150)]
    store(writer, [an_event(family, record) for record in records])
    names = [one.name for one in columns(content_of(family.record_type.DESCRIPTOR))]
    rows = connection.execute(
        f"SELECT record_uid, payload, {', '.join(names)} FROM registry.{family.table} FINAL"
        " WHERE country = 'ZWE'",
        settings={"strings_as_bytes": True},
    )
    found = {row[0]: row for row in rows}
    for record in records:
        row = found[record.envelope.record_uid.encode()]
        assert row[1] == record.SerializeToString()
        expected = columns_of(record.record, record.record.DESCRIPTOR)
        assert {name: _text(value) for name, value in zip(names, row[2:], strict=True)} == expected


def _text(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode()
    return [_text(one) for one in value] if isinstance(value, list) else value


def test_outcome_names_its_episode(writer: Writer, connection: Connection) -> None:
    record = a_record(OUTCOME, Random(1), key="episode", country="ZMB")
    record.record.episode_id = "E/1|Ä"
    store(writer, [an_event(OUTCOME, sealed(OUTCOME, record, country="ZMB"))])
    [(uid,)] = connection.execute("SELECT episode_uid FROM registry.outcomes WHERE country = 'ZMB'")
    assert uid == episode_uid("ZMB", record.record.facility_id, "E/1|Ä")


REVISIONS = (1, 2, 2, 3, 5, 5)


def versions(country: str) -> list[Outgoing]:
    """A record in several revisions, two of them conflicts, two sent again later."""
    events = []
    for place, revision in enumerate(REVISIONS):
        record = a_record(ADMISSION, Random(place), key="order", country=country)
        for later in (0, 90):
            received = RECEIVED + timedelta(seconds=place + later)
            made = sealed(ADMISSION, record, country=country, revision=revision, received=received)
            events.append(an_event(ADMISSION, made))
    return events


def holding(connection: Connection, country: str) -> list[tuple[Any, ...]]:
    row = "SELECT revision, content_hash, received_at, payload FROM registry.admissions FINAL"
    return connection.execute(
        f"{row} WHERE country = %(country)s",
        {"country": country},
        settings={"strings_as_bytes": True},
    )


def test_highest_revision_then_higher_hash_then_earlier_holds_in_any_order(
    writer: Writer, connection: Connection
) -> None:
    found = []
    for seed, country in enumerate(("AAA", "AAB", "AAC", "AAD")):
        events = versions(country)
        Random(seed).shuffle(events)
        for event in [*events, *events[:5]]:
            store(writer, [event])
        [row] = holding(connection, country)
        found.append(row[:3])
    of_highest = [
        ADMISSION.record_type.FromString(one.value or b"").envelope.payload_sha256
        for one in versions("AAA")
        if b"/5/" in (one.key or b"")
    ]
    assert len(set(found)) == 1
    revision, content_hash, received = found[0]
    assert revision == 5
    assert content_hash == max(of_highest)
    place = 4 + of_highest[::2].index(content_hash)
    assert received == RECEIVED + timedelta(seconds=place)


def test_merging_parts_changes_nothing(writer: Writer, connection: Connection) -> None:
    for event in versions("AAE"):
        store(writer, [event])
    before = holding(connection, "AAE")
    connection.execute("OPTIMIZE TABLE registry.admissions FINAL")
    assert holding(connection, "AAE") == before
    raw = "SELECT count() FROM registry.admissions WHERE country = 'AAE'"
    assert connection.execute(raw) == [(1,)]


def test_every_accepted_revision_is_kept_once_as_received_first(
    writer: Writer, connection: Connection
) -> None:
    events = versions("AAF")
    Random(1).shuffle(events)
    store(writer, as_read(events, partition=3, first=100))
    rows = connection.execute(
        "SELECT revision, received_at, partition, topic, family, person != '' FROM"
        " registry.revisions FINAL WHERE country = 'AAF' ORDER BY received_at"
    )
    assert [row[0] for row in rows] == list(REVISIONS)
    assert max(row[1] for row in rows) < RECEIVED + timedelta(seconds=60)
    assert {row[2:] for row in rows} == {(3, ADMISSION.topic, ADMISSION.code, 1)}


def test_every_person_a_record_ever_named_is_kept(writer: Writer, connection: Connection) -> None:
    store(writer, [*versions("AAG"), an_event(ADMISSION, gone("AAG"))])
    [(persons, records)] = connection.execute(
        "SELECT uniqExact(person), uniqExact(record_uid) FROM registry.person_records"
        " WHERE country = 'AAG'"
    )
    assert (persons, records) == (len(REVISIONS), 1)


def gone(country: str) -> Message:
    return a_retraction(ADMISSION, key="order", revision=9, country=country)


@pytest.mark.parametrize("retraction_first", [True, False])
def test_retraction_leaves_a_row_that_says_so(
    writer: Writer, connection: Connection, *, retraction_first: bool
) -> None:
    country = "AAH" if retraction_first else "AAI"
    events = [an_event(ADMISSION, gone(country)), *versions(country)]
    for event in events if retraction_first else events[::-1]:
        store(writer, [event])
    [row] = connection.execute(
        "SELECT revision, is_retracted, facility_id, episode_id, sex, client_pseudonym"
        " FROM registry.admissions FINAL WHERE country = %(country)s",
        {"country": country},
    )
    assert row == (9, 1, "order-0", "order-1", 0, "")
    [revision] = connection.execute(
        "SELECT is_retracted, person, facility_id, event_date FROM registry.revisions FINAL"
        " WHERE country = %(country)s AND revision = 9",
        {"country": country},
    )
    assert revision == (1, "", "order-0", None)


def test_retracted_outcome_belongs_to_no_episode(writer: Writer, connection: Connection) -> None:
    record = a_retraction(OUTCOME, key="gone", revision=2, country="AAJ")
    store(writer, [an_event(OUTCOME, record)])
    rows = connection.execute("SELECT episode_uid FROM registry.outcomes WHERE country = 'AAJ'")
    assert rows == [("",)]


def test_a_revision_tells_the_day_that_it_is_about(writer: Writer, connection: Connection) -> None:
    said = [
        population.training_event("T1", "2025-03-03", "2025-03-07"),
        population.training_participant("ann", "T1"),
        population.estimate(1, 2024),
        population.retraction(population.estimate(1, 2023), 2),
    ]
    records = [population.received(one, "AAM") for one in said]
    store(writer, [an_event(family_of(one), one) for one in records])
    rows = connection.execute(
        "SELECT record_uid, event_date, person, facility_id FROM registry.revisions FINAL"
        " WHERE country = 'AAM'"
    )
    days = [date(2025, 3, 7), None, date(2024, 1, 1), None]
    uids = [one.envelope.record_uid for one in records]
    assert {row[0]: row[1:] for row in rows} == {
        uid: (day, "", "") for uid, day in zip(uids, days, strict=True)
    }


@pytest.mark.parametrize("parts", [{}, {"admin1": "KE-30", "sex": 2, "age_lo": 0}, {"age_hi": 64}])
def test_a_retraction_finds_the_estimate_by_what_is_there_and_what_is_not(
    writer: Writer, connection: Connection, parts: dict[str, Any]
) -> None:
    country = f"ES{len(parts)}"
    estimate = population.estimate(1, 2024, **parts)
    for said in (estimate, population.retraction(estimate, 2)):
        store(writer, [an_event(FAMILIES["estimate"], population.received(said, country))])
    rows = connection.execute(
        "SELECT is_retracted, year, admin1_code, sex, age_lo, age_hi FROM registry.estimates FINAL"
        f" WHERE country = '{country}'"
    )
    shown = ("admin1", "sex", "age_lo", "age_hi")
    absent = {"sex": 0}
    assert rows == [(1, 2024, *(parts.get(name, absent.get(name)) for name in shown))]


@pytest.mark.parametrize("year", [1899, 2101, 4_000_000_000])
def test_a_year_beyond_the_calendar_is_refused(writer: Writer, year: int) -> None:
    record = population.received(population.estimate(1, year), "AAN")
    with pytest.raises(Refused):
        store(writer, [an_event(FAMILIES["estimate"], record)])


def spoilt(field: str, value: object) -> Read:
    record = a_record(ADMISSION, Random(3), key="spoilt", country="AAK")
    target: Any = record
    *way, last = field.split(".")
    for name in way:
        target = target[0] if name == "0" else getattr(target, name)
    if last == "append":
        target.append(value)
    else:
        setattr(target, last, value)
    return as_read([an_event(ADMISSION, record)])[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("record.admission_date", "2025-02-30"),
        ("record.admission_date", "0001-01-01"),
        ("record.admission_date", "9999-12-31"),
        ("record.admission_date", "2025-2-3"),
        ("record.request_date", "yesterday"),
        ("record.request_date", "2025-01-01T00:00:00"),
        ("record.sex", 77),
        ("record.sex", 300),
        ("record.sex", -1),
        ("record.interventions_planned.append", 98),
        ("record.baseline_top.shared", 77),
        ("record.baseline_whoqol.physical", float("nan")),
        ("record.baseline_whoqol.social", float("inf")),
        ("record.episode_id", "another"),
        ("record.episode_id", ""),
        ("envelope.operation", 2),
        ("envelope.submitted_at.seconds", 10**12),
        ("envelope.received_at.seconds", 0),
        ("envelope.received_at.seconds", 10**10),
    ],
)
def test_what_no_record_may_have_is_refused_with_all_that_came_with_it(
    writer: Writer, connection: Connection, field: str, value: object
) -> None:
    good = as_read([an_event(ADMISSION, a_record(ADMISSION, Random(4), key="g", country="AAK"))])
    with pytest.raises(Refused) as refusal:
        store(writer, [*good, spoilt(field, value)])
    assert len(str(value)) < 4 or str(value) not in str(refusal.value)
    for table in ("admissions", "revisions", "person_records"):
        count = f"SELECT count() FROM registry.{table} WHERE country = 'AAK'"
        assert connection.execute(count) == [(0,)]


def test_watermark_is_what_was_noted_last(writer: Writer) -> None:
    one, other = Partition("a.topic", 0), Partition("a.topic", 1)
    writer.note_watermarks({one: 10, other: 20})
    writer.note_watermarks({one: 5})
    found = writer.watermarks()
    assert (found[one], found[other]) == (5, 20)


def test_times_are_kept_to_the_millisecond(writer: Writer, connection: Connection) -> None:
    received = datetime(2025, 1, 2, 3, 4, 5, 678_000, tzinfo=UTC)
    record = a_record(ADMISSION, Random(5), key="time", country="AAL")
    store(
        writer, [an_event(ADMISSION, sealed(ADMISSION, record, country="AAL", received=received))]
    )
    for table in ("admissions", "revisions"):
        statement = f"SELECT received_at FROM registry.{table} WHERE country = 'AAL'"
        assert connection.execute(statement) == [(received,)]
