"""F34: one country floods a service a hundred times over; the others do not notice.

It holds every stream it can get open, and asks as fast as it can. What the others send is taken,
all of it, while the flood is told to come back later.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import grpc
import pytest
from google.rpc.error_details_pb2 import RetryInfo
from grpc_health.v1 import health_pb2, health_pb2_grpc

from gtms.config import Quota
from gtms.ingest.server import running
from gtms.stack.lifecycle import EmbeddedStack
from tests.support.population import admission
from tests.support.refused import refused
from treatment.admissions.v1.admissions_service_pb2 import (
    SubmitAdmissionRequest,
    SubmitAdmissionsRequest,
)
from treatment.admissions.v1.admissions_service_pb2_grpc import AdmissionsServiceStub
from treatment.common.v1.receipts_pb2 import ReceiptStatus

pytestmark = pytest.mark.slow

ACCEPTED = ReceiptStatus.RECEIPT_STATUS_ACCEPTED
EXHAUSTED = grpc.StatusCode.RESOURCE_EXHAUSTED
FLOOD, OTHERS = "USA", ("FJI", "KIR", "MHL", "NRU", "PLW", "SLB", "TON", "TUV", "VUT", "WSM")
EACH = 10
PLACES, STREAMS = 16, 16
QUOTA = Quota(
    calls_per_s=0.01, calls_at_once=60, records_per_s=1000, records_at_once=5000, open_calls=8
)
UNLIMITED = Quota(**dict.fromkeys(Quota.model_fields, 10**9))
_names = count()


def caller(country: str) -> tuple[tuple[str, str], ...]:
    return (("authorization", f"Bearer dev-{country}"),)


@asynccontextmanager
async def service(stack: EmbeddedStack, quota: Quota, state: Path) -> AsyncIterator[str]:
    """An admissions service with places for few calls."""
    settings = stack.settings.model_copy(
        update={
            "ports": stack.settings.ports.model_copy(update={"admissions": 0}),
            "ingest": stack.settings.ingest.model_copy(
                update={"drain_s": 0.5, "concurrency": PLACES}
            ),
            "stack": stack.settings.stack.model_copy(update={"state": state}),
            "quota": quota,
        }
    )
    async with running("admissions", settings) as port:
        target = f"127.0.0.1:{port}"
        async with grpc.aio.insecure_channel(target) as channel:
            asked = health_pb2_grpc.HealthStub(channel).Watch(health_pb2.HealthCheckRequest())
            async for answer in asked:
                if answer.status == health_pb2.HealthCheckResponse.SERVING:
                    break
        yield target


async def hold_streams(target: str, said: Counter[grpc.StatusCode]) -> None:
    """Every stream sends chunk after chunk, and begins anew when it is ended."""
    chunk = SubmitAdmissionsRequest(records=[admission("flood", "2025-03-01")] * 500)
    chunk.validate_only = True

    async def one(channel: grpc.aio.Channel) -> None:
        while True:
            call = AdmissionsServiceStub(channel).SubmitAdmissions(metadata=caller(FLOOD))
            try:
                while True:
                    await call.write(chunk)
                    await call.read()
            except (grpc.aio.AioRpcError, asyncio.InvalidStateError):
                said[await call.code()] += 1
                await asyncio.sleep(0.05)

    async with grpc.aio.insecure_channel(target) as channel:
        await asyncio.gather(*(one(channel) for _ in range(STREAMS)))


async def submit(stub: AdmissionsServiceStub, country: str) -> object:
    """A new record of a country: how its receipt reads, or with what the call was refused."""
    record = admission(f"{country} {next(_names)}", "2025-03-01")
    try:
        answer = await stub.SubmitAdmission(
            SubmitAdmissionRequest(record=record), metadata=caller(country), timeout=30
        )
    except grpc.aio.AioRpcError as failed:
        return failed.code()
    return answer.receipt.status


async def under_flood(target: str) -> tuple[Counter[object], Counter[grpc.StatusCode]]:
    """What the others are answered, and with what the flood's streams end."""
    ended: Counter[grpc.StatusCode] = Counter()
    flood = asyncio.create_task(hold_streams(target, ended))
    await asyncio.sleep(1.0)
    async with grpc.aio.insecure_channel(target) as channel:
        stub = AdmissionsServiceStub(channel)

        async def sends(country: str) -> list[object]:
            return [await submit(stub, country) for _ in range(EACH)]

        answers = [await sends(country) for country in OTHERS]
    flood.cancel()
    await asyncio.gather(flood, return_exceptions=True)
    return Counter(answer for of_one in answers for answer in of_one), ended


async def test_the_others_are_served_and_the_flood_is_told_to_wait(
    stack: EmbeddedStack, tmp_path: Path
) -> None:
    async with service(stack, QUOTA, tmp_path) as target:
        others, ended = await under_flood(target)
        assert others == {ACCEPTED: len(OTHERS) * EACH}
        assert ended[EXHAUSTED], "the streams beyond its places"
        async with grpc.aio.insecure_channel(target) as channel:
            stub = AdmissionsServiceStub(channel)
            asked = (submit(stub, FLOOD) for _ in range(QUOTA.calls_at_once + 1))
            answers = Counter(await asyncio.gather(*asked))
            assert answers[EXHAUSTED]
            assert answers.keys() <= {ACCEPTED, EXHAUSTED}
            last = SubmitAdmissionRequest(record=admission("last", "2025-03-01"))
            _, text, details = await refused(stub.SubmitAdmission(last, metadata=caller(FLOOD)))
            assert "quota of your country" in text
            assert details[RetryInfo].retry_delay.ToMilliseconds() > 0


async def test_without_quotas_the_flood_would_take_every_place(
    stack: EmbeddedStack, tmp_path: Path
) -> None:
    async with service(stack, UNLIMITED, tmp_path) as target:
        others, _ = await under_flood(target)
    assert others[EXHAUSTED]
