"""Events that can never be read: put aside with reason and origin, so that those behind go on.

A dead letter has the key, value and headers of the event as it was found, and headers of its own
that say why, from where and when. It may hold personal data like any event, so that nothing here
prints a value, and Kafka drops it after the topic's retention.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from gtms import observability
from gtms.config import Kafka
from gtms.events.brokers import brokers
from gtms.events.envelope import Headers, Outgoing
from gtms.events.failures import Unavailable
from gtms.events.topics import DEAD_LETTERS

LONGEST_VALUE_BYTES = 2 * 1024 * 1024
"""A longer value is left out; a header says so. No record is nearly as long."""

_OWN = "gtms_"
_RECORD_KEY = re.compile(r"^[A-Z]{3}/[0-9a-f-]{36}/\d{1,10}/[0-9a-f]{12}$")
_READ_TIMEOUT_MS = 10_000


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an event was found."""

    topic: str
    partition: int
    offset: int


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """What may be shown of a dead letter.

    Attributes:
        reason: what is wrong with the event.
        at: when it was put aside, RFC 3339 UTC.
        key: the event's key when it has the form of a record's key, else empty.
        size: bytes of the event's value.
    """

    reason: str
    origin: Origin
    at: str
    key: str
    size: int


@dataclass(frozen=True, slots=True)
class PutAside:
    """An event as it was found, for who may bring it back; it is never printed.

    Attributes:
        topic, partition, offset: where it was found.
        headers: its own, without those that tell of the dead letter.
        value: as it was, unless `is_whole` says that it was too long to keep.
        shown: what may be shown of it.
    """

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers
    is_whole: bool
    shown: DeadLetter


def dead_letter(
    reason: str,
    origin: Origin,
    key: bytes | None,
    value: bytes | None,
    headers: Headers,
    at: datetime,
) -> Outgoing:
    """What to publish for an event that can never be read; counted in the metrics."""
    observability.DEAD_LETTERS.labels(origin.topic).inc()
    too_long = value is not None and len(value) > LONGEST_VALUE_BYTES
    own: Headers = [
        ("gtms_reason", reason.encode()),
        ("gtms_origin_topic", origin.topic.encode()),
        ("gtms_origin_partition", str(origin.partition).encode()),
        ("gtms_origin_offset", str(origin.offset).encode()),
        ("gtms_at", at.isoformat(timespec="milliseconds").encode()),
    ]
    if too_long:
        own.append(("gtms_value_left_out", str(len(value or b"")).encode()))
    kept: Headers = [(name, content) for name, content in headers if not name.startswith(_OWN)]
    return Outgoing(DEAD_LETTERS, key, b"" if too_long else value, [*kept, *own])


def read_all(kafka: Kafka) -> Iterator[DeadLetter]:
    """What may be shown of every dead letter that is there now. Blocks.

    Raises:
        Unavailable: Kafka is away, or the topic is not there.
    """
    return (one.shown for one in read_whole(kafka))


def read_whole(kafka: Kafka) -> Iterator[PutAside]:
    """The events in all dead letters that are there now, partition by partition. Blocks.

    Raises:
        Unavailable: Kafka is away, or the topic is not there.
    """
    try:
        consumer = KafkaConsumer(
            **brokers(kafka),
            client_id="gtms-dead-letters",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
        )
    except KafkaError as error:
        raise Unavailable(f"Kafka at {kafka.bootstrap} does not answer") from error
    try:
        yield from _read(consumer)
    except KafkaError as error:
        raise Unavailable(f"Kafka at {kafka.bootstrap}: {type(error).__name__}") from error
    finally:
        consumer.close()


def _read(consumer: KafkaConsumer) -> Iterator[PutAside]:
    numbers = consumer.partitions_for_topic(DEAD_LETTERS)
    if not numbers:
        raise Unavailable(f"topic {DEAD_LETTERS} is not there: run `gtms migrate`")
    partitions = [TopicPartition(DEAD_LETTERS, number) for number in sorted(numbers)]
    ends = consumer.end_offsets(partitions)
    consumer.assign(partitions)
    consumer.seek_to_beginning(*partitions)
    while any(consumer.position(partition) < ends[partition] for partition in partitions):
        batch = consumer.poll(timeout_ms=_READ_TIMEOUT_MS, max_records=500)
        if not batch:
            raise Unavailable("Kafka stopped answering while dead letters were read")
        for partition, messages in batch.items():
            for message in messages:
                if message.offset < ends[partition]:
                    yield _put_aside(message.key, message.value, list(message.headers))


def _put_aside(key: bytes | None, value: bytes | None, headers: Headers) -> PutAside:
    shown = _shown(key, value, headers)
    origin = shown.origin
    before: Headers = [(name, content) for name, content in headers if not name.startswith(_OWN)]
    is_whole = len(value or b"") == shown.size
    return PutAside(
        origin.topic, origin.partition, origin.offset, key, value, before, is_whole, shown
    )


def _shown(key: bytes | None, value: bytes | None, headers: Headers) -> DeadLetter:
    own = {name: content.decode(errors="replace") for name, content in headers if content}
    text = (key or b"").decode(errors="replace")
    return DeadLetter(
        reason=own.get("gtms_reason", "not said"),
        origin=Origin(
            own.get("gtms_origin_topic", "not said"),
            int(own.get("gtms_origin_partition", -1)),
            int(own.get("gtms_origin_offset", -1)),
        ),
        at=own.get("gtms_at", "not said"),
        key=text if _RECORD_KEY.match(text) else "",
        size=int(own.get("gtms_value_left_out", len(value or b""))),
    )
