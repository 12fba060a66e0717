"""Settling a batch of events: stored, told, put aside, noted. Knows Kafka only as a place to write.

The order of the steps, and why a crash between any two of them loses nothing:

1. the records are stored in the registry: storing them again changes nothing; those of erased
   records are not, and get tombstones in the log;
2. what can never be read is written to the dead letters, what was touched to the changes;
3. the watermarks are noted in ClickHouse: all before them is stored and told;
4. the caller commits the offsets.

A crash before 4 repeats the batch. What is away is waited for; no batch is left half done
while the process lives.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

import structlog

from gtms.config import Settings
from gtms.events.dead_letters import Origin, dead_letter
from gtms.events.envelope import Outgoing
from gtms.events.failures import Unavailable
from gtms.events.many import Incoming
from gtms.events.publisher import Publisher
from gtms.key_file import key_in
from gtms.privacy.erased import Erased
from gtms.processing.changes import changes
from gtms.processing.erased import sift
from gtms.processing.limits import Admitted, admit
from gtms.processing.patience import Patience
from gtms.processing.sorting import Sorted, Unreadable, sort, sort_closely
from gtms.warehouse.sender import Refused
from gtms.warehouse.writer import Partition, Writer

Result = TypeVar("Result")
_log = structlog.get_logger("gtms.processing")


class Behind(Exception):
    """ClickHouse has less of a partition than was noted there: a backup was restored."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What was settled: next offset of each partition, and the topics to be left alone."""

    next_offsets: Mapping[Partition, int]
    reached: Collection[str]


class Settling:
    """Settles batches one after the other. Used by one event loop; blocking work has a thread."""

    def __init__(self, settings: Settings, publisher: Publisher) -> None:
        self._limit = settings.processing.poison_limit
        self._erasure_key = settings.erasure_key_file
        self._publisher = publisher
        self._patience = Patience("loader")
        self._writer = Writer(settings.clickhouse)
        # One thread, because the connections of the writer belong to one.
        self._thread = ThreadPoolExecutor(1, "loader")
        self._runs: Mapping[str, int] = {}
        self._noted: dict[Partition, int] = {}

    async def settle(self, events: Sequence[Incoming], first_look: Sorted) -> Settled:
        """Settle a batch that was sorted before; waits as long as anything needed is away.

        Raises:
            Behind: ClickHouse has less than it had; nothing was noted, read again from there.
            Refused: ClickHouse does not take events in which nothing wrong can be found: a bug.
        """
        admitted, found = await self._admitted(events, first_look, sort)
        try:
            stored, back = await self._store(found)
        except Refused:
            closer = await asyncio.to_thread(sort_closely, events)
            if len(closer.unreadable) == len(first_look.unreadable):
                raise
            admitted, found = await self._admitted(events, closer, sort_closely)
            stored, back = await self._store(found)
        told = [*await asyncio.to_thread(_told, stored), *back]
        await self._patience.keep_trying(lambda: self._publisher.publish(told))
        next_offsets = _next_offsets(admitted.events)
        await self._in_thread(lambda: self._note(next_offsets, stored.unreadable))
        self._runs = admitted.runs
        return Settled(next_offsets, admitted.reached)

    async def watermarks(self) -> dict[Partition, int]:
        """What ClickHouse has of each partition; waits until it answers."""
        self._noted = await self._in_thread(self._writer.watermarks)
        return self._noted

    def close(self) -> None:
        """Let go of the connections and the thread; what it does now is not waited for."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._writer.close()

    async def _admitted(
        self,
        events: Sequence[Incoming],
        found: Sorted,
        again: Callable[[Sequence[Incoming]], Sorted],
    ) -> tuple[Admitted, Sorted]:
        wrong = [unreadable.event for unreadable in found.unreadable]
        admitted = admit(events, wrong, self._runs, self._limit)
        if len(admitted.events) == len(events):
            return admitted, found
        return admitted, await asyncio.to_thread(again, admitted.events)

    async def _store(self, found: Sorted) -> tuple[Sorted, list[Outgoing]]:
        """Store all but what was erased; what was stored, and tombstones for the rest."""

        def store() -> tuple[Sorted, list[Outgoing]]:
            kept, back = sift(found, self._erased())
            for family in kept.families:
                self._writer.store(family)
            return kept, back

        return await self._in_thread(store)

    def _erased(self) -> Erased:
        digests = self._writer.erased()
        if not digests:
            return Erased(b"", {})
        if not self._erasure_key.is_file():
            raise Unavailable(f"the key of erased records is not in {self._erasure_key}")
        return Erased(key_in(self._erasure_key, "the key of erased records"), digests)

    def _note(self, next_offsets: Mapping[Partition, int], put_aside: Sequence[Unreadable]) -> None:
        there = self._writer.watermarks()
        if any(there.get(one, 0) < self._noted.get(one, 0) for one in next_offsets):
            raise Behind
        if put_aside:
            self._writer.note_dead_letters({_origin(one.event): one.reason for one in put_aside})
        self._writer.note_watermarks(next_offsets)
        self._noted.update(next_offsets)

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        loop = asyncio.get_running_loop()
        return await self._patience.keep_trying(lambda: loop.run_in_executor(self._thread, work))


def _told(found: Sorted) -> list[Outgoing]:
    return [*_put_aside(found.unreadable), *changes(found.families)]


def _put_aside(unreadable: Sequence[Unreadable]) -> Iterator[Outgoing]:
    at = datetime.now(UTC)
    for one in unreadable:
        event = one.event
        origin = _origin(event)
        _log.warning("dead letter", reason=one.reason, **_named(origin))
        yield dead_letter(one.reason, origin, event.key, event.value, list(event.headers), at)


def _origin(event: Incoming) -> Origin:
    return Origin(event.topic, event.partition, event.offset)


def _named(origin: Origin) -> dict[str, str | int]:
    return {"topic": origin.topic, "partition": origin.partition, "offset": origin.offset}


def _next_offsets(events: Sequence[Incoming]) -> dict[Partition, int]:
    """For each partition in the batch, the offset behind its last event."""
    last = {(event.topic, event.partition): event.offset for event in events}
    return {Partition(topic, number): offset + 1 for (topic, number), offset in last.items()}
