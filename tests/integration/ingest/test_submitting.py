"""Records over gRPC into a real Kafka: what is accepted is there, and nothing else is."""

import time

import grpc
import pytest
from google.protobuf.message import Message

from gtms.channel import bearing
from gtms.config import Kafka
from gtms.events.envelope import decode
from gtms.families import FAMILIES
from gtms.ingest.client import Refused, service_of, submit_many
from gtms.stack.lifecycle import EmbeddedStack
from tests.integration.ingest.conftest import Serve
from tests.support import population
from tests.support.log import messages
from treatment.admissions.v1.admission_pb2 import AdmissionRecord
from treatment.common.v1.receipts_pb2 import ReceiptStatus

ADMISSION = FAMILIES["admission"]
ACCEPTED = ReceiptStatus.RECEIPT_STATUS_ACCEPTED
FLAGGED = ReceiptStatus.RECEIPT_STATUS_ACCEPTED_WITH_FLAGS
REJECTED = ReceiptStatus.RECEIPT_STATUS_REJECTED


@pytest.fixture
def facility_id(request: pytest.FixtureRequest) -> str:
    """A facility of its own for each test, so that tests do not see each other's records."""
    return f"{request.node.name[:16]}-{time.monotonic_ns() % 10**9}"


def _admissions(facility_id: str, count: int) -> list[AdmissionRecord]:
    return [
        population.admission(f"p{n}", "2025-03-01", episode_id=f"E{n}", facility_id=facility_id)
        for n in range(count)
    ]


def _in_the_log(kafka: Kafka, topic: str) -> list[Message]:
    return [decode(m.key, m.value, m.headers).record for m in messages(kafka, topic)]


def _of(kafka: Kafka, facility_id: str) -> dict[str, AdmissionRecord]:
    return {
        record.record.episode_id: record
        for record in _in_the_log(kafka, ADMISSION.topic)
        if record.record.facility_id == facility_id
    }


async def test_every_family_gets_into_its_topic(
    serve: Serve, stack: EmbeddedStack, facility_id: str
) -> None:
    admission = _admissions(facility_id, 1)[0]
    sent = {
        "facility": population.facility(facility_id),
        "capacity": population.capacity(facility_id, "2025-01-01"),
        "qa_assessment": population.assessment(facility_id),
        "admission": admission,
        "outcome": population.discharge(admission, "2025-06-01", 11),
        "training_event": population.training_event(facility_id),
        "training_participant": population.training_participant("ann", facility_id),
        "estimate": population.estimate(age_lo=15, age_hi=64),
    }
    for name, record in sent.items():
        family = FAMILIES[name]
        async with serve(service_of(family)) as target:
            receipts = [
                r async for _, r in submit_many(target, bearing("dev-KEN"), family, [record])
            ]
        assert [receipt.status for receipt in receipts] in ([ACCEPTED], [FLAGGED]), name
        uids = {
            stored.envelope.record_uid for stored in _in_the_log(stack.settings.kafka, family.topic)
        }
        assert receipts[0].record_uid in uids


async def test_good_flagged_and_bad_side_by_side(
    serve: Serve, stack: EmbeddedStack, facility_id: str
) -> None:
    records = _admissions(facility_id, 1200)
    for number in range(0, 1200, 7):
        records[number].record.sex = 250
    for number in range(1, 1200, 7):
        records[number].record.voluntariness = 3
    for number in range(2, 1200, 7):
        records[number].envelope.country_iso3 = "UGA"
    async with serve("admissions") as target:
        pairs = [pair async for pair in submit_many(target, bearing("dev-KEN"), ADMISSION, records)]
    assert [record for record, _ in pairs] == records
    expected = [
        (REJECTED, FLAGGED, REJECTED)[n % 7] if n % 7 < 3 else ACCEPTED for n in range(1200)
    ]
    assert [receipt.status for _, receipt in pairs] == expected
    kept = {f"E{n}" for n, status in enumerate(expected) if status != REJECTED}
    assert _of(stack.settings.kafka, facility_id).keys() == kept


async def test_what_is_accepted_belongs_to_the_sender(
    serve: Serve, stack: EmbeddedStack, facility_id: str
) -> None:
    records = _admissions(facility_id, 3)
    async with serve("admissions") as target:
        _ = [pair async for pair in submit_many(target, bearing("dev-UGA"), ADMISSION, records)]
    stored = _of(stack.settings.kafka, facility_id)
    assert {record.envelope.country_iso3 for record in stored.values()} == {"UGA"}


async def test_validation_only_keeps_nothing(
    serve: Serve, stack: EmbeddedStack, facility_id: str
) -> None:
    records = _admissions(facility_id, 30)
    records[3].record.sex = 250
    async with serve("admissions") as target:
        sent = submit_many(target, bearing("dev-KEN"), ADMISSION, records, validate_only=True)
        statuses = [receipt.status async for _, receipt in sent]
    assert statuses.count(REJECTED) == 1
    assert statuses.count(ACCEPTED) == 29
    assert _of(stack.settings.kafka, facility_id) == {}


async def test_chunks_are_cut_by_bytes_too(
    serve: Serve, stack: EmbeddedStack, facility_id: str
) -> None:
    records = _admissions(facility_id, 60)
    async with serve("admissions", max_chunk_bytes=4096) as target:
        sent = submit_many(target, bearing("dev-KEN"), ADMISSION, records, chunk_bytes=4096)
        assert {receipt.status async for _, receipt in sent} == {ACCEPTED}
        too_large = submit_many(target, bearing("dev-KEN"), ADMISSION, records)
        with pytest.raises(Refused, match="at most 4096 bytes") as refused:
            await anext(too_large)
        assert refused.value.code is grpc.StatusCode.INVALID_ARGUMENT
    assert len(_of(stack.settings.kafka, facility_id)) == 60


async def test_nobody_sends_nothing(serve: Serve, facility_id: str) -> None:
    async with serve("admissions") as target:
        with pytest.raises(Refused, match="UNAUTHENTICATED"):
            await anext(
                submit_many(target, bearing("dev-XX"), ADMISSION, _admissions(facility_id, 1))
            )
