"""The three kinds of call that every family has: submit one, submit many, get.

A chunk of `submit many` is either wholly acknowledged, and then answered, or not known: when Kafka
does not acknowledge it in time the stream ends with UNAVAILABLE, and the sender sends again from
the first chunk without receipts. Receipts come in the order of the chunks.
"""

import asyncio
import re
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import grpc

from gtms import observability
from gtms.config import Ingest
from gtms.families import Family
from gtms.ingest.deadlines import time_to_answer
from gtms.ingest.identity import current_sender
from gtms.ingest.quotas import PATIENCE_S, Rate
from gtms.ingest.refusals import Refusal, bad_request, not_found, unavailable
from gtms.ingest.requests import ChunkRequest, GetRequest, OneRequest
from gtms.ingest.stored import Stored
from gtms.ingest.submission import Submission
from gtms.records.identifiers import key_of, record_uid
from treatment.common.v1.receipts_pb2 import Receipt

LONGEST_CHUNK_ID = 64
CHUNKS_PER_STREAM = 4
"""Chunks of one stream that may be judged and published at a time; one is always allowed."""

SHARED_CHUNKS = 64
"""Further chunks, beyond one per stream, that all streams together may have open."""

_UID = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")

Request = TypeVar("Request")
Response = TypeVar("Response")
Context = grpc.aio.ServicerContext[Request, Response]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a call may ask for."""

    chunk_records: int
    chunk_bytes: int
    publish_timeout_s: float

    @classmethod
    def of(cls, ingest: Ingest) -> "Limits":
        """The limits in the settings."""
        return cls(ingest.max_chunk_records, ingest.max_chunk_bytes, ingest.publish_timeout_s)


class Calls:
    """Answers the calls of one process; `quota` is how many records a country may send it.

    Set `draining` to let streams end after the chunks they have begun.
    """

    def __init__(self, submission: Submission, stored: Stored, limits: Limits, quota: Rate) -> None:
        self._submission = submission
        self._stored = stored
        self._limits = limits
        self._quota = quota
        self._shared_chunks = SHARED_CHUNKS
        self.draining = asyncio.Event()

    async def one(
        self, family: Family, request: OneRequest, context: Context[Request, Response]
    ) -> Receipt:
        """The receipt of one record; raises Refusal or Unavailable."""
        if not request.HasField("record"):
            raise bad_request("RECORD_MISSING", "record", "a record is needed")
        self._quota.take(current_sender().country)
        receipts = await self._submission.submit(
            family,
            current_sender(),
            [request.record],
            validate_only=request.validate_only,
            left_s=time_to_answer(context),
        )
        return receipts[0]

    async def many(
        self,
        family: Family,
        requests: AsyncIterator[ChunkRequest],
        context: Context[Request, Response],
        answer: Callable[..., Response],
    ) -> AsyncIterator[Response]:
        """The receipts of each chunk; further chunks are taken while earlier ones are published."""
        reading: asyncio.Task[ChunkRequest | None] | None = _start(anext(requests, None))
        draining = asyncio.create_task(self.draining.wait())
        begun: deque[asyncio.Task[Response]] = deque()
        try:
            while reading or begun:
                room = reading and (not begun or self._may_take_more(len(begun)))
                waiting = {*list(begun)[:1], *((reading, draining) if room and reading else ())}
                await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                if begun and begun[0].done():
                    self._shared_chunks += len(begun) > 1
                    yield begun.popleft().result()
                elif reading and reading.done():
                    chunk = reading.result()
                    reading = _start(anext(requests, None)) if chunk is not None else None
                    if chunk is not None:
                        self._shared_chunks -= len(begun) > 0
                        begun.append(_start(self._chunk(family, chunk, context, answer)))
                elif draining.done() and reading:
                    reading.cancel()
                    reading = None
        finally:
            self._shared_chunks += max(0, len(begun) - 1)
            for task in (*begun, draining, *((reading,) if reading else ())):
                task.cancel()
        if self.draining.is_set():
            raise unavailable("CLOSING", "the service is closing: go on with a new stream", 0.5)

    async def get(
        self, family: Family, request: GetRequest, context: Context[Request, Response]
    ) -> bytes:
        """The stored record message of the sender's country; raises Refusal or Unavailable."""
        country = current_sender().country
        uid = _uid(family, country, request)
        payload = await self._stored.read(family, country, uid, self._time_left(context))
        if payload is None:
            raise not_found(f"no such {family.name.replace('_', ' ')} is stored")
        return payload

    async def stored(
        self, family: Family, key: Sequence[str], context: Context[Request, Response]
    ) -> bytes | None:
        """The stored record message of the sender's country, or None; raises Unavailable."""
        country = current_sender().country
        uid = record_uid(country, family, *key)
        return await self._stored.read(family, country, uid, self._time_left(context))

    async def revisions(
        self, family: Family, key: Sequence[str], context: Context[Request, Response]
    ) -> list[bytes]:
        """Every revision of a record of the sender's country; raises Unavailable."""
        country = current_sender().country
        uid = record_uid(country, family, *key)
        return await self._stored.revisions(family, country, uid, self._time_left(context))

    async def _chunk(
        self,
        family: Family,
        chunk: ChunkRequest,
        context: Context[Request, Response],
        answer: Callable[..., Response],
    ) -> Response:
        self._check_chunk(chunk)
        wait_s = self._quota.take(current_sender().country, len(chunk.records), PATIENCE_S)
        if wait_s:
            await asyncio.sleep(wait_s)
        began = time.perf_counter()
        receipts = await self._submission.submit(
            family,
            current_sender(),
            chunk.records,
            validate_only=chunk.validate_only,
            left_s=time_to_answer(context),
        )
        observability.CHUNK_SECONDS.labels(family.name).observe(time.perf_counter() - began)
        return answer(chunk_id=chunk.chunk_id, receipts=receipts)

    def _check_chunk(self, chunk: ChunkRequest) -> None:
        if len(chunk.chunk_id) > LONGEST_CHUNK_ID:
            text = f"a chunk_id has at most {LONGEST_CHUNK_ID} characters"
            raise bad_request("CHUNK_ID_TOO_LONG", "chunk_id", text)
        if len(chunk.records) > self._limits.chunk_records:
            text = f"a chunk holds at most {self._limits.chunk_records} records"
            raise bad_request("CHUNK_TOO_LARGE", "records", text)
        if chunk.ByteSize() > self._limits.chunk_bytes:
            text = f"a chunk is at most {self._limits.chunk_bytes} bytes long"
            raise bad_request("CHUNK_TOO_LARGE", "records", text)

    def _may_take_more(self, begun: int) -> bool:
        return begun < CHUNKS_PER_STREAM and self._shared_chunks > 0

    def _time_left(self, context: Context[Request, Response]) -> float:
        left_s = time_to_answer(context)
        longest_s = self._limits.publish_timeout_s
        return longest_s if left_s is None else min(longest_s, left_s)


def _uid(family: Family, country: str, request: GetRequest) -> str:
    named_by = request.WhichOneof("id")
    if named_by == "record_uid":
        if not _UID.match(request.record_uid):
            raise _bad_id("record_uid", "a record_uid is a version 5 UUID in lower case")
        return request.record_uid
    if named_by is None:
        raise _bad_id("id", "record_uid or key is needed")
    parts = key_of(family, request.key)
    if parts is None:
        needed = [name for name in family.key_fields if name not in family.key_may_lack]
        raise _bad_id("key", f"a key has {' and '.join(needed)}")
    return record_uid(country, family, *parts)


def _bad_id(field: str, text: str) -> Refusal:
    return bad_request("ID_INVALID", field, text)


def _start(work: Awaitable[Response]) -> "asyncio.Task[Response]":
    async def run() -> Response:
        return await work

    return asyncio.create_task(run())
