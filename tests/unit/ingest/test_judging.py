"""Records to receipts, without any server: completing the envelope, and one bad among good."""

from datetime import timedelta

import pytest

from gtms.events.envelope import MAX_VALUE_BYTES, decode, payload_hash
from gtms.families import FAMILIES
from gtms.ingest.identity import Sender
from gtms.ingest.submission import judge
from gtms.records.identifiers import record_uid
from tests.support import population
from tests.support.population import RECEIVED, RecordMessage
from treatment.admissions.v1.admission_pb2 import AdmissionRecord
from treatment.common.v1.receipts_pb2 import Receipt, ReceiptStatus

KENYA = Sender("KEN")
ADMISSION = FAMILIES["admission"]
ACCEPTED = ReceiptStatus.RECEIPT_STATUS_ACCEPTED
FLAGGED = ReceiptStatus.RECEIPT_STATUS_ACCEPTED_WITH_FLAGS
REJECTED = ReceiptStatus.RECEIPT_STATUS_REJECTED


def _admission(number: int = 1) -> AdmissionRecord:
    return population.admission("ann", "2025-03-01", episode_id=f"E{number}")


def _receipt(record: AdmissionRecord) -> Receipt:
    return judge(ADMISSION, KENYA, [record], RECEIVED).receipts[0]


def _rules(receipt: Receipt) -> set[tuple[str, str]]:
    return {(problem.rule_id, problem.field_path) for problem in receipt.problems}


def test_what_the_server_knows_is_filled_in() -> None:
    record = _admission()
    judged = judge(ADMISSION, KENYA, [record], RECEIVED)
    envelope = record.envelope
    assert judged.receipts[0].status == ACCEPTED
    assert envelope.country_iso3 == "KEN"
    assert envelope.family == ADMISSION.code
    assert envelope.record_uid == record_uid("KEN", ADMISSION, "F1", "E1")
    assert envelope.received_at.ToDatetime() == RECEIVED.replace(tzinfo=None)
    assert envelope.payload_sha256 == payload_hash(record.record)
    assert envelope.source_system_id == "dev", "what the sender fills in is left alone"


def test_the_receipt_names_record_and_revision() -> None:
    record = population.revised(_admission(), 7)
    receipt = _receipt(record)
    assert (receipt.record_uid, receipt.record_version) == (record.envelope.record_uid, 7)


def test_the_published_event_is_the_completed_record() -> None:
    record = _admission()
    event = judge(ADMISSION, KENYA, [record], RECEIVED).events[0]
    assert decode(event.key, event.value, event.headers).record == record


def test_a_record_that_was_read_back_can_be_sent_again() -> None:
    record = _admission()
    first = judge(ADMISSION, KENYA, [record], RECEIVED).receipts[0]
    again = judge(ADMISSION, KENYA, [record], RECEIVED + timedelta(days=30)).receipts[0]
    assert first == again


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("country_iso3", "UGA", "R003"),
        ("family", 5, "R001"),
        ("record_uid", "5f0f3b52-0000-5000-8000-000000000000", "R001"),
        ("payload_sha256", bytes(32), "R001"),
    ],
)
def test_what_the_sender_says_otherwise_rejects_the_record(
    field: str, value: object, rule: str
) -> None:
    record = _admission()
    setattr(record.envelope, field, value)
    judged = judge(ADMISSION, KENYA, [record], RECEIVED)
    assert judged.receipts[0].status == REJECTED
    assert _rules(judged.receipts[0]) == {(rule, f"envelope.{field}")}
    assert judged.events == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("source_system_id", ""),
        ("record_version", 0),
        ("operation", 0),
        ("schema_version", ""),
        ("idempotency_key", ""),
    ],
)
def test_what_the_sender_must_say_is_mandatory(field: str, value: object) -> None:
    record = _admission()
    setattr(record.envelope, field, value)
    receipt = _receipt(record)
    assert receipt.status == REJECTED
    assert ("R001", f"envelope.{field}") in _rules(receipt)


def test_a_clock_in_the_future_rejects() -> None:
    record = _admission()
    record.envelope.submitted_at.FromDatetime(RECEIVED + timedelta(minutes=6))
    assert "R004" in {rule for rule, _ in _rules(_receipt(record))}


def test_a_retraction_needs_only_the_key() -> None:
    taken_back = population.retraction(_admission(), 2)
    judged = judge(ADMISSION, KENYA, [taken_back], RECEIVED)
    assert judged.receipts[0].status == ACCEPTED
    assert judged.receipts[0].record_uid == record_uid("KEN", ADMISSION, "F1", "E1")
    assert len(judged.events) == 1


def test_a_retraction_that_says_upsert_is_rejected() -> None:
    taken_back = population.retraction(_admission(), 2)
    taken_back.envelope.operation = 1
    assert _receipt(taken_back).status == REJECTED


def test_nothing_inside_is_rejected_without_an_id() -> None:
    record = _admission()
    record.ClearField("record")
    receipt = _receipt(record)
    assert (receipt.status, receipt.record_uid) == (REJECTED, "")
    assert "R001" in {rule for rule, _ in _rules(receipt)}


def test_an_unlikely_record_is_accepted_and_flagged() -> None:
    record = _admission()
    record.record.voluntariness = 3
    judged = judge(ADMISSION, KENYA, [record], RECEIVED)
    assert judged.receipts[0].status == FLAGGED
    assert "R053" in {rule for rule, _ in _rules(judged.receipts[0])}
    assert len(judged.events) == 1


def test_a_bad_record_never_spoils_its_neighbours_and_order_is_kept() -> None:
    records: list[RecordMessage] = [_admission(number) for number in range(9)]
    records[2].record.sex = 250
    records[4].envelope.country_iso3 = "UGA"
    records[7].ClearField("record")
    judged = judge(ADMISSION, KENYA, records, RECEIVED)
    rejected = [n for n, r in enumerate(judged.receipts) if r.status == REJECTED]
    assert rejected == [2, 4, 7]
    assert len(judged.events) == 6
    for number, receipt in enumerate(judged.receipts):
        if number != 7:
            assert receipt.record_uid == record_uid("KEN", ADMISSION, "F1", f"E{number}")


def test_an_enormous_record_is_rejected() -> None:
    record = _admission()
    record.record.other_substances.extend(
        [type(record.record.other_substances.add())(substance=11)] * MAX_VALUE_BYTES
    )
    assert "R007" in {rule for rule, _ in _rules(_receipt(record))}


def test_a_list_too_long_to_judge_spoils_only_its_own_record() -> None:
    records = [_admission(1), _admission(2), _admission(3)]
    for _ in range(30_000):
        records[1].record.other_substances.add(substance=11)
    judged = judge(ADMISSION, KENYA, records, RECEIVED)
    assert [receipt.status for receipt in judged.receipts] == [ACCEPTED, REJECTED, ACCEPTED]


def test_no_problem_repeats_a_value() -> None:
    secret = "0123456789abcdef-secret"
    record = _admission()
    record.record.client_pseudonym = secret
    record.record.admission_date = secret
    record.envelope.country_iso3 = secret
    receipt = _receipt(record)
    assert receipt.status == REJECTED
    assert secret not in str(receipt)
