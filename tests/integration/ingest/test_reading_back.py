"""Get: what the registry holds, of one's own country only."""

from typing import TypeVar

import grpc
import pytest

from gtms.families import FAMILIES
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse.client import Connection
from tests.integration.ingest.conftest import Serve
from tests.support.population import admission, estimate, received, retraction
from treatment.admissions.v1.admission_pb2 import AdmissionKey, AdmissionRecord
from treatment.admissions.v1.admissions_service_pb2 import GetAdmissionRequest
from treatment.admissions.v1.admissions_service_pb2_grpc import AdmissionsServiceStub
from treatment.estimates.v1.estimates_service_pb2 import GetReferenceEstimateRequest
from treatment.estimates.v1.estimates_service_pb2_grpc import EstimatesServiceStub
from treatment.estimates.v1.reference_estimate_pb2 import (
    ReferenceEstimateKey,
    ReferenceEstimateRecord,
)

FACILITY = "get-1"
KENYA = (("authorization", "Bearer dev-KEN"),)
Record = TypeVar("Record", AdmissionRecord, ReferenceEstimateRecord)


def _store(
    stack: EmbeddedStack, record: Record, table: str = FAMILIES["admission"].table
) -> Record:
    """Put a record into the registry as the loader does, as far as Get is concerned."""
    envelope = record.envelope
    at = envelope.received_at.ToDatetime()
    Connection(stack.settings.clickhouse).insert(
        f"registry.{table}",
        {
            "country": [envelope.country_iso3],
            "record_uid": [envelope.record_uid],
            "revision": [envelope.record_version],
            "is_retracted": [int(record.HasField("retraction"))],
            "received_at": [at],
            "submitted_at": [at],
            "content_hash": [envelope.payload_sha256],
            "payload": [record.SerializeToString()],
        },
    )
    return record


async def _get(
    target: str, country: str, request: GetAdmissionRequest
) -> AdmissionRecord | grpc.StatusCode:
    async with grpc.aio.insecure_channel(target) as channel:
        try:
            answer = await AdmissionsServiceStub(channel).GetAdmission(
                request, metadata=(("authorization", f"Bearer dev-{country}"),), timeout=10
            )
        except grpc.aio.AioRpcError as error:
            return error.code()
    return answer.record


def _stay(episode_id: str) -> AdmissionRecord:
    return admission("ann", "2025-03-01", facility_id=FACILITY, episode_id=episode_id)


async def test_by_id_and_by_key(serve: Serve, stack: EmbeddedStack) -> None:
    stored = _store(stack, received(_stay("E1")))
    async with serve("admissions") as target:
        by_id = GetAdmissionRequest(record_uid=stored.envelope.record_uid)
        by_key = GetAdmissionRequest(key=AdmissionKey(facility_id=FACILITY, episode_id="E1"))
        assert await _get(target, "KEN", by_id) == stored
        assert await _get(target, "KEN", by_key) == stored


async def test_an_estimate_is_found_by_a_key_that_lacks_what_it_lacks(
    serve: Serve, stack: EmbeddedStack
) -> None:
    table = FAMILIES["estimate"].table
    said = [received(estimate(1, 2019, 100.0)), received(estimate(1, 2019, 40.0, sex=2, age_lo=0))]
    total, women = (_store(stack, one, table) for one in said)
    keys = [
        ReferenceEstimateKey(estimate_kind=1, year=2019),
        ReferenceEstimateKey(estimate_kind=1, year=2019, sex=2, age_lo=0),
        ReferenceEstimateKey(estimate_kind=1, year=2019, sex=2),
        ReferenceEstimateKey(year=2019),
    ]
    found: list[object] = []
    async with serve("trainings") as target, grpc.aio.insecure_channel(target) as channel:
        stub = EstimatesServiceStub(channel)
        for key in keys:
            request = GetReferenceEstimateRequest(key=key)
            try:
                answer = await stub.GetReferenceEstimate(request, metadata=KENYA, timeout=10)
            except grpc.aio.AioRpcError as error:
                found.append(error.code())
            else:
                found.append(answer.record)
    assert found == [
        total,
        women,
        grpc.StatusCode.NOT_FOUND,
        grpc.StatusCode.INVALID_ARGUMENT,
    ]


async def test_another_country_finds_nothing(serve: Serve, stack: EmbeddedStack) -> None:
    stored = _store(stack, received(_stay("E2")))
    async with serve("admissions") as target:
        by_id = GetAdmissionRequest(record_uid=stored.envelope.record_uid)
        assert await _get(target, "UGA", by_id) is grpc.StatusCode.NOT_FOUND


async def test_the_highest_revision_and_a_retraction(serve: Serve, stack: EmbeddedStack) -> None:
    newest = _store(stack, received(retraction(_stay("E3"), 2)))
    _store(stack, received(_stay("E3")))
    async with serve("admissions") as target:
        by_id = GetAdmissionRequest(record_uid=newest.envelope.record_uid)
        assert await _get(target, "KEN", by_id) == newest


@pytest.mark.parametrize("name", FAMILIES)
def test_every_table_can_be_asked(stack: EmbeddedStack, name: str) -> None:
    rows = Connection(stack.settings.clickhouse).execute(
        f"SELECT hex(payload) FROM registry.{FAMILIES[name].table} FINAL LIMIT 0"
    )
    assert rows == []


async def test_without_clickhouse_it_is_unavailable(serve: Serve, stack: EmbeddedStack) -> None:
    nowhere = stack.settings.clickhouse.model_copy(update={"port": 1})
    async with serve("admissions", clickhouse=nowhere) as target:
        by_key = GetAdmissionRequest(key=AdmissionKey(facility_id=FACILITY, episode_id="E1"))
        assert await _get(target, "KEN", by_key) is grpc.StatusCode.UNAVAILABLE
