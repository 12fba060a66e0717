"""The loader: reads the record topics and has each batch settled.

One batch is settled while the next is read and sorted. Offsets are committed when a batch is
settled, never before. Where Kafka and ClickHouse remember different offsets, the lower is right
(`positions`). While something is away the consumer goes on asking for single events, so that the
group keeps it; what can never be read is put aside; anything else ends the process.
"""

from __future__ import annotations

import asyncio
import gc
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from itertools import chain
from typing import Self

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import CommitFailedError, IllegalStateError, KafkaError
from mode import Service

from gtms import observability
from gtms.config import Settings
from gtms.events.brokers import brokers
from gtms.events.failures import Unavailable
from gtms.events.many import Incoming
from gtms.events.publisher import Publisher
from gtms.families import FAMILIES
from gtms.processing.patience import Patience
from gtms.processing.positions import first_offset
from gtms.processing.settling import Behind, Settled, Settling
from gtms.processing.sorting import Sorted, sort
from gtms.warehouse.writer import Partition

LOADER_GROUP = "gtms-loader"
TOPICS = tuple(dict.fromkeys(family.topic for family in FAMILIES.values()))

_AT_ONCE = 5_000  # events taken from the consumer in one call, in which the event loop stands still
_OBJECTS_BEFORE_GC = 100_000
_POLL_S = 1.0
_DRAIN_S = 5.0
_PUBLISH_S = 10.0
_FETCH_BYTES = 4 * 1024 * 1024  # of each partition

_log = structlog.get_logger("gtms.processing")


class Turns(ConsumerRebalanceListener):
    """Counts the times that partitions were given to us: what was read in an earlier turn is void.

    `unplaced` says that it is not yet decided where to begin to read.
    """

    def __init__(self, drain: Callable[[], Awaitable[None]]) -> None:
        self._drain = drain
        self.number = 0
        self.unplaced = True

    def again(self) -> None:
        """Forget what was read and not settled; begin again where settled work ends."""
        self.number += 1
        self.unplaced = True

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        """The last chance to commit what is being settled."""
        if revoked:
            await self._drain()
        self.again()

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        """A new turn begins."""
        self.again()


class Loader(Service):
    """A service of the Faust app, or one by itself; several share the partitions between them."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._patience = Patience("loader, reading")
        self._turns = Turns(self._drain)
        self._early: list[Incoming] = []
        self._halted: set[str] = set()
        self._settling_now: asyncio.Task[None] | None = None
        self._consumer: AIOKafkaConsumer | None = None

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The loader of these settings."""
        return cls(settings)

    @property
    def turns(self) -> int:
        """How often partitions were given or taken, or reading began anew."""
        return self._turns.number

    def ends(self) -> dict[Partition, int]:
        """The next offset to be written of each of its partitions, as Kafka said last."""
        if (consumer := self._consumer) is None:
            return {}
        said = {one: consumer.highwater(one) for one in consumer.assignment()}
        return {
            Partition(one.topic, one.partition): at for one, at in said.items() if at is not None
        }

    @Service.task
    async def _load(self) -> None:
        # A batch is a hundred thousand objects without a cycle among them; with the usual threshold
        # the collector of cycles visits all of them again and again, and takes a third of the time.
        gc.set_threshold(_OBJECTS_BEFORE_GC, 50, 100)
        publisher = Publisher(self._settings.kafka, _PUBLISH_S)
        settling = Settling(self._settings, publisher)
        consumer: AIOKafkaConsumer | None = None
        try:
            await publisher.start()
            consumer = self._consumer = await self._patience.keep_trying(self._joined)
            while not self.should_stop:
                await self._one_turn(consumer, settling)
        finally:
            self._consumer = None
            await self._drain()
            if consumer is not None:
                await consumer.stop()
            await publisher.stop()
            settling.close()

    async def _joined(self) -> AIOKafkaConsumer:
        processing = self._settings.processing
        consumer = AIOKafkaConsumer(
            **brokers(self._settings.kafka),
            client_id="gtms-loader",
            group_id=LOADER_GROUP,
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_partition_fetch_bytes=_FETCH_BYTES,
            session_timeout_ms=int(processing.session_timeout_s * 1000),
            heartbeat_interval_ms=int(processing.heartbeat_s * 1000),
        )
        consumer.subscribe(TOPICS, listener=self._turns)
        try:
            await consumer.start()
        except BaseException as error:
            await consumer.stop()  # else it goes on joining, and the group waits for it
            if isinstance(error, KafkaError | OSError):
                reason = f"Kafka at {self._settings.kafka.bootstrap}: {type(error).__name__}"
                raise Unavailable(reason) from error
            raise
        return consumer

    async def _one_turn(self, consumer: AIOKafkaConsumer, settling: Settling) -> None:
        if self._turns.unplaced:
            await self._settled_before(consumer)
            self._early = []
            await self._patience.keep_trying(lambda: self._place(consumer, settling))
        turn = self._turns.number
        events = await self._gather(consumer)
        found = await asyncio.to_thread(sort, events)
        await self._settled_before(consumer)
        if events and turn == self._turns.number:
            settle = self._settle(consumer, settling, turn, events, found)
            self._settling_now = asyncio.create_task(settle)

    async def _settle(
        self,
        consumer: AIOKafkaConsumer,
        settling: Settling,
        turn: int,
        events: Sequence[Incoming],
        found: Sorted,
    ) -> None:
        with observability.LOADER_STORE_SECONDS.time():
            try:
                settled = await settling.settle(events, found)
            except Behind:
                self._turns.again()
                return
            await self._patience.keep_trying(lambda: self._commit(consumer, turn, settled))
        for topic, count in Counter(event.topic for event in events).items():
            observability.LOADER_EVENTS.labels(topic).inc(count)
        for topic in settled.reached:
            self._halt(topic)

    def _halt(self, topic: str) -> None:
        """Leave a topic alone until a restart; what of it was read and not settled is forgotten."""
        _log.error(
            "topic left alone: too many unreadable events in a row; look at the dead letters, put"
            " right what writes them, restart the processor",
            topic=topic,
        )
        observability.LOADER_HALTED.labels(topic).set(1)
        self._halted.add(topic)
        self._turns.again()

    async def _gather(self, consumer: AIOKafkaConsumer) -> list[Incoming]:
        """Events for one batch: until it is full, or some time after its first one."""
        most, turn = self._settings.processing.batch_records, self._turns.number
        events, self._early = self._early, []
        until = time.monotonic() + (self._settings.processing.within_s if events else _POLL_S)
        while len(events) < most and (left_s := until - time.monotonic()) > 0:
            first = not events
            events += await self._poll(consumer, left_s, min(_AT_ONCE, most - len(events)))
            if turn != self._turns.number or self._failed():
                return []
            if first and events:
                until = time.monotonic() + self._settings.processing.within_s
        return events

    async def _poll(self, consumer: AIOKafkaConsumer, wait_s: float, most: int) -> list[Incoming]:
        try:
            found = await consumer.getmany(timeout_ms=int(wait_s * 1000), max_records=most)
        except KafkaError as error:
            _log.warning("cannot read", reason=type(error).__name__)
            await asyncio.sleep(_POLL_S)
            return []
        wanted = (found[one] for one in found if one.topic not in self._halted)
        return list(chain.from_iterable(wanted))

    def _failed(self) -> bool:
        task = self._settling_now
        return task is not None and task.done() and task.exception() is not None

    async def _settled_before(self, consumer: AIOKafkaConsumer) -> None:
        """Wait for the batch before; meanwhile take single events, which keeps us in the group."""
        while (task := self._settling_now) is not None:
            done, _ = await asyncio.wait({task}, timeout=_POLL_S)
            if done:
                self._settling_now = None
                task.result()
            else:
                self._early += await self._poll(consumer, 0, 1)

    async def _drain(self) -> None:
        """Give what is being settled a little time to be committed."""
        if self._settling_now is not None:
            await asyncio.wait({self._settling_now}, timeout=_DRAIN_S)

    async def _commit(self, consumer: AIOKafkaConsumer, turn: int, settled: Settled) -> None:
        offsets = {
            TopicPartition(one.topic, one.number): offset
            for one, offset in settled.next_offsets.items()
        }
        if turn != self._turns.number:
            return
        try:
            await consumer.commit(offsets)
        except (CommitFailedError, IllegalStateError):
            return  # the partitions are another's now, who reads this batch again
        except KafkaError as error:
            raise Unavailable(f"Kafka does not commit: {type(error).__name__}") from error

    async def _place(self, consumer: AIOKafkaConsumer, settling: Settling) -> None:
        """Decide for each partition of ours where to begin to read."""
        turn = self._turns.number
        watermarks = await settling.watermarks()
        partitions = sorted(consumer.assignment())
        try:
            beginnings = await consumer.beginning_offsets(partitions)
            ends = await consumer.end_offsets(partitions)
            for one in partitions:
                committed = await consumer.committed(one)
                watermark = watermarks.get(Partition(one.topic, one.partition))
                offset, why = first_offset(committed, watermark, beginnings[one], ends[one])
                consumer.seek(one, offset)
                self._tell(one, offset, why)
            consumer.pause(*(one for one in partitions if one.topic in self._halted))
        except IllegalStateError:
            return  # another turn has begun meanwhile
        except KafkaError as error:
            raise Unavailable(f"Kafka does not tell offsets: {type(error).__name__}") from error
        self._turns.unplaced = turn != self._turns.number

    def _tell(self, partition: TopicPartition, offset: int, why: str) -> None:
        if why:
            observability.LOADER_REWOUND.labels(partition.topic).inc()
            _log.warning(
                "reading again",
                reason=why,
                topic=partition.topic,
                partition=partition.partition,
                offset=offset,
            )
