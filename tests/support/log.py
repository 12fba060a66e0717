"""The record topics as they are: read whole, written raw, for what no well-behaved sender does."""

from collections.abc import Iterator
from dataclasses import dataclass

from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.errors import RetriableError
from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from gtms.config import Kafka
from gtms.events.tombstones import is_tombstone
from tests.support.stored import Stored

RECORD_TOPICS = (
    "gtms.facilities.v1",
    "gtms.admissions.v1",
    "gtms.outcomes.v1",
    "gtms.trainings.v1",
    "gtms.estimates.v1",
)
DEAD_LETTERS = "gtms.dead-letters.v1"
Headers = list[tuple[str, bytes]]
Place = tuple[str, int, int]
"""Topic, partition, offset."""


@dataclass(frozen=True, slots=True)
class Message:
    place: Place
    key: bytes | None
    value: bytes | None
    headers: Headers

    def header(self, name: str) -> str:
        return dict(self.headers).get(name, b"").decode()


def messages(kafka: Kafka, *topics: str) -> Iterator[Message]:
    """Everything in the topics at this moment."""
    consumer = KafkaConsumer(bootstrap_servers=kafka.bootstrap.split(","), enable_auto_commit=False)
    try:
        partitions = _partitions(consumer, topics)
        ends = consumer.end_offsets(partitions)
        consumer.assign(partitions)
        consumer.seek_to_beginning(*partitions)
        while any(consumer.position(each) < ends[each] for each in partitions):
            for read in consumer.poll(timeout_ms=1000).values():
                for one in read:
                    place = (one.topic, one.partition, one.offset)
                    yield Message(place, one.key, one.value, list(one.headers))
    finally:
        consumer.close()


# A broker that was stopped for longer than its session is in no list for a moment when it goes on.
@retry(
    retry=retry_if_exception_type(RetriableError),
    stop=stop_after_delay(30),
    wait=wait_fixed(0.5),
    reraise=True,
)
def _partitions(consumer: KafkaConsumer, topics: tuple[str, ...]) -> list[TopicPartition]:
    return [
        TopicPartition(topic, number)
        for topic in topics
        for number in sorted(consumer.partitions_for_topic(topic) or ())
    ]


def write(kafka: Kafka, partition: tuple[str, int], raw: list[Message]) -> list[Place]:
    """Append messages to one partition as they are; gives where each came to lie."""
    topic, number = partition
    producer = KafkaProducer(
        bootstrap_servers=kafka.bootstrap.split(","), acks="all", max_request_size=4 * 1024 * 1024
    )
    try:
        sent = [
            producer.send(
                topic, key=one.key, value=one.value, headers=one.headers, partition=number
            )
            for one in raw
        ]
        return [(topic, number, each.get(timeout=30).offset) for each in sent]
    finally:
        producer.close()


def dead_letters(kafka: Kafka) -> dict[Place, list[Message]]:
    """The dead letters by where the event they tell of was found."""
    found: dict[Place, list[Message]] = {}
    for letter in messages(kafka, DEAD_LETTERS):
        origin = (
            letter.header("gtms_origin_topic"),
            int(letter.header("gtms_origin_partition")),
            int(letter.header("gtms_origin_offset")),
        )
        found.setdefault(origin, []).append(letter)
    return found


def accounted(kafka: Kafka, stored: Stored) -> str:
    """L4: every event is stored, superseded by what is stored, a dead letter or a tombstone."""
    known = {
        f"{country}/{uid}/{revision}/{digest[:12]}".encode()
        for country, uid, revision, digest in stored.rows(
            "SELECT toString(country), toString(record_uid), revision, lower(hex(content_hash))"
            " FROM registry.revisions"
        )
    }
    letters = dead_letters(kafka)
    read = list(messages(kafka, *RECORD_TOPICS))
    erased = {message.key for message in read if is_tombstone(message)}
    lost = [
        message.place
        for message in read
        if message.key not in known | erased and message.place not in letters
    ]
    return (
        f"{len(lost)} events are neither stored nor dead letters, first {lost[0]}" if lost else ""
    )
