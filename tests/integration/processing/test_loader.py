"""The loader on real stores: all is stored, all is told, nothing is skipped."""

import asyncio
from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from prometheus_client import REGISTRY

from gtms.config import Settings
from gtms.events import topics
from gtms.events.envelope import Outgoing, event_key
from gtms.events.topics import CHANGES, DEAD_LETTERS
from gtms.families import FAMILIES
from gtms.processing.loader import TOPICS
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse.accounting import account
from tests.support.filled import a_record, an_event, some_events
from tests.support.loading import Group, Registry, loading, publish, until, with_processing
from tests.support.log import Message, messages, write
from treatment.changes.v1.changes_pb2 import Changes

ADMISSION, OUTCOME, QA = FAMILIES["admission"], FAMILIES["outcome"], FAMILIES["qa_assessment"]


def raw(event: Outgoing) -> Message:
    return Message(("", 0, 0), event.key, event.value, list(event.headers))


def uids_of(events: list[Outgoing]) -> set[str]:
    return {(event.key or b"").decode().split("/")[1] for event in events}


def told(settings: Settings, country: str) -> set[str]:
    parsed = (Changes.FromString(one.value or b"") for one in messages(settings.kafka, CHANGES))
    return {t.record_uid for one in parsed if one.country == country for t in one.touched}


def put_aside(settings: Settings, topic: str) -> list[Message]:
    letters = messages(settings.kafka, DEAD_LETTERS)
    return [one for one in letters if one.header("gtms_origin_topic") == topic]


def origin(letter: Message) -> tuple[str, int, int]:
    return (
        letter.header("gtms_origin_topic"),
        int(letter.header("gtms_origin_partition")),
        int(letter.header("gtms_origin_offset")),
    )


async def test_records_are_stored_told_and_committed(
    settings: Settings, registry: Registry, group: Group
) -> None:
    events = some_events(20 * len(FAMILIES), seed=1, country="LAA")
    await publish(settings, events)
    async with loading(settings) as loader:
        await until(lambda: group.lag() == 0, loader)
        ends = loader.ends()
    for family in FAMILIES.values():
        statement = (
            f"SELECT uniqExact(record_uid) FROM registry.{family.table} WHERE country = 'LAA'"
        )
        assert registry.ask(statement) == [(20,)]
    assert registry.revisions("LAA") == len(events)
    assert told(settings, "LAA") == uids_of(events)
    watermarks = registry.ask("SELECT sum(next_offset) FROM ops.watermarks FINAL")
    assert watermarks == [(sum(1 for _ in messages(settings.kafka, *TOPICS)),)]
    rows = registry.ask("SELECT topic, partition, next_offset FROM ops.watermarks FINAL")
    assert {(one.topic, one.number, end) for one, end in ends.items() if end} == set(rows)
    received = registry.ask("SELECT sum(revisions) FROM ops.received WHERE country = 'LAA'")
    assert received == [(len(events),)]


async def test_reading_everything_again_changes_nothing(
    settings: Settings, registry: Registry, group: Group
) -> None:
    events = [*some_events(100, seed=2, country="LAB"), *some_events(50, seed=2, country="LAB")]
    Random(1).shuffle(events)
    await publish(settings, events)
    async with loading(settings) as loader:
        await until(lambda: group.lag() == 0, loader)
    before = registry.content("LAB")
    assert before["revisions"][0] == 100
    group.forget()
    async with loading(settings) as loader:
        await until(lambda: group.lag() == 0, loader)
    assert registry.content("LAB") == before


def poison() -> dict[str, Message]:
    good = an_event(ADMISSION, a_record(ADMISSION, Random(3), key="spoilt", country="LAC"))
    value = good.value or b""

    def spoilt(change: Any) -> Message:
        record = ADMISSION.record_type.FromString(value)
        change(record)
        envelope = record.envelope
        key = event_key(
            envelope.country_iso3,
            envelope.record_uid,
            envelope.record_version,
            envelope.payload_sha256,
        )
        return replace(raw(good), key=key, value=record.SerializeToString())

    return {
        "garbage": replace(raw(good), value=b"\xff\xfe garbage"),
        "truncated": replace(raw(good), value=value[:-4]),
        "empty": replace(raw(good), value=b""),
        "tombstone": replace(raw(good), value=None),
        "too long": replace(raw(good), value=value + b"\xc2\x3e\x80\x80\x60" + b"\x00" * 1_572_864),
        "unknown type": replace(raw(good), headers=[("ce_type", b"treatment.unknown.v1.Record")]),
        "no type": replace(raw(good), headers=[]),
        "another key": replace(raw(good), key=b"KEN/x/1/000000000000"),
        "wrong tenant": spoilt(lambda record: setattr(record.envelope, "country_iso3", "UGA")),
        "unknown code": spoilt(lambda record: setattr(record.record, "sex", 77)),
        "no such day": spoilt(
            lambda record: setattr(record.record, "admission_date", "2025-02-30")
        ),
        "year 9999": spoilt(lambda record: setattr(record.record, "admission_date", "9999-01-01")),
        "year 0001": spoilt(lambda record: setattr(record.record, "admission_date", "0001-01-01")),
        "not a number": spoilt(
            lambda record: setattr(record.record.baseline_whoqol, "physical", float("nan"))
        ),
        "neither": spoilt(lambda record: record.ClearField("content")),
        "long pseudonym": spoilt(
            lambda record: setattr(record.record, "client_pseudonym", "a" * 33)
        ),
    }


@pytest.mark.parametrize("together", [True, False])
async def test_poison_is_put_aside_and_those_behind_go_on(
    settings: Settings, registry: Registry, group: Group, *, together: bool
) -> None:
    country = "LAC" if together else "LAD"
    kinds = poison()
    around = some_events(2 * len(FAMILIES) * len(kinds), seed=4, country=country)
    good = iter([raw(one) for one in around if one.topic == ADMISSION.topic])
    mix = [one for kind in kinds.values() for one in (next(good), kind, next(good))]
    batch = with_processing(settings, batch_records=10_000 if together else 3)
    places = write(settings.kafka, (ADMISSION.topic, 1), mix)
    async with loading(batch) as loader:
        await until(lambda: group.lag() == 0, loader)
    expected = {place: mix[number] for number, place in enumerate(places) if number % 3 == 1}
    found = {origin(one): one for one in put_aside(settings, ADMISSION.topic)}
    found = {place: letter for place, letter in found.items() if place in places}
    assert set(found) == set(expected)
    for place, letter in found.items():
        assert letter.header("gtms_reason")
        assert letter.key == expected[place].key
        assert "spoilt" not in letter.header("gtms_reason")
    noted = registry.ask(
        "SELECT topic, toInt64(partition), toInt64(offset), reason FROM ops.dead_letters FINAL"
    )
    for place, letter in found.items():
        assert (*place, letter.header("gtms_reason")) in noted
    stored = {(one.key or b"").decode().split("/")[1] for one in [*mix[::3], *mix[2::3]]}
    there = registry.ask(
        "SELECT uniqExact(record_uid) FROM registry.admissions WHERE record_uid IN %(uids)s",
        uids=list(stored),
    )
    assert there == [(len(stored),)]
    counted = account(settings, ADMISSION.topic)
    assert counted.missing == 0
    assert counted.read == (
        counted.stored + counted.superseded + counted.duplicates + counted.dead_lettered
    )


async def test_topic_full_of_rubbish_is_left_alone_and_the_others_are_not(
    settings: Settings, registry: Registry, group: Group
) -> None:
    outcomes = [
        an_event(OUTCOME, a_record(OUTCOME, Random(n), key=f"{n}", country="LAE")) for n in range(3)
    ]
    rubbish = [Message(("", 0, 0), b"key", b"\xff", []) for _ in range(20)]
    strict = with_processing(settings, poison_limit=6)
    before = len(put_aside(settings, OUTCOME.topic))
    write(settings.kafka, (OUTCOME.topic, 0), [raw(outcomes[0]), *rubbish, raw(outcomes[1])])
    async with loading(strict) as loader:

        def halted() -> bool:
            return REGISTRY.get_sample_value("gtms_loader_halted", {"topic": OUTCOME.topic}) == 1

        await until(halted, loader)
        other = some_events(4 * len(FAMILIES), seed=5, country="LAF")
        await publish(settings, [one for one in other if one.topic != OUTCOME.topic])
        await until(lambda: registry.revisions("LAF") == len(other) - 4, loader)
        await asyncio.sleep(1)
        assert len(put_aside(settings, OUTCOME.topic)) - before == 6
        assert registry.revisions("LAE") == 1
        assert group.lag() == 15
    async with loading(settings) as loader:
        await until(lambda: group.lag() == 0, loader)
    assert len(put_aside(settings, OUTCOME.topic)) - before == 20
    assert registry.revisions("LAE") == 2


async def test_killed_clickhouse_costs_nothing(
    own_stack: EmbeddedStack, settings: Settings, registry: Registry, group: Group
) -> None:
    events = some_events(6_000, seed=6, country="LAG")
    await publish(settings, events)
    small = with_processing(settings, batch_records=400)
    async with loading(small) as loader:
        for share in (500, 2_000, 4_000):
            await until(lambda share=share: registry.revisions("LAG") > share, loader)
            pid = own_stack.pid("clickhouse")
            own_stack.kill("clickhouse")
            await asyncio.to_thread(own_stack.wait_restarted, "clickhouse", pid)
        await until(lambda: group.lag() == 0, loader)
    assert registry.revisions("LAG") == 6_000
    stored = sum(registry.content("LAG")[family.table][0] for family in FAMILIES.values())
    assert stored == 6_000
    assert told(settings, "LAG") == uids_of(events)


async def test_it_stays_in_its_group_while_clickhouse_is_away(
    own_stack: EmbeddedStack, settings: Settings, registry: Registry, group: Group
) -> None:
    async with loading(settings) as loader:
        await until(lambda: group.lag() == 0, loader)
        aside = len(put_aside(settings, ADMISSION.topic))
        turns = loader.turns
        own_stack.stop("clickhouse")
        await publish(settings, some_events(300, seed=7, country="LAH"))
        await asyncio.sleep(2.5 * settings.processing.session_timeout_s)
        assert group.lag() == 300
        assert REGISTRY.get_sample_value("gtms_waiting", {"work": "loader"}) == 1
        await asyncio.to_thread(own_stack.supervisor.start, "clickhouse")
        await until(lambda: group.lag() == 0, loader)
        assert loader.turns == turns
    assert registry.revisions("LAH") == 300
    assert len(put_aside(settings, ADMISSION.topic)) == aside


def lose(registry: Registry, country: str) -> None:
    """What a restored backup does: records are gone, and the watermarks are those of before."""
    for table in ("revisions", "person_records", *(one.table for one in FAMILIES.values())):
        registry.ask(f"DELETE FROM registry.{table} WHERE country = %(country)s", country=country)
    registry.ask(
        "INSERT INTO ops.watermarks (topic, partition, next_offset)"
        " SELECT topic, partition, 0 FROM ops.watermarks FINAL"
    )


@pytest.mark.parametrize("running", [True, False])
async def test_what_clickhouse_lost_is_read_again(
    settings: Settings, registry: Registry, group: Group, *, running: bool
) -> None:
    country = "LAI" if running else "LAJ"
    await publish(settings, some_events(60, seed=8, country=country))
    async with loading(settings) as loader:
        await until(lambda: group.lag() == 0, loader)
        before = registry.content(country)
        if running:
            lose(registry, country)
            await publish(settings, some_events(15, seed=9, country="LAK"))
            await until(lambda: registry.content(country) == before, loader)
    if not running:
        lose(registry, country)
        async with loading(settings) as loader:
            await until(lambda: registry.content(country) == before, loader)
            await until(lambda: group.lag() == 0, loader)


async def test_offsets_set_to_the_end_skip_nothing(
    settings: Settings, registry: Registry, group: Group
) -> None:
    async with loading(settings) as loader:
        await until(lambda: group.lag() == 0, loader)
    await publish(settings, some_events(30, seed=10, country="LAL"))
    group.skip_to_end()
    assert group.lag() == 0
    async with loading(settings) as loader:
        await until(lambda: registry.revisions("LAL") == 30, loader)


async def test_two_share_the_work_and_one_goes(
    settings: Settings, registry: Registry, group: Group
) -> None:
    small = with_processing(settings, batch_records=100)
    async with loading(small) as first:
        await until(lambda: group.lag() == 0, first)
        async with loading(small) as second:
            await publish(settings, some_events(1_000, seed=11, country="LAM"))
            await until(lambda: registry.revisions("LAM") > 300, second)
        await publish(settings, some_events(1_000, seed=12, country="LAN"))
        await until(lambda: group.lag() == 0, first)
    assert (registry.revisions("LAM"), registry.revisions("LAN")) == (1_000, 1_000)


async def test_topic_made_anew_is_read_from_its_beginning(
    settings: Settings, registry: Registry, group: Group
) -> None:
    async with loading(settings) as loader:
        await until(lambda: group.lag() == 0, loader)
    await asyncio.to_thread(make_anew, settings, QA.topic)
    events = [an_event(QA, a_record(QA, Random(n), key=f"{n}", country="LAO")) for n in range(5)]
    await publish(settings, events)
    async with loading(settings) as loader:
        await until(lambda: registry.revisions("LAO") == 5, loader)
        await until(lambda: group.lag() == 0, loader)


def make_anew(settings: Settings, topic: str) -> None:
    from kafka.admin import KafkaAdminClient

    admin = KafkaAdminClient(bootstrap_servers=settings.kafka.bootstrap.split(","))
    try:
        admin.delete_topics([topic])
        while topic in admin.list_topics():
            pass
    finally:
        admin.close()
    topics.create_missing(settings.kafka)


async def test_a_bug_ends_it_and_nothing_is_committed(
    settings: Settings, registry: Registry, group: Group
) -> None:
    async with loading(settings) as loader:
        await until(lambda: group.lag() == 0, loader)
    registry.ask("RENAME TABLE registry.qa_assessments TO registry.elsewhere")
    try:
        await publish(settings, some_events(10, seed=13, country="LAP"))
        async with loading(settings) as loader:
            await asyncio.wait_for(loader.wait_until_stopped(), 60)
            assert loader.crashed
        assert group.lag() == 10
    finally:
        registry.ask("RENAME TABLE registry.elsewhere TO registry.qa_assessments")
    async with loading(settings) as loader:
        await until(lambda: registry.revisions("LAP") == 10, loader)


async def test_every_event_is_accounted_for(settings: Settings, group: Group) -> None:
    events = some_events(50, seed=14, country="LAQ")
    await publish(settings, [*events, *events[:10]])
    async with loading(settings) as loader:
        await until(lambda: group.lag() == 0, loader)
    read = Counter[str]()
    for topic in TOPICS:
        counted = await asyncio.to_thread(account, settings, topic)
        assert counted.missing == 0
        read[topic] = counted.read
        assert counted.read == (
            counted.stored + counted.superseded + counted.duplicates + counted.dead_lettered
        )
    assert sum(read.values()) == sum(1 for _ in messages(settings.kafka, *TOPICS))
