"""The stream of chunks, with a submission that does what the test says."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import cast

import pytest

from gtms.events.envelope import RecordMessage
from gtms.events.failures import Unavailable
from gtms.families import FAMILIES, Family
from gtms.ingest import calls as calls_module
from gtms.ingest.calls import CHUNKS_PER_STREAM, Calls, Context, Limits
from gtms.ingest.identity import Sender, enter
from gtms.ingest.quotas import Rate
from gtms.ingest.refusals import Refusal
from gtms.ingest.stored import Stored
from gtms.ingest.submission import Submission
from tests.support.population import admission
from treatment.admissions.v1.admissions_service_pb2 import (
    SubmitAdmissionsRequest,
    SubmitAdmissionsResponse,
)
from treatment.common.v1.receipts_pb2 import Receipt

ADMISSION = FAMILIES["admission"]
UNLIMITED = Rate("records", 1e9, 1_000_000_000)


class Patient:
    """Stands for the context of a call without a deadline."""

    def time_remaining(self) -> None:
        return None


class Slow:
    """A submission whose chunks are acknowledged when the test lets them."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.most = 0
        self.open = 0
        self.acknowledged: dict[int, asyncio.Event] = {}
        self.fails: set[int] = set()

    def acknowledge(self, *numbers: int) -> None:
        for number in numbers:
            self.acknowledged.setdefault(number, asyncio.Event()).set()

    async def submit(
        self,
        family: Family,
        sender: Sender,
        records: Sequence[RecordMessage],
        *,
        validate_only: bool,
        left_s: float | None,
    ) -> list[Receipt]:
        number = records[0].envelope.record_version
        self.begun.append(number)
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            await self.acknowledged.setdefault(number, asyncio.Event()).wait()
        finally:
            self.open -= 1
        if number in self.fails:
            raise Unavailable("Kafka did not acknowledge")
        return [Receipt(record_version=number) for _ in records]


@pytest.fixture
def slow() -> Slow:
    return Slow()


def served(slow: Slow, quota: Rate = UNLIMITED) -> Calls:
    limits = Limits(3, 4096, 10.0)
    return Calls(cast("Submission", slow), cast("Stored", None), limits, quota)


@pytest.fixture
def calls(slow: Slow) -> Calls:
    enter(Sender("KEN"))
    return served(slow)


def _chunk(number: int, records: int = 1) -> SubmitAdmissionsRequest:
    one = admission("ann", "2025-03-01", revision=number)
    return SubmitAdmissionsRequest(chunk_id=str(number), records=[one] * records)


async def _sent(*chunks: SubmitAdmissionsRequest) -> AsyncIterator[SubmitAdmissionsRequest]:
    for chunk in chunks:
        yield chunk


def _answers(
    calls: Calls, requests: AsyncIterator[SubmitAdmissionsRequest]
) -> AsyncIterator[SubmitAdmissionsResponse]:
    context = cast("Context[SubmitAdmissionsRequest, SubmitAdmissionsResponse]", Patient())
    return calls.many(ADMISSION, requests, context, SubmitAdmissionsResponse)


async def _settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_receipts_come_in_the_order_of_the_chunks(calls: Calls, slow: Slow) -> None:
    answers = _answers(calls, _sent(*map(_chunk, range(1, 4))))
    first = asyncio.ensure_future(anext(answers))
    slow.acknowledge(3, 2)
    await _settle()
    assert not first.done(), "the second must not overtake the first"
    slow.acknowledge(1)
    assert [(await first).chunk_id, *[a.chunk_id async for a in answers]] == ["1", "2", "3"]


async def test_further_chunks_are_taken_while_the_first_is_published(
    calls: Calls, slow: Slow
) -> None:
    answers = _answers(calls, _sent(*map(_chunk, range(1, 10))))
    first = asyncio.ensure_future(anext(answers))
    await _settle()
    assert slow.begun == [1, 2, 3, 4], "some, but no more than the window"
    slow.acknowledge(*range(1, 10))
    assert len([await first, *[a async for a in answers]]) == 9
    assert slow.most == CHUNKS_PER_STREAM


async def test_when_all_streams_are_busy_each_still_moves(
    calls: Calls, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls_module, "SHARED_CHUNKS", 0)
    busy = served(slow)
    slow.acknowledge(*range(1, 4))
    assert len([a async for a in _answers(busy, _sent(*map(_chunk, range(1, 4))))]) == 3
    assert slow.most == 1


async def test_the_shared_places_are_given_back(calls: Calls, slow: Slow) -> None:
    slow.acknowledge(1, 2, 3)
    slow.fails.add(3)
    for _ in range(calls_module.SHARED_CHUNKS):
        with pytest.raises(Unavailable):
            _ = [a async for a in _answers(calls, _sent(*map(_chunk, range(1, 6))))]
    slow.begun.clear()
    first = asyncio.ensure_future(anext(_answers(calls, _sent(*map(_chunk, range(11, 20))))))
    await _settle()
    assert slow.begun == [11, 12, 13, 14]
    first.cancel()


async def test_a_chunk_that_is_not_acknowledged_ends_the_stream_after_those_before(
    calls: Calls, slow: Slow
) -> None:
    slow.acknowledge(1, 2, 3)
    slow.fails.add(2)
    answers = _answers(calls, _sent(*map(_chunk, range(1, 4))))
    assert (await anext(answers)).chunk_id == "1"
    with pytest.raises(Unavailable):
        await anext(answers)


async def test_draining_ends_the_stream_after_the_chunks_it_began(calls: Calls, slow: Slow) -> None:
    more = asyncio.Event()

    async def endless() -> AsyncIterator[SubmitAdmissionsRequest]:
        yield _chunk(1)
        await more.wait()

    answers = _answers(calls, endless())
    first = asyncio.ensure_future(anext(answers))
    await _settle()
    calls.draining.set()
    await _settle()
    slow.acknowledge(1)
    assert (await first).chunk_id == "1"
    with pytest.raises(Refusal, match="the service is closing") as refused:
        await anext(answers)
    assert refused.value.code.name == "UNAVAILABLE"


@pytest.mark.parametrize(
    ("chunk", "says"),
    [
        (_chunk(1, records=4), "at most 3 records"),
        (_chunk(1, records=3), None),
        (SubmitAdmissionsRequest(chunk_id="x" * 65), "at most 64 characters"),
    ],
)
async def test_a_chunk_over_a_limit_is_told_the_limit(
    calls: Calls, slow: Slow, chunk: SubmitAdmissionsRequest, says: str | None
) -> None:
    slow.acknowledge(1)
    answers = _answers(calls, _sent(chunk))
    if says is None:
        assert len((await anext(answers)).receipts) == 3
        return
    with pytest.raises(Refusal, match=says) as refused:
        await anext(answers)
    assert refused.value.code.name == "INVALID_ARGUMENT"


async def test_a_chunk_of_too_many_bytes_is_told_the_limit(calls: Calls) -> None:
    chunk = _chunk(1)
    chunk.records[0].record.episode_id = "x" * 4096
    with pytest.raises(Refusal, match="at most 4096 bytes"):
        await anext(_answers(calls, _sent(chunk)))
