"""SIGTERM under load: what was answered is in the log, and the process is gone in time."""

import asyncio
import signal
import urllib.request
from collections.abc import Callable, Iterator

import grpc
import pytest

from gtms.families import FAMILIES
from gtms.stack.lifecycle import EmbeddedStack
from tests.integration.ingest.conftest import Process, on_free_ports, until
from tests.support.log import messages
from tests.support.population import admission
from tests.support.stack import a_stack
from treatment.admissions.v1.admission_pb2 import AdmissionRecord
from treatment.admissions.v1.admissions_service_pb2 import (
    SubmitAdmissionRequest,
    SubmitAdmissionsRequest,
)
from treatment.admissions.v1.admissions_service_pb2_grpc import AdmissionsServiceStub

pytestmark = pytest.mark.slow

ADMISSION = FAMILIES["admission"]
KENYA = (("authorization", "Bearer dev-KEN"),)
GONE_WITHIN_S = 15.0
ENDED = {
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.CANCELLED,
    grpc.StatusCode.INTERNAL,  # what grpc.aio makes of a write into a stream that just ended
}


@pytest.fixture(scope="module")
def fragile() -> Iterator[EmbeddedStack]:
    with a_stack(only_stores=True) as up:
        yield up


@pytest.fixture
def service(fragile: EmbeddedStack, serve_apart: Callable[..., Process]) -> Process:
    return serve_apart(on_free_ports(fragile.settings), "admissions")


def _record(name: str) -> AdmissionRecord:
    return admission("ann", "2025-03-01", episode_id=name)


def _kept(stack: EmbeddedStack) -> set[str]:
    found = messages(stack.settings.kafka, ADMISSION.topic)
    return {ADMISSION.record_type.FromString(m.value).record.episode_id for m in found}


async def _stream_for_ever(target: str, name: str, answered: set[str]) -> grpc.StatusCode:
    """Chunk after chunk until the stream ends; what came back with receipts, and how it ended."""
    async with grpc.aio.insecure_channel(target) as channel:
        call = AdmissionsServiceStub(channel).SubmitAdmissions(metadata=KENYA)
        for number in range(100_000):
            names = [f"{name}-{number}-{n}" for n in range(50)]
            chunk = SubmitAdmissionsRequest(
                chunk_id=str(number), records=[_record(name) for name in names]
            )
            try:
                await call.write(chunk)
                answer = await call.read()
            except (grpc.aio.AioRpcError, asyncio.InvalidStateError):
                break
            if answer is grpc.aio.EOF:
                break
            answered.update(names)
        return await call.code()


async def _one_for_ever(target: str, name: str, answered: set[str]) -> grpc.StatusCode:
    async with grpc.aio.insecure_channel(target) as channel:
        stub = AdmissionsServiceStub(channel)
        for number in range(100_000):
            request = SubmitAdmissionRequest(record=_record(f"{name}-{number}"))
            try:
                await stub.SubmitAdmission(request, metadata=KENYA, timeout=20)
            except grpc.aio.AioRpcError as error:
                return error.code()
            answered.add(f"{name}-{number}")
    raise AssertionError("the service never closed")


async def _close_under_load(
    service: Process, tag: str, seen: Callable[[], bool] = lambda: True
) -> tuple[set[str], float]:
    """Closes it some time after it has answered and this was seen."""
    answered: set[str] = set()
    load = [
        asyncio.create_task(work(service.target, f"{tag}-{work.__name__}-{n}", answered))
        for work in (_stream_for_ever, _one_for_ever)
        for n in range(4)
    ]
    await asyncio.to_thread(until, lambda: bool(answered) and seen())
    await asyncio.sleep(2)
    seconds = await asyncio.to_thread(service.close, signal.SIGTERM)
    codes = await asyncio.gather(*load)
    assert set(codes) <= ENDED
    return answered, seconds


async def test_with_kafka(fragile: EmbeddedStack, service: Process) -> None:
    answered, seconds = await _close_under_load(service, "up")
    assert seconds < GONE_WITHIN_S
    assert answered
    assert answered <= _kept(fragile)


async def test_without_kafka(fragile: EmbeddedStack, service: Process) -> None:
    answered: set[str] = set()
    load = asyncio.create_task(_stream_for_ever(service.target, "down", answered))
    await asyncio.sleep(1)
    await asyncio.to_thread(fragile.kill, "kafka", signal.SIGSTOP)
    try:
        await asyncio.sleep(0.5)
        seconds = await asyncio.to_thread(service.close, signal.SIGTERM)
    finally:
        fragile.kill("kafka", signal.SIGCONT)
    assert await load in ENDED
    assert seconds < GONE_WITHIN_S
    assert answered <= _kept(fragile)


async def test_several_processes_share_the_port(
    fragile: EmbeddedStack, serve_apart: Callable[..., Process]
) -> None:
    settings = on_free_ports(fragile.settings)
    service = serve_apart(settings, "admissions", "--processes", "2")
    counted = 'gtms_ingest_records_total{family="admission",status="accepted"}'
    answered, seconds = await _close_under_load(
        service, "several", lambda: counted in _metrics(settings.ports.metrics("admissions"))
    )
    assert seconds < GONE_WITHIN_S
    assert answered <= _kept(fragile)


def _metrics(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        return str(answer.read().decode())
