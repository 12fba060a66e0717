"""Writing to Kafka: acknowledged by all in-sync replicas, or not known to be written.

Events are appended to one open batch per partition. What arrives while the partition's previous
batch is on its way goes out together in the next, so that many small calls cost little more than
one large one; there is no task, future or copy per event.

An event that Kafka has not acknowledged in time may still be written later: an idempotent producer
keeps trying. The caller hears `Unavailable`, which therefore means "not known". A batch that was
not yet handed to the producer is dropped as soon as nobody waits for it, so that an outage leaves
no growing queue behind.
"""

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from aiokafka.partitioner import murmur2
from aiokafka.producer.message_accumulator import BatchBuilder

from gtms import observability
from gtms.config import Kafka
from gtms.events.brokers import brokers
from gtms.events.envelope import Outgoing
from gtms.events.failures import Unavailable

MAX_BATCH_BYTES = 1024 * 1024
"""A batch is closed at this size; one event alone may be longer."""

MAX_WAITING_BYTES = 32 * 1024 * 1024
"""Bytes taken and not yet acknowledged, above which further events are refused at once."""

_PROBE_S = 1.0
_STOP_S = 1.5
_HOPELESS = 3  # times the longest wait, after which a producer is replaced

log = structlog.get_logger(__name__)


class Publisher:
    """One connection to Kafka for writing; used by one event loop.

    It starts whether or not Kafka is there, keeps looking for it, and replaces its producer after
    an error that a producer does not survive.

    Args:
        kafka: where Kafka is.
        timeout_s: longest wait of `publish` for the acknowledgement.

    Raises:
        Trouble: Kafka cannot be spoken to as the settings say.
    """

    def __init__(
        self,
        kafka: Kafka,
        timeout_s: float = 10.0,
        max_waiting_bytes: int = MAX_WAITING_BYTES,
    ) -> None:
        self._kafka = kafka
        self._brokers = brokers(kafka)
        self._timeout_s = timeout_s
        self._max_waiting_bytes = max_waiting_bytes
        self._producer: AIOKafkaProducer | None = None
        self._found = asyncio.Event()
        self._empty = asyncio.Event()
        self._empty.set()
        self._gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._broken = asyncio.Event()
        self._lanes: dict[str, list[_Lane]] = {}
        self._keeper: asyncio.Task[None] | None = None
        self.waiting_bytes = 0
        self.on_the_way: dict[_Batch, float] = {}

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Begin to look for Kafka; returns at once."""
        self._keeper = asyncio.create_task(self._keep_connected())

    async def stop(self) -> None:
        """Wait a few seconds for what is on its way, then let go, with or without Kafka."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_STOP_S if self.ready else 0):
                await self._empty.wait()
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            keeper.cancel()
            with suppress(asyncio.CancelledError):
                await keeper

    @property
    def ready(self) -> bool:
        """Kafka answers, and what was sent to it is acknowledged in time."""
        return self._found.is_set() and not self._stalled()

    async def until_ready(self) -> None:
        """Return when Kafka answers. For who has nothing to do without it."""
        await self._found.wait()

    async def publish(self, events: Sequence[Outgoing], timeout_s: float | None = None) -> None:
        """Write events and return when all in-sync replicas have every one of them.

        Raises:
            Unavailable: Kafka is away, slow or full, or too much is waiting already. Some, all or
                none of the events may have been written or still be written.
        """
        if not events:
            return
        wait_s = self._timeout_s if timeout_s is None else min(timeout_s, self._timeout_s)
        began = asyncio.get_running_loop().time()
        if not self.ready:
            observability.PUBLISH_FAILURES.labels("away").inc()
            raise self._away()
        for topic in {event.topic for event in events}:
            if topic not in self._lanes:
                await self._find_partitions(topic, wait_s)
        self._require_room(events)
        batches = {self._append(event) for event in events}
        left_s = began + wait_s - asyncio.get_running_loop().time()
        if not await self._acknowledged(batches, max(0.0, left_s)):
            observability.PUBLISH_FAILURES.labels("late").inc()
            raise Unavailable(f"Kafka did not acknowledge within {wait_s:g} s")
        observability.PUBLISH_SECONDS.observe(asyncio.get_running_loop().time() - began)

    async def _acknowledged(self, batches: "set[_Batch]", timeout_s: float) -> bool:
        """Wait for all of them, but not longer; raises Unavailable when one has failed."""
        for batch in batches:
            batch.waiting += 1
        try:
            _, late = await asyncio.wait([batch.done for batch in batches], timeout=timeout_s)
        finally:
            for batch in batches:
                batch.waiting -= 1
                if batch.waiting == 0:
                    batch.lane.forget(batch)
        if late:
            return False
        for batch in batches:
            if (failure := batch.done.result()) is not None:
                raise failure
        return True

    def _require_room(self, events: Sequence[Outgoing]) -> None:
        """Raise Unavailable when these events are too many beside those that wait already."""
        size = sum(event.size for event in events)
        if self.waiting_bytes and self.waiting_bytes + size > self._max_waiting_bytes:
            observability.PUBLISH_FAILURES.labels("full").inc()
            raise Unavailable("too many events wait for Kafka already")

    def _append(self, event: Outgoing) -> "_Batch":
        lanes = self._lanes[event.topic]
        spread = event.spread
        if spread is None:
            spread = 0 if event.key is None else murmur2(event.key) & 0x7FFFFFFF
        return lanes[spread % len(lanes)].append(event)

    def _stalled(self, times: int = 1) -> bool:
        """Something is on its way for more than so many times the longest wait."""
        oldest = next(iter(self.on_the_way.values()), None)  # in the order of handing over
        if oldest is None:
            return False
        return asyncio.get_running_loop().time() - oldest > times * self._timeout_s

    def _away(self) -> Unavailable:
        return Unavailable(f"Kafka at {self._kafka.bootstrap} does not answer")

    async def _find_partitions(self, topic: str, timeout_s: float) -> None:
        if self._producer is None:
            raise self._away()
        try:
            async with asyncio.timeout(timeout_s):
                partitions = await self._producer.partitions_for(topic)
        except (KafkaError, TimeoutError) as error:
            raise Unavailable(f"Kafka knows no topic {topic}: run `gtms migrate`") from error
        self._lanes.setdefault(topic, [_Lane(self, topic, number) for number in sorted(partitions)])

    def hold(self, more_bytes: int) -> None:
        """Count bytes that wait for Kafka; negative when they no longer do."""
        self.waiting_bytes += more_bytes
        if self.waiting_bytes:
            self._empty.clear()
        else:
            self._empty.set()
        observability.PUBLISH_WAITING_BYTES.set(self.waiting_bytes)

    def open_batch(self) -> BatchBuilder:
        """An empty batch of the current producer."""
        if self._producer is None:
            raise self._away()
        batch: BatchBuilder = self._producer.create_batch()
        return batch

    async def send(self, batch: "_Batch", topic: str, partition: int) -> Unavailable | None:
        """Hand a batch to the producer; return when it is acknowledged or has failed."""
        producer, gone = self._producer, self._gone
        if producer is None:
            return self._away()
        self.on_the_way[batch] = asyncio.get_running_loop().time()
        try:
            acknowledged = await producer.send_batch(batch.builder, topic, partition=partition)
            await asyncio.wait({acknowledged, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not acknowledged.done():
                return Unavailable("the connection to Kafka was closed")
            acknowledged.result()
        except KafkaError as error:
            self._broken.set()
            observability.PUBLISH_FAILURES.labels(type(error).__name__).inc()
            return Unavailable(f"Kafka refused a batch: {type(error).__name__}")
        finally:
            del self.on_the_way[batch]
        return None

    async def _keep_connected(self) -> None:
        try:
            while True:
                if self._producer is None:
                    await self._connect()
                elif self._broken.is_set() or self._stalled(_HOPELESS):
                    await self._let_go()
                else:
                    await self._probe(self._producer)
                pause_s = _PROBE_S if self._producer is not None else random.uniform(0.2, 1.0)
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause_s):
                        await self._broken.wait()
        finally:
            await self._let_go()

    async def _connect(self) -> None:
        self._broken.clear()
        producer = AIOKafkaProducer(
            **self._brokers,
            client_id="gtms-publisher",
            acks="all",
            enable_idempotence=True,
            max_batch_size=MAX_BATCH_BYTES,
            request_timeout_ms=int(min(5.0, self._timeout_s / 2) * 1000),
            metadata_max_age_ms=60_000,
        )
        try:
            async with asyncio.timeout(self._timeout_s):
                await producer.start()
        except (KafkaError, OSError, TimeoutError):
            await _stop(producer)
            self._tell(reachable=False)
        else:
            self._producer = producer
            self._tell(reachable=True)

    async def _probe(self, producer: AIOKafkaProducer) -> None:
        try:
            async with asyncio.timeout(2 * _PROBE_S):
                await producer.client.fetch_all_metadata()
        except (KafkaError, OSError, TimeoutError):
            self._tell(reachable=False)
        else:
            self._tell(reachable=True)

    def _tell(self, *, reachable: bool) -> None:
        if reachable and not self._found.is_set():
            log.info("kafka_answers", at=self._kafka.bootstrap)
            self._found.set()
        if not reachable and self._found.is_set():
            log.warning("kafka_is_away", at=self._kafka.bootstrap)
            self._found.clear()
        observability.KAFKA_REACHABLE.set(reachable)

    async def _let_go(self) -> None:
        producer, self._producer = self._producer, None
        self._found.clear()
        if producer is not None:
            await _stop(producer)
            self._gone.set_result(None)
            self._gone = asyncio.get_running_loop().create_future()


class _Batch:
    """Events of one partition that travel together."""

    __slots__ = ("builder", "done", "lane", "size", "waiting")

    def __init__(self, lane: "_Lane", builder: BatchBuilder) -> None:
        self.lane = lane
        self.builder = builder
        self.size = 0
        self.waiting = 0  # calls of `publish` that wait for it
        self.done: asyncio.Future[Unavailable | None] = asyncio.get_running_loop().create_future()


class _Lane:
    """The batches of one partition: at most one on its way, the last of the others still open."""

    def __init__(self, publisher: Publisher, topic: str, partition: int) -> None:
        self._publisher = publisher
        self._topic = topic
        self._partition = partition
        self._queue: list[_Batch] = []
        self._sending: asyncio.Task[None] | None = None

    def append(self, event: Outgoing) -> _Batch:
        """Add an event to the open batch, or to a new one; give the batch."""
        batch = self._queue[-1] if self._queue else None
        if batch is None or not _fits(batch, event):
            batch = _Batch(self, self._publisher.open_batch())
            self._queue.append(batch)
            _fits(batch, event)  # a first event always does
        batch.size += event.size
        self._publisher.hold(event.size)
        if self._sending is None:
            self._sending = asyncio.create_task(self._send_all())
        return batch

    def forget(self, batch: _Batch) -> None:
        """Drop a batch for which nobody waits, unless it is on its way or finished."""
        if batch in self._queue:
            self._queue.remove(batch)
            self._finish(batch, Unavailable("nobody waits for it any more"))

    async def _send_all(self) -> None:
        try:
            while self._queue:
                batch = self._queue.pop(0)
                failure: Unavailable | None = Unavailable("the connection to Kafka was closed")
                try:
                    failure = await self._publisher.send(batch, self._topic, self._partition)
                finally:
                    self._finish(batch, failure)
        finally:
            self._sending = None

    def _finish(self, batch: _Batch, failure: Unavailable | None) -> None:
        self._publisher.hold(-batch.size)
        batch.done.set_result(failure)


def _fits(batch: _Batch, event: Outgoing) -> bool:
    added = batch.builder.append(
        timestamp=None, key=event.key, value=event.value, headers=event.headers
    )
    return added is not None


async def _stop(producer: AIOKafkaProducer) -> None:
    try:
        async with asyncio.timeout(_STOP_S):
            await producer.stop()
    except (KafkaError, OSError, TimeoutError):  # then its connections are still open
        with suppress(KafkaError, OSError, TimeoutError):
            async with asyncio.timeout(_STOP_S):
                await producer.client.close()
