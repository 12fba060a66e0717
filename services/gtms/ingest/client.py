"""Sending many records as a national system would: chunked, pipelined, resumed after a break.

Sending the same revision twice never counts twice, so after a broken stream everything without a
receipt is simply sent again.
"""

import asyncio
import random
from collections import deque
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, cast

import grpc
from google.protobuf.message import Message

from gtms.channel import Caller
from gtms.events.failures import Unavailable
from gtms.families import Family
from treatment.admissions.v1 import admissions_service_pb2, admissions_service_pb2_grpc
from treatment.common.v1.receipts_pb2 import Receipt
from treatment.estimates.v1 import estimates_service_pb2, estimates_service_pb2_grpc
from treatment.facilities.v1 import facilities_service_pb2, facilities_service_pb2_grpc
from treatment.outcomes.v1 import outcomes_service_pb2, outcomes_service_pb2_grpc
from treatment.trainings.v1 import trainings_service_pb2, trainings_service_pb2_grpc

CHANNEL_OPTIONS = (
    ("grpc.keepalive_time_ms", 20_000),
    ("grpc.keepalive_timeout_ms", 10_000),
    ("grpc.initial_reconnect_backoff_ms", 200),
    ("grpc.max_reconnect_backoff_ms", 2_000),
)
_EOF = grpc.aio.EOF  # type: ignore[attr-defined]  # the stubs forget it
_TRANSIENT = frozenset(
    {
        grpc.StatusCode.UNAVAILABLE,
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        # What gRPC makes of calls that a service has not looked at yet, when 1,000 of them wait
        # (https://github.com/grpc/grpc/pull/34782).
        grpc.StatusCode.CANCELLED,
        grpc.StatusCode.INTERNAL,  # what grpc.aio makes of a write into a stream that just ended
    }
)
# What grpc.aio says when a write meets a call that has just ended: why it ended is then lost.
_LOST_STATUS = "Internal error from Core"
_END_SEEN_S = 1.0  # after a lost status: how long the next stream waits to see it
_RECORD_OVERHEAD = 8  # bytes of tag and length in front of each record of a chunk


class Refused(Exception):
    """The service will not take this stream, however often it is tried: one line that says why."""

    def __init__(self, code: grpc.StatusCode, why: str) -> None:
        super().__init__(f"{code.name}: {why}")
        self.code = code


class _Answer(Protocol):
    """What every Submit<X>s response has."""

    chunk_id: str
    receipts: Iterable[Receipt]


@dataclass(frozen=True, slots=True)
class _Bulk:
    """How one family is sent in bulk."""

    service: str
    stub: Callable[[grpc.aio.Channel], object]
    method: str
    request: Callable[..., Message]


_BULK: Mapping[str, _Bulk] = {
    "facility": _Bulk(
        "facilities",
        facilities_service_pb2_grpc.FacilitiesServiceStub,
        "SubmitFacilities",
        facilities_service_pb2.SubmitFacilitiesRequest,
    ),
    "capacity": _Bulk(
        "facilities",
        facilities_service_pb2_grpc.FacilitiesServiceStub,
        "SubmitFacilityCapacities",
        facilities_service_pb2.SubmitFacilityCapacitiesRequest,
    ),
    "qa_assessment": _Bulk(
        "facilities",
        facilities_service_pb2_grpc.FacilitiesServiceStub,
        "SubmitQaAssessments",
        facilities_service_pb2.SubmitQaAssessmentsRequest,
    ),
    "admission": _Bulk(
        "admissions",
        admissions_service_pb2_grpc.AdmissionsServiceStub,
        "SubmitAdmissions",
        admissions_service_pb2.SubmitAdmissionsRequest,
    ),
    "outcome": _Bulk(
        "outcomes",
        outcomes_service_pb2_grpc.OutcomesServiceStub,
        "SubmitOutcomes",
        outcomes_service_pb2.SubmitOutcomesRequest,
    ),
    "training_event": _Bulk(
        "trainings",
        trainings_service_pb2_grpc.TrainingsServiceStub,
        "SubmitTrainingEvents",
        trainings_service_pb2.SubmitTrainingEventsRequest,
    ),
    "training_participant": _Bulk(
        "trainings",
        trainings_service_pb2_grpc.TrainingsServiceStub,
        "SubmitTrainingParticipants",
        trainings_service_pb2.SubmitTrainingParticipantsRequest,
    ),
    "estimate": _Bulk(
        "trainings",
        estimates_service_pb2_grpc.EstimatesServiceStub,
        "SubmitReferenceEstimates",
        estimates_service_pb2.SubmitReferenceEstimatesRequest,
    ),
}


def service_of(family: Family) -> str:
    """The name of the service that takes this family, as in the settings of ports."""
    return _BULK[family.name].service


@dataclass(frozen=True, slots=True)
class _Chunk:
    chunk_id: str
    records: list[Message]


async def submit_many(
    target: str,
    caller: Caller,
    family: Family,
    records: AsyncIterable[Message] | Iterable[Message],
    *,
    chunk_records: int = 500,
    chunk_bytes: int = 1 << 20,
    in_flight: int = 4,
    validate_only: bool = False,
    patience_s: float = 120.0,
    answer_timeout_s: float = 60.0,
) -> AsyncIterator[tuple[Message, Receipt]]:
    """Send records of one family and yield each with its receipt, in the order of the records.

    At most `in_flight` chunks wait for receipts at a time, which bounds memory; a chunk is cut at
    `chunk_records` records or `chunk_bytes` bytes. When the stream breaks, what has no receipt yet
    is sent again on a new one, after a growing pause.

    `target` is host:port of the service that takes this family, `caller` who sends. Gives up after
    `patience_s` seconds without a single receipt; a chunk that is unanswered for
    `answer_timeout_s` counts as a broken stream.

    Raises:
        Unavailable: patience ran out.
        Refused: the service will never take this stream, e.g. an unknown token.
    """
    bulk = _BULK[family.name]
    chunks = _chunks(records, chunk_records, chunk_bytes)
    async with caller.aio_channel(target, CHANNEL_OPTIONS) as channel:
        method = getattr(bulk.stub(channel), bulk.method)
        sender = _Sender(method, caller, bulk.request, validate_only, in_flight, answer_timeout_s)
        pauses = _Pauses(patience_s)
        while not sender.finished:
            try:
                async for chunk, receipts in sender.exchange(chunks):
                    pauses.restart()
                    for pair in zip(chunk.records, receipts, strict=True):
                        yield pair
            except _Broken as broken:
                await pauses.wait(target, broken.why)


class _Broken(Exception):
    """The stream ended early, and another one may do better."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class _Pauses:
    """Growing pauses with jitter; progress resets them."""

    def __init__(self, patience_s: float) -> None:
        self._patience_s = patience_s
        self.restart()

    def restart(self) -> None:
        self._failures = 0
        self._since: float | None = None

    async def wait(self, target: str, why: str) -> None:
        now = asyncio.get_running_loop().time()
        self._since = self._since if self._since is not None else now
        if now - self._since >= self._patience_s:
            raise Unavailable(f"{target} did not take the records: {why}")
        self._failures += 1
        await asyncio.sleep(random.uniform(0.05, min(5.0, 0.1 * 2**self._failures)))


class _Sender:
    """Knows which chunks have no receipts yet; each exchange is one stream."""

    def __init__(
        self,
        method: Callable[..., grpc.aio.StreamStreamCall[Message, _Answer]],
        caller: Caller,
        request: Callable[..., Message],
        validate_only: bool,
        in_flight: int,
        answer_timeout_s: float,
    ) -> None:
        self._method = method
        self._caller = caller
        self._request = request
        self._validate_only = validate_only
        self._in_flight = in_flight
        self._answer_timeout_s = answer_timeout_s
        self._unanswered: deque[_Chunk] = deque()
        self._all_read = False
        self._status_lost = False

    @property
    def finished(self) -> bool:
        """Every record has its receipt."""
        return self._all_read and not self._unanswered

    async def exchange(
        self, chunks: AsyncIterator[_Chunk]
    ) -> AsyncIterator[tuple[_Chunk, list[Receipt]]]:
        """Open a stream, send what is unanswered and what follows, yield answered chunks."""
        call = self._method(metadata=self._caller.metadata())
        try:
            if self._status_lost:
                await self._see_end(call)
            for chunk in self._unanswered:
                await self._write(call, chunk)
            while not self.finished:
                await self._fill(call, chunks)
                if self._unanswered:
                    receipts = await self._answer(call)
                    yield self._unanswered.popleft(), receipts
            with suppress(grpc.aio.BaseError):  # every record has its receipt: nothing is lost
                await call.done_writing()
        finally:
            call.cancel()

    async def _see_end(self, call: grpc.aio.StreamStreamCall[Message, _Answer]) -> None:
        """Raise what a service says that ends the stream before anything is written to it."""
        self._status_lost = False
        await asyncio.wait([asyncio.ensure_future(call.code())], timeout=_END_SEEN_S)
        if call.done():
            raise await _why_ended(call)

    async def _fill(
        self, call: grpc.aio.StreamStreamCall[Message, _Answer], chunks: AsyncIterator[_Chunk]
    ) -> None:
        while not self._all_read and len(self._unanswered) < self._in_flight:
            chunk = await anext(chunks, None)
            if chunk is None:
                self._all_read = True
                return
            self._unanswered.append(chunk)
            await self._write(call, chunk)

    async def _write(
        self, call: grpc.aio.StreamStreamCall[Message, _Answer], chunk: _Chunk
    ) -> None:
        request = self._request(
            chunk_id=chunk.chunk_id, records=chunk.records, validate_only=self._validate_only
        )
        try:
            async with asyncio.timeout(self._answer_timeout_s):
                await call.write(request)
        except (grpc.aio.AioRpcError, asyncio.InvalidStateError):
            self._status_lost = await call.details() == _LOST_STATUS
            raise await _why_ended(call) from None
        except TimeoutError:
            raise _Broken(f"a chunk was not taken within {self._answer_timeout_s:g} s") from None

    async def _answer(self, call: grpc.aio.StreamStreamCall[Message, _Answer]) -> list[Receipt]:
        try:
            async with asyncio.timeout(self._answer_timeout_s):
                answer = await call.read()
        except grpc.aio.AioRpcError:
            raise await _why_ended(call) from None
        except TimeoutError:
            raise _Broken(f"no receipts within {self._answer_timeout_s:g} s") from None
        if answer is _EOF:
            raise await _why_ended(call)
        answer = cast("_Answer", answer)
        if answer.chunk_id != self._unanswered[0].chunk_id:
            raise Refused(grpc.StatusCode.INTERNAL, "receipts came for another chunk")
        return list(answer.receipts)


async def _why_ended(call: grpc.aio.StreamStreamCall[Message, _Answer]) -> Exception:
    code, why = await call.code(), await call.details() or "the stream ended"
    if code in _TRANSIENT or code is grpc.StatusCode.OK or why == _LOST_STATUS:
        return _Broken(why)
    return Refused(code, why)


async def _chunks(
    records: AsyncIterable[Message] | Iterable[Message], most_records: int, most_bytes: int
) -> AsyncIterator[_Chunk]:
    number = size = 0
    held: list[Message] = []
    async for record in _each(records):
        more = record.ByteSize() + _RECORD_OVERHEAD
        if held and (len(held) >= most_records or size + more > most_bytes - 128):
            yield _Chunk(str(number), held)
            number, size, held = number + 1, 0, []
        held.append(record)
        size += more
    if held:
        yield _Chunk(str(number), held)


async def _each(records: AsyncIterable[Message] | Iterable[Message]) -> AsyncIterator[Message]:
    if isinstance(records, AsyncIterable):
        async for record in records:
            yield record
    else:
        for record in records:
            yield record
