"""What is stored of the scales in a record, and what the receipt says of it."""

from datetime import timedelta

import pytest

from gtms.events.envelope import decode, payload_hash
from gtms.families import FAMILIES
from gtms.ingest.identity import Sender
from gtms.ingest.submission import judge
from tests.support import population
from tests.support.population import RECEIVED, payload_sha256
from treatment.admissions.v1.admission_pb2 import AdmissionRecord
from treatment.common.v1.measures_pb2 import Barc10, Sure, WhoqolBref
from treatment.common.v1.receipts_pb2 import Receipt
from treatment.outcomes.v1.outcome_pb2 import Outcome, OutcomeRecord

KENYA = Sender("KEN")
TENS = [5] * 10
THREES = [3] * 26
GAPS = [0] * 6 + [3] * 20
SOCIAL_GAP = [3] * 19 + [0] + [3] * 6


def review(**scales: object) -> OutcomeRecord:
    came = population.admission("ann", "2025-03-01")
    record = population.outcome(came, 1, "2025-04-01")
    record.record.MergeFrom(Outcome(**scales))
    return record


def stored(record: OutcomeRecord) -> tuple[OutcomeRecord, set[tuple[str, str]]]:
    """The record in the event, and the findings of the receipt."""
    judged = judge(FAMILIES["outcome"], KENYA, [record], RECEIVED)
    [event] = judged.events
    found = decode(event.key, event.value, event.headers).record
    assert isinstance(found, OutcomeRecord)
    return found, _findings(judged.receipts[0])


def _findings(receipt: Receipt) -> set[tuple[str, str]]:
    return {(problem.rule_id, problem.field_path) for problem in receipt.problems}


@pytest.mark.parametrize(
    ("sent", "kept", "findings"),
    [
        (Barc10(items=TENS), Barc10(items=TENS, total=50), set()),
        (Barc10(items=TENS, total=50), Barc10(items=TENS, total=50), set()),
        (Barc10(items=TENS, total=49), Barc10(items=TENS, total=50), {("R082", "total")}),
        (Barc10(total=49), Barc10(total=49), set()),
        (Barc10(total=61), None, {("R082", "total")}),
        (Barc10(items=TENS[:9], total=45), None, {("R082", "items")}),
        (Barc10(items=[0, *TENS[:9]]), None, {("R082", "items")}),
        (Barc10(), Barc10(), set()),
    ],
)
def test_barc10(sent: Barc10, kept: Barc10 | None, findings: set[tuple[str, str]]) -> None:
    record, found = stored(review(barc10=sent))
    assert found == {(rule, f"record.barc10.{field}") for rule, field in findings}
    assert record.record.HasField("barc10") == (kept is not None)
    assert record.record.barc10 == (kept or Barc10())


@pytest.mark.parametrize(
    ("sent", "kept", "flagged"),
    [
        (WhoqolBref(items=THREES), {"physical", "psychological", "social", "environment"}, False),
        (WhoqolBref(items=SOCIAL_GAP), {"physical", "psychological", "environment"}, True),
        (WhoqolBref(items=GAPS), None, True),
        (WhoqolBref(items=THREES[1:]), None, True),
    ],
)
def test_whoqol(sent: WhoqolBref, kept: set[str] | None, flagged: bool) -> None:
    record, found = stored(review(whoqol=sent))
    assert found == ({("R083", "record.whoqol.items")} if flagged else set())
    assert record.record.HasField("whoqol") == (kept is not None)
    expected = WhoqolBref(**dict.fromkeys(kept, 12)) if kept else WhoqolBref()
    expected.items.extend(sent.items if kept else [])
    assert record.record.whoqol == expected


def test_whoqol_of_the_sender_is_replaced_where_there_are_answers() -> None:
    rounded = WhoqolBref(items=SOCIAL_GAP, physical=13, social=12)
    record, _ = stored(review(whoqol=rounded))
    assert record.record.whoqol.physical == 12
    assert not record.record.whoqol.HasField("social")
    alone = WhoqolBref(physical=13, social=11.5)
    assert stored(review(whoqol=alone)) == (review_as_stored(whoqol=alone), set())


def review_as_stored(**scales: object) -> OutcomeRecord:
    return population.received(review(**scales), "KEN", RECEIVED)


def test_sure_gets_its_total() -> None:
    record, found = stored(review(sure=Sure(items=[2] * 21)))
    assert (record.record.sure.total, found) == (42, set())
    assert stored(review(sure=Sure(total=40)))[0].record.sure == Sure(total=40)


def test_the_baseline_of_an_admission_is_scored_too() -> None:
    record = population.admission("ann", "2025-03-01")
    record.record.baseline_barc10.items.extend(TENS)
    record.record.baseline_whoqol.items.extend(GAPS)
    judged = judge(FAMILIES["admission"], KENYA, [record], RECEIVED)
    assert _findings(judged.receipts[0]) == {("R083", "record.baseline_whoqol.items")}
    [event] = judged.events
    found = decode(event.key, event.value, event.headers).record
    assert isinstance(found, AdmissionRecord)
    assert found.record.baseline_barc10.total == 50
    assert not found.record.HasField("baseline_whoqol")


def test_the_hash_of_the_sender_is_of_what_was_sent_and_that_of_the_event_of_what_is_stored() -> (
    None
):
    record = review(barc10=Barc10(items=TENS, total=49), whoqol=WhoqolBref(items=GAPS))
    as_sent = payload_hash(record.record)
    record.envelope.payload_sha256 = as_sent
    found, _ = stored(record)
    assert found.envelope.payload_sha256 == payload_hash(found.record) != as_sent
    assert found.envelope.payload_sha256 == payload_sha256(
        review_as_stored(barc10=Barc10(total=50, items=TENS))
    )


def test_what_was_scored_is_sent_again_without_a_change() -> None:
    record = review(barc10=Barc10(items=TENS, total=49), whoqol=WhoqolBref(items=SOCIAL_GAP))
    first = judge(FAMILIES["outcome"], KENYA, [record], RECEIVED).events
    read_back, _ = stored(record)
    again = judge(FAMILIES["outcome"], KENYA, [read_back], RECEIVED + timedelta(0)).events
    assert first == again


def test_a_retraction_has_no_scales() -> None:
    taken_back = population.retraction(review(barc10=Barc10(items=TENS)), 2)
    judged = judge(FAMILIES["outcome"], KENYA, [taken_back], RECEIVED)
    assert not judged.receipts[0].problems
    assert taken_back.WhichOneof("content") == "retraction"
