"""A loader inside the test, on a stack without a processor of its own."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.admin import KafkaAdminClient
from kafka.structs import OffsetAndMetadata

from gtms.config import Settings
from gtms.events.envelope import Outgoing
from gtms.events.failures import Unavailable
from gtms.events.publisher import Publisher
from gtms.families import FAMILIES
from gtms.processing.loader import LOADER_GROUP, TOPICS, Loader
from gtms.warehouse.client import Connection

PATIENCE_S = 90.0
TABLES = ("revisions", "person_records", *(one.table for one in FAMILIES.values()))


def with_processing(settings: Settings, **changes: Any) -> Settings:
    processing = settings.processing.model_copy(update=changes)
    return settings.model_copy(update={"processing": processing})


@asynccontextmanager
async def loading(settings: Settings) -> AsyncIterator[Loader]:
    """A loader that runs inside the block."""
    loader = Loader.of(settings)
    await loader.start()
    try:
        yield loader
    finally:
        await loader.stop()


async def publish(settings: Settings, events: Iterable[Outgoing]) -> None:
    async with Publisher(settings.kafka, 30.0) as publisher:
        await publisher.until_ready()
        await publisher.publish(list(events))


async def until(true: Callable[[], bool], loader: Loader, patience_s: float = PATIENCE_S) -> None:
    """Return when the condition holds; fail when the loader crashes or it takes too long."""
    deadline = time.monotonic() + patience_s
    while not await asyncio.to_thread(_true_and_there, true):
        assert not loader.crashed, f"the loader crashed: {loader.crash_reason!r}"
        assert time.monotonic() < deadline, "it does not come true"
        await asyncio.sleep(0.1)


def _true_and_there(true: Callable[[], bool]) -> bool:
    try:
        return true()
    except Unavailable:
        return False


class Registry:
    """What is stored, asked by a connection per question, because ClickHouse may be killed."""

    def __init__(self, settings: Settings) -> None:
        self._server = settings.clickhouse

    def ask(self, statement: str, **words: object) -> list[tuple[Any, ...]]:
        connection = Connection(self._server)
        try:
            return connection.execute(statement, words)
        finally:
            connection.close()

    def revisions(self, country: str) -> int:
        [(count,)] = self.ask(
            "SELECT count() FROM registry.revisions FINAL WHERE country = %(country)s",
            country=country,
        )
        return int(count)

    def content(self, country: str) -> dict[str, tuple[Any, ...]]:
        """A number for all that each table holds of a country; equal content, equal number."""
        return {
            table: self.ask(
                "SELECT count(), groupBitXor(cityHash64(*)) FROM"
                f" registry.{table} FINAL WHERE country = %(country)s",
                country=country,
            )[0]
            for table in TABLES
        }


class Group:
    """The consumer group of the loader, as Kafka knows it."""

    def __init__(self, settings: Settings) -> None:
        self._servers = settings.kafka.bootstrap.split(",")

    def partitions(self, consumer: KafkaConsumer) -> list[TopicPartition]:
        return [
            TopicPartition(topic, number)
            for topic in TOPICS
            for number in sorted(consumer.partitions_for_topic(topic) or ())
        ]

    def lag(self) -> int:
        """Events that are not committed."""
        consumer = KafkaConsumer(bootstrap_servers=self._servers, group_id=LOADER_GROUP)
        try:
            every = self.partitions(consumer)
            ends = consumer.end_offsets(every)
            return sum(ends[one] - (consumer.committed(one) or 0) for one in every)
        finally:
            consumer.close(autocommit=False)

    def forget(self) -> None:
        """As if the group had never been: everything will be read again."""
        admin = KafkaAdminClient(bootstrap_servers=self._servers)
        try:
            admin.delete_groups([LOADER_GROUP])
        finally:
            admin.close()

    def skip_to_end(self) -> None:
        """What a wrong reset of offsets does: everything not yet read counts as read."""
        consumer = KafkaConsumer(
            bootstrap_servers=self._servers, group_id=LOADER_GROUP, enable_auto_commit=False
        )
        try:
            every = self.partitions(consumer)
            consumer.assign(every)
            ends = consumer.end_offsets(every)
            consumer.commit({one: OffsetAndMetadata(ends[one], "", -1) for one in every})
        finally:
            consumer.close(autocommit=False)
