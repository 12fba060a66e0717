"""Taking events out of Kafka: tombstones in the logs of records, dead letters rewritten.

Kafka drops an event of a compacted topic when a tombstone of its key is in a closed segment and the
cleaner has passed. It is made to do so now, instead of within days, by settings that hold while the
erasure lasts. What can only be dropped from the beginning of a topic on is written anew first.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import AlterConfigOp, ConfigResource, ConfigResourceType, KafkaAdminClient
from kafka.consumer.fetcher import ConsumerRecord
from kafka.errors import KafkaError

from gtms.config import Kafka
from gtms.events.brokers import brokers
from gtms.events.envelope import Outgoing
from gtms.events.failures import Unavailable
from gtms.events.tombstones import HEADERS
from gtms.events.topics import DEAD_LETTERS

ROLL_MS = 3_000
"""Age at which a segment is closed while an erasure lasts."""

_NOW: Mapping[str, str] = {
    "segment.ms": str(ROLL_MS),
    "min.cleanable.dirty.ratio": "0",
    "max.compaction.lag.ms": "1",
}
_READ_TIMEOUT_MS = 10_000
_COUNTRY_OF_KEY = re.compile(rb"([A-Z]{3})(?:/|$)")


@dataclass(frozen=True, slots=True)
class Sought:
    """What events are looked for: by the beginning of their key, or anything in key or value.

    Never those whose key says that they are of another country than `country`: what is called the
    same there is somebody else.
    """

    country: str
    keys: Sequence[bytes]
    marks: Sequence[bytes]

    def matcher(self) -> Callable[[ConsumerRecord], bool]:
        """Tells whether an event holds any of it."""
        marks = re.compile(b"|".join(map(re.escape, self.marks)) or b"(?!)")
        beginnings = tuple(self.keys)
        own = self.country.encode()

        def matches(event: ConsumerRecord) -> bool:
            key, value = event.key or b"", event.value
            of = _COUNTRY_OF_KEY.match(key)
            if value is None or (of and of[1] != own):
                return False
            return key.startswith(beginnings) or bool(marks.search(value) or marks.search(key))

        return matches


@dataclass(frozen=True, slots=True)
class Found:
    """An event to be taken out."""

    place: TopicPartition
    offset: int
    key: bytes | None


class KafkaEraser:
    """Works on one Kafka; blocks; raises Unavailable."""

    def __init__(self, kafka: Kafka) -> None:
        self._brokers = brokers(kafka)

    def find(self, topics: Sequence[str], sought: Sought) -> list[Found]:
        """The events with a value that hold what is sought. Reads the topics as a whole."""
        matches = sought.matcher()
        with self._consumer() as consumer:
            return [
                Found(TopicPartition(event.topic, event.partition), event.offset, event.key)
                for event in _read(consumer, topics)
                if matches(event)
            ]

    def bury(self, found: Sequence[Found]) -> None:
        """Write a tombstone behind each of them; returns when all in-sync replicas have it."""
        with self._producer() as producer:
            sent = [
                producer.send(
                    one.place.topic,
                    key=one.key,
                    value=None,
                    headers=HEADERS,
                    partition=one.place.partition,
                )
                for one in {(each.place, each.key): each for each in found}.values()
            ]
            for each in sent:
                each.get(timeout=30)

    def compact(self, found: Sequence[Found], patience_s: float) -> int:
        """Have Kafka drop buried events now; how many of them are still there in the end.

        What is left when the patience is at its end goes within the topic's own time.
        """
        end = time.monotonic() + patience_s
        left = list(found)
        with self._hurried({one.place.topic for one in found}):
            while left and time.monotonic() < end:
                time.sleep(ROLL_MS / 1000)
                self.bury(left)
                left = self._still_there(left)
        return len(left)

    def rewrite_dead_letters(self, sought: Sought) -> int:
        """Write all dead letters anew but those sought, and drop the old ones; how many went."""
        matches = sought.matcher()
        gone = 0
        with self._consumer() as consumer, self._producer() as producer:
            letters = list(_read(consumer, (DEAD_LETTERS,)))
            partitions = {
                TopicPartition(one.topic, one.partition) for one in letters if matches(one)
            }
            if not partitions:
                return 0
            ends = consumer.end_offsets(list(partitions))
            with self._hurried({DEAD_LETTERS}):
                for letter in letters:
                    if TopicPartition(letter.topic, letter.partition) not in partitions:
                        continue
                    if matches(letter):
                        gone += 1
                        continue
                    producer.send(
                        DEAD_LETTERS,
                        key=letter.key,
                        value=letter.value,
                        headers=list(letter.headers),
                        partition=letter.partition,
                        timestamp_ms=letter.timestamp,
                    )
                producer.flush(30)
            self.drop(ends)
        return gone

    def drop(self, before: Mapping[TopicPartition, int]) -> None:
        """Drop everything before these offsets."""
        with self._admin() as admin:
            admin.delete_records(dict(before))

    def finished(self, topics: Sequence[str], group: str) -> dict[TopicPartition, int]:
        """How far a group has finished each partition of the topics."""
        with self._admin() as admin, self._consumer() as consumer:
            partitions = _partitions(consumer, topics)
            committed = admin.list_group_offsets({group: partitions})[group]
        return {one: max(0, int(found.offset)) for one, found in committed.items()}

    def ends(self, topics: Sequence[str]) -> dict[TopicPartition, int]:
        """The offset that the next event of each partition will have."""
        with self._consumer() as consumer:
            return dict(consumer.end_offsets(_partitions(consumer, topics)))

    def publish(self, event: Outgoing) -> TopicPartition:
        """Write one event where its key belongs; gives the partition."""
        with self._producer() as producer:
            sent = producer.send(
                event.topic, key=event.key, value=event.value, headers=event.headers
            ).get(timeout=30)
        return TopicPartition(sent.topic, sent.partition)

    def _still_there(self, found: Sequence[Found]) -> list[Found]:
        with self._consumer() as consumer:
            return [one for one in found if _is_there(consumer, one)]

    @contextmanager
    def _hurried(self, topics: set[str]) -> Iterator[None]:
        """Inside, segments of the topics close soon and the cleaner passes at once."""
        resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in sorted(topics)]
        with self._admin() as admin:
            described = admin.describe_configs(resources, config_filter="modified")["topic"]
            admin.alter_configs(_changed(topics, {name: dict(_NOW) for name in topics}))
        try:
            yield
        finally:
            before = {name: _restored(described.get(name, {})) for name in topics}
            with self._admin() as admin:
                admin.alter_configs(_changed(topics, before))

    @contextmanager
    def _admin(self) -> Iterator[KafkaAdminClient]:
        with self._answering(), KafkaAdminClient(**self._brokers) as admin:
            yield admin

    @contextmanager
    def _consumer(self) -> Iterator[KafkaConsumer]:
        with self._answering():
            consumer = KafkaConsumer(
                **self._brokers,
                client_id="gtms-erase",
                enable_auto_commit=False,
                auto_offset_reset="earliest",
            )
            try:
                yield consumer
            finally:
                consumer.close()

    @contextmanager
    def _producer(self) -> Iterator[KafkaProducer]:
        with self._answering():
            producer = KafkaProducer(**self._brokers, acks="all", max_request_size=8 * 1024 * 1024)
            try:
                yield producer
            finally:
                producer.close()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except KafkaError as error:
            place = self._brokers["bootstrap_servers"][0]
            raise Unavailable(f"Kafka at {place}: {type(error).__name__}") from error


def _changed(topics: set[str], configs: Mapping[str, Mapping[str, object]]) -> list[ConfigResource]:
    return [
        ConfigResource(ConfigResourceType.TOPIC, name, configs=dict(configs[name]))
        for name in sorted(topics)
    ]


def _restored(described: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    """What the settings of `_NOW` were before: their own value, or none."""
    return {
        name: described[name]["value"] if name in described else (AlterConfigOp.DELETE, None)
        for name in _NOW
    }


def _partitions(consumer: KafkaConsumer, topics: Sequence[str]) -> list[TopicPartition]:
    return [
        TopicPartition(topic, number)
        for topic in topics
        for number in sorted(consumer.partitions_for_topic(topic) or ())
    ]


def _read(consumer: KafkaConsumer, topics: Sequence[str]) -> Iterator[ConsumerRecord]:
    """Every event that is there now."""
    partitions = _partitions(consumer, topics)
    ends = consumer.end_offsets(partitions)
    consumer.assign(partitions)
    consumer.seek_to_beginning(*partitions)
    while any(consumer.position(one) < ends[one] for one in partitions):
        batch = consumer.poll(timeout_ms=_READ_TIMEOUT_MS, max_records=5_000)
        for place, events in batch.items():
            yield from (event for event in events if event.offset < ends[place])


def _is_there(consumer: KafkaConsumer, found: Found) -> bool:
    """Whether the event is still at its offset, with its value."""
    consumer.assign([found.place])
    consumer.seek(found.place, found.offset)
    for events in consumer.poll(timeout_ms=_READ_TIMEOUT_MS, max_records=1).values():
        return any(event.offset == found.offset and event.value is not None for event in events)
    return False
