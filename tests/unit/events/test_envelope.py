"""Records become events and come back the same; what is no event is refused with a reason."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from gtms.events.envelope import (
    MAX_VALUE_BYTES,
    Headers,
    Outgoing,
    decode,
    encode,
    event_key,
    payload_hash,
)
from gtms.events.failures import InvalidRecord
from gtms.families import FAMILIES, Family
from tests.contract.events.make_golden import golden_records
from tests.support import population
from tests.support.population import RecordMessage, received
from treatment.admissions.v1.admission_pb2 import AdmissionRecord

SECRET = "person-whose-name-must-not-show"


RECORDS: dict[str, RecordMessage] = {
    family: record
    for family, record in golden_records().values()
    if record.WhichOneof("content") == "record"
}


def _admission() -> AdmissionRecord:
    return received(population.admission("ann", "2025-03-01"))


def _event(record: RecordMessage | None = None) -> Outgoing:
    return encode(FAMILIES["admission"], record or _admission())


def _header(headers: Headers, name: str) -> str:
    return next(content.decode() for key, content in headers if key == name)


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_comes_back_as_it_was(name: str) -> None:
    family = FAMILIES[name]
    out = encode(family, RECORDS[name])
    event = decode(out.key, out.value, out.headers)
    assert event.family is family
    assert event.record == RECORDS[name]
    assert out.topic == family.topic


@pytest.mark.parametrize("name", RECORDS)
def test_a_retraction_comes_back_as_it_was(name: str) -> None:
    sent = received(population.retraction(RECORDS[name], 2))
    out = encode(FAMILIES[name], sent)
    assert decode(out.key, out.value, out.headers).record == sent


def test_headers_are_those_of_cloudevents_in_binary_mode() -> None:
    record = _admission()
    headers = _event(record).headers
    assert _header(headers, "ce_specversion") == "1.0"
    assert _header(headers, "ce_type") == "treatment.admissions.v1.AdmissionRecord"
    assert _header(headers, "ce_source") == "/gtms/KEN/dev"
    assert _header(headers, "ce_subject") == record.envelope.record_uid
    assert _header(headers, "ce_time") == "2026-09-30T08:00:00Z"
    assert _header(headers, "content-type") == "application/protobuf"


def test_the_source_is_a_valid_uri_whatever_the_sender_calls_itself() -> None:
    record = _admission()
    record.envelope.source_system_id = "ministry / südwest"
    source = _header(_event(record).headers, "ce_source")
    assert source == "/gtms/KEN/ministry%20%2F%20s%C3%BCdwest"


def test_the_key_names_revision_and_content_so_that_compaction_keeps_every_revision() -> None:
    first, second = _admission(), population.revised(_admission(), 2)
    changed = _admission()
    changed.envelope.payload_sha256 = bytes(32)
    keys = {_event(first).key, _event(second).key, _event(changed).key}
    assert len(keys) == 3
    assert _event(_admission()).key == _event(first).key


def test_all_revisions_of_a_record_go_to_one_partition() -> None:
    spreads = {_event(population.revised(_admission(), n)).spread for n in range(1, 9)}
    assert len(spreads) == 1


def test_partitions_are_used_evenly() -> None:
    counts = [0] * 8
    for number in range(4000):
        record = received(population.admission("ann", "2025-03-01", episode_id=f"E{number}"))
        counts[(_event(record).spread or 0) % 8] += 1
    assert min(counts) > 400


def _change(change: Callable[[AdmissionRecord], None]) -> Outgoing:
    """An event whose key follows the changed envelope, so that only the change is wrong."""
    record = _admission()
    change(record)
    return _event(record)


def _set(path: str, value: object) -> Callable[[AdmissionRecord], None]:
    def change(record: AdmissionRecord) -> None:
        *parents, name = path.split(".")
        place = record
        for parent in parents:
            place = getattr(place, parent)
        setattr(place, name, value)

    return change


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        ("envelope.country_iso3", "UGA", "differs from country, family and natural key"),
        ("envelope.country_iso3", "ke", "differs from country"),
        ("envelope.record_uid", "5f0f3b52-0000-5000-8000-000000000000", "natural key"),
        ("envelope.record_version", 0, "record_version or payload_sha256 is missing"),
        ("envelope.payload_sha256", b"short", "payload_sha256 is missing"),
        ("envelope.family", 5, "family or operation"),
        ("envelope.operation", 2, "family or operation"),
        ("envelope.received_at.seconds", 0, "received_at is out of range"),
        ("envelope.received_at.seconds", 10**11, "received_at is out of range"),
        ("envelope.submitted_at.seconds", -1, "submitted_at is out of range"),
        ("record.facility_id", "", "natural key"),
        ("record.facility_id", "F2", "natural key"),
        ("record.admission_date", "0001-01-01", "admission_date has a value outside"),
        ("record.admission_date", "9999-12-31", "admission_date has a value outside"),
        ("record.admission_date", "2025-02-30", "admission_date has a value outside"),
        ("record.request_date", SECRET, "request_date has a value outside"),
        ("record.sex", 250, "sex has a value outside"),
        ("record.primary_substance", -1, "primary_substance has a value outside"),
    ],
)
def test_a_tampered_record_is_refused_with_a_reason(path: str, value: object, reason: str) -> None:
    out = _change(_set(path, value))
    with pytest.raises(InvalidRecord) as refused:
        decode(out.key, out.value, out.headers)
    assert reason in refused.value.reason
    assert SECRET not in refused.value.reason


def _garbage() -> list[tuple[str, bytes | None, Headers | None, str]]:
    good = _event()
    value = good.value or b""
    no_content = _admission()
    no_content.ClearField("record")
    unknown_part = no_content.SerializeToString() + b"\x4a\x03abc"  # field 9, unknown here
    return [
        ("null", None, None, "tombstone"),
        ("empty", b"", None, "empty"),
        ("garbage", b"\xff\xfe\x00garbage", None, "is not a treatment.admissions"),
        ("truncated", value[: len(value) // 2], None, "is not a treatment.admissions"),
        ("20 MB", bytes(20 * 1024 * 1024), None, f"longer than {MAX_VALUE_BYTES}"),
        ("no content", no_content.SerializeToString(), None, "neither a record nor a retraction"),
        ("unknown oneof", unknown_part, None, "neither a record nor a retraction"),
        ("no type", value, [], "no ce_type"),
        ("unknown type", value, [("ce_type", b"a.B")], "names no record family"),
        (
            "another family's type",
            value,
            [("ce_type", b"treatment.outcomes.v1.OutcomeRecord")],
            "no |neither|differs|is not",
        ),
    ]


@pytest.mark.parametrize(
    ("value", "headers", "reason"), [row[1:] for row in _garbage()], ids=[r[0] for r in _garbage()]
)
def test_what_is_no_event_is_refused(
    value: bytes | None, headers: Headers | None, reason: str
) -> None:
    good = _event()
    with pytest.raises(InvalidRecord, match=reason):
        decode(good.key, value, good.headers if headers is None else headers)


@pytest.mark.parametrize("key", [None, b"", b"KEN/other/1/000000000000"])
def test_a_key_that_differs_from_the_envelope_is_refused(key: bytes | None) -> None:
    good = _event()
    with pytest.raises(InvalidRecord, match="the key differs"):
        decode(key, good.value, good.headers)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_a_decimal_that_is_no_number_is_refused(value: float) -> None:
    record = received(population.facility("F1"))
    record.record.latitude = value
    record.envelope.payload_sha256 = payload_hash(record.record)
    out = encode(FAMILIES["facility"], record)
    with pytest.raises(InvalidRecord, match=r"latitude or .* is no finite number"):
        decode(out.key, out.value, out.headers)


def test_codes_inside_lists_and_nested_messages_are_looked_at() -> None:
    record = _admission()
    record.record.other_substances.add(substance=240)
    out = _event(record)
    with pytest.raises(InvalidRecord, match="substance has a value"):
        decode(out.key, out.value, out.headers)
    record = _admission()
    record.record.interventions_planned.append(241)
    out = _event(record)
    with pytest.raises(InvalidRecord, match="interventions_planned has a value"):
        decode(out.key, out.value, out.headers)


def test_fields_of_a_newer_version_are_kept() -> None:
    out = _event()
    newer = (out.value or b"") + b"\xf2\x06\x03new"
    assert b"new" in decode(out.key, newer, out.headers).record.SerializeToString()


def test_the_hash_is_of_the_content_alone() -> None:
    first = received(population.admission("ann", "2025-03-01"))
    again = received(
        population.admission("ann", "2025-03-01", revision=2),
        at=population.RECEIVED + timedelta(days=1),
    )
    assert payload_hash(first.record) == payload_hash(again.record)
    assert payload_hash(first.record) == first.envelope.payload_sha256


@pytest.mark.parametrize("family", FAMILIES.values(), ids=lambda family: family.name)
def test_keys_are_short_and_name_no_person(family: Family) -> None:
    record = RECORDS[family.name]
    key = encode(family, record).key or b""
    assert key == event_key("KEN", record.envelope.record_uid, 1, record.envelope.payload_sha256)
    assert len(key) < 64
    if family.person_field:
        assert getattr(record.record, family.person_field).encode() not in key
