"""Kafka goes away under load and comes back: answers in time, flat memory, nothing accepted lost.

The service is a process of its own, so that its memory can be seen.
"""

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Callable, Iterator

import grpc
import pytest

from gtms.channel import bearing
from gtms.config import Quota
from gtms.events.failures import Unavailable
from gtms.families import FAMILIES
from gtms.ingest.client import submit_many
from gtms.stack.lifecycle import EmbeddedStack
from tests.integration.ingest.conftest import Process, is_serving, on_free_ports, until
from tests.support.log import messages
from tests.support.population import admission
from tests.support.stack import a_stack
from treatment.admissions.v1.admission_pb2 import AdmissionRecord
from treatment.admissions.v1.admissions_service_pb2 import (
    SubmitAdmissionRequest,
    SubmitAdmissionsRequest,
)
from treatment.admissions.v1.admissions_service_pb2_grpc import AdmissionsServiceStub
from treatment.common.v1.receipts_pb2 import ReceiptStatus

pytestmark = pytest.mark.slow

MIB = 1024 * 1024
ADMISSION = FAMILIES["admission"]
ACCEPTED = ReceiptStatus.RECEIPT_STATUS_ACCEPTED
KENYA = (("authorization", "Bearer dev-KEN"),)
DEADLINE_S = 3.0
AWAY_S = 12.0
SENDERS = 16
WITHOUT_QUOTAS = {f"GTMS_QUOTA__{name.upper()}": str(10**9) for name in Quota.model_fields}
"""A quick machine is answered so often while Kafka is away that the quota of a country is spent."""


@pytest.fixture(scope="module")
def fragile() -> Iterator[EmbeddedStack]:
    """Stores of our own, to be stopped and started."""
    with a_stack(only_stores=True) as up:
        yield up


@pytest.fixture
def service(fragile: EmbeddedStack, serve_apart: Callable[..., Process]) -> Process:
    return serve_apart(on_free_ports(fragile.settings), "admissions", **WITHOUT_QUOTAS)


def _record(name: str) -> AdmissionRecord:
    return admission("ann", "2025-03-01", episode_id=name)


def _kept(stack: EmbeddedStack) -> set[str]:
    found = messages(stack.settings.kafka, ADMISSION.topic)
    return {ADMISSION.record_type.FromString(m.value).record.episode_id for m in found}


async def _keep_sending(
    target: str, until_s: float, name: str
) -> AsyncIterator[tuple[str, float, grpc.StatusCode | None]]:
    """One record after the other, or a chunk; yields what was sent, seconds, and the failure."""
    async with grpc.aio.insecure_channel(target) as channel:
        stub = AdmissionsServiceStub(channel)
        end = time.monotonic() + until_s
        number = 0
        while time.monotonic() < end:
            began, episode, code = time.monotonic(), f"{name}-{number}", None
            request = SubmitAdmissionRequest(record=_record(episode))
            try:
                await stub.SubmitAdmission(request, metadata=KENYA, timeout=DEADLINE_S)
            except grpc.aio.AioRpcError as error:
                code = error.code()
            yield episode, time.monotonic() - began, code
            number += 1
            await asyncio.sleep(0.05)


async def _chunks_are_refused(target: str) -> None:
    """A stream of full chunks, kept up: each stream ends with UNAVAILABLE.

    But for those whose end grpc.aio loses (https://github.com/grpc/grpc/issues/36066).
    """
    chunk = SubmitAdmissionsRequest(records=[_record(f"chunk-{n}") for n in range(400)])
    refused = 0
    async with grpc.aio.insecure_channel(target) as channel:
        while refused < 10:
            call = AdmissionsServiceStub(channel).SubmitAdmissions(
                iter([chunk] * 4), metadata=KENYA, timeout=DEADLINE_S
            )
            with pytest.raises(grpc.aio.AioRpcError) as failed:
                await call.read()
            if failed.value.details() != "Internal error from Core":
                assert failed.value.code() is grpc.StatusCode.UNAVAILABLE
                refused += 1


async def test_unavailable_in_time_flat_memory_and_recovery(
    fragile: EmbeddedStack, service: Process
) -> None:
    accepted: set[str] = set()
    async for episode, _, code in _keep_sending(service.target, 3, "before"):
        assert code is None
        accepted.add(episode)
    before = service.memory_bytes()
    fragile.stop("kafka")

    async def keep_on(sender: int) -> None:
        async for _, seconds, code in _keep_sending(service.target, AWAY_S, f"away-{sender}"):
            assert code is grpc.StatusCode.UNAVAILABLE
            assert seconds < DEADLINE_S + 0.5

    try:
        await asyncio.gather(*map(keep_on, range(SENDERS)), _chunks_are_refused(service.target))
        assert service.memory_bytes() - before < 64 * MIB
        assert not is_serving(service.target)
    finally:
        await asyncio.to_thread(fragile.start, "kafka")
    await asyncio.to_thread(until, lambda: is_serving(service.target))
    async for episode, _, code in _keep_sending(service.target, 2, "after"):
        assert code is None
        accepted.add(episode)
    assert accepted <= _kept(fragile)


async def test_a_hanging_kafka_is_noticed_too(fragile: EmbeddedStack, service: Process) -> None:
    fragile.kill("kafka", signal.SIGSTOP)
    try:
        async for _, seconds, code in _keep_sending(service.target, 8, "hanging"):
            assert code in {grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED}
            assert seconds < DEADLINE_S + 0.5
    finally:
        fragile.kill("kafka", signal.SIGCONT)
    await asyncio.to_thread(until, lambda: is_serving(service.target))
    async for _, _, code in _keep_sending(service.target, 1, "woken"):
        assert code is None


async def _refused_after(target: str, name: str) -> grpc.StatusCode:
    """How a stream with a deadline ends, several chunks of which wait for Kafka."""
    chunks = [
        SubmitAdmissionsRequest(records=[_record(f"{name}-{chunk}-{n}") for n in range(30)])
        for chunk in range(4)
    ]
    async with grpc.aio.insecure_channel(target) as channel:
        call = AdmissionsServiceStub(channel).SubmitAdmissions(
            iter(chunks), metadata=KENYA, timeout=DEADLINE_S
        )
        with pytest.raises(grpc.aio.AioRpcError) as failed:
            await call.read()
        return failed.value.code()


async def test_chunks_that_wait_for_their_turn_are_answered_before_the_deadline(
    fragile: EmbeddedStack, service: Process
) -> None:
    fragile.kill("kafka", signal.SIGSTOP)
    try:
        ended = await asyncio.gather(
            *(_refused_after(service.target, f"turn-{n}") for n in range(SENDERS))
        )
    finally:
        fragile.kill("kafka", signal.SIGCONT)
    assert set(ended) == {grpc.StatusCode.UNAVAILABLE}
    await asyncio.to_thread(until, lambda: is_serving(service.target))


async def test_the_client_goes_on_where_it_was_interrupted(
    fragile: EmbeddedStack, service: Process
) -> None:
    records = [_record(f"resumed-{n}") for n in range(3000)]

    async def break_it() -> None:
        await asyncio.to_thread(fragile.kill, "kafka")

    receipts = []
    breaking = None
    async for record, receipt in submit_many(
        service.target, bearing("dev-KEN"), ADMISSION, records, chunk_records=100
    ):
        receipts.append((record.record.episode_id, receipt.status))
        if len(receipts) == 500:
            breaking = asyncio.create_task(break_it())
    assert breaking is not None
    await breaking
    assert receipts == [(f"resumed-{n}", ACCEPTED) for n in range(3000)]
    assert {episode for episode, _ in receipts} <= _kept(fragile)


async def test_the_client_gives_up_when_its_patience_ends(fragile: EmbeddedStack) -> None:
    with pytest.raises(Unavailable, match="did not take the records"):
        await anext(
            submit_many(
                "127.0.0.1:1", bearing("dev-KEN"), ADMISSION, [_record("never")], patience_s=0.5
            )
        )
