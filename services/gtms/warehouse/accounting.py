"""What became of every event of a topic: law L4, nothing vanishes. For tests and for operators.

Each event is looked for where it must be, from the first to the watermark: that takes about as long
as loading the topic again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from gtms.config import Settings
from gtms.events.brokers import brokers
from gtms.events.dead_letters import Origin, read_all
from gtms.events.failures import Unavailable
from gtms.families import FAMILIES
from gtms.warehouse.client import Connection
from gtms.warehouse.writer import Partition, Writer

_AT_ONCE = 5_000
_SILENCE_MS = 10_000

# A record is named as in the key of its event: COUNTRY/record_uid, then revision and content.
_KEY = (
    "concat(country, '/', record_uid, '/', toString(revision), '/',"
    " lower(hex(substring(content_hash, 1, 6))))"
)


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the events of one topic.

    Attributes:
        read: events up to the watermarks.
        stored: those that the registry shows.
        superseded: those of which only the revision is kept, because a higher one counts.
        duplicates: those that say again what another event says.
        dead_lettered: those put aside because they can never be read.
        missing: those that are nowhere. Any is a defect.
    """

    topic: str
    read: int = 0
    stored: int = 0
    superseded: int = 0
    duplicates: int = 0
    dead_lettered: int = 0
    missing: int = 0

    def plus(self, **counts: int) -> Account:
        """The same with these counts added."""
        sums = {name: getattr(self, name) + count for name, count in counts.items()}
        return Account(**{**{name: getattr(self, name) for name in self.__slots__}, **sums})


def account(settings: Settings, topic: str) -> Account:
    """Look for every event of the topic that the loader has read. Blocks.

    Raises:
        Unavailable: Kafka or ClickHouse is away, or the topic is not there.
    """
    put_aside = {
        letter.origin for letter in read_all(settings.kafka) if letter.origin.topic == topic
    }
    writer = Writer(settings.clickhouse)
    connection = Connection(settings.clickhouse)
    seen: set[bytes] = set()
    found = Account(topic)
    try:
        read = _read(settings, topic, writer.watermarks())
        for events in _in_pieces(read):
            found = _add(found, connection, events, put_aside, seen)
    finally:
        writer.close()
        connection.close()
    return found


def _add(
    found: Account,
    connection: Connection,
    events: Sequence[tuple[Origin, bytes | None]],
    put_aside: set[Origin],
    seen: set[bytes],
) -> Account:
    keys = [key or b"" for origin, key in events if origin not in put_aside]
    new = dict.fromkeys(key for key in keys if key not in seen)
    seen.update(new)
    accepted = _among(connection, ["registry.revisions"], new)
    shown = _among(connection, [f"registry.{one.table} FINAL" for one in FAMILIES.values()], new)
    return found.plus(
        read=len(events),
        dead_lettered=len(events) - len(keys),
        duplicates=len(keys) - len(new),
        stored=len(shown),
        superseded=len(accepted - shown),
        missing=len(new) - len(accepted | shown),
    )


def _among(connection: Connection, tables: Sequence[str], keys: Mapping[bytes, object]) -> set[str]:
    """Those of the keys that are in one of the tables."""
    wanted = {key.decode("ascii", "replace") for key in keys}
    parts = [key.split("/") for key in wanted if key.count("/") == 3]
    uids = [(country, uid) for country, uid, _, _ in parts]
    if not uids:
        return set()
    there: set[str] = set()
    for table in tables:
        rows = connection.execute(
            f"SELECT DISTINCT {_KEY} FROM {table} WHERE (country, record_uid) IN %(uids)s",
            {"uids": uids},
            settings={"max_query_size": 10_000_000},
        )
        there.update(str(row[0]) for row in rows)
    return there & wanted


def _in_pieces(
    events: Iterator[tuple[Origin, bytes | None]],
) -> Iterator[list[tuple[Origin, bytes | None]]]:
    piece: list[tuple[Origin, bytes | None]] = []
    for event in events:
        piece.append(event)
        if len(piece) == _AT_ONCE:
            yield piece
            piece = []
    yield piece


def _read(
    settings: Settings, topic: str, watermarks: Mapping[Partition, int]
) -> Iterator[tuple[Origin, bytes | None]]:
    """Origin and key of each event below the watermarks."""
    try:
        consumer = KafkaConsumer(**brokers(settings.kafka), client_id="gtms-accounting")
    except KafkaError as error:
        raise Unavailable(f"Kafka at {settings.kafka.bootstrap} does not answer") from error
    try:
        for one, until in watermarks.items():
            if one.topic == topic:
                yield from _read_partition(consumer, TopicPartition(topic, one.number), until)
    except KafkaError as error:
        raise Unavailable(f"Kafka: {type(error).__name__}") from error
    finally:
        consumer.close()


def _read_partition(
    consumer: KafkaConsumer, partition: TopicPartition, until: int
) -> Iterator[tuple[Origin, bytes | None]]:
    consumer.assign([partition])
    consumer.seek_to_beginning(partition)
    while consumer.position(partition) < until:
        found = consumer.poll(timeout_ms=_SILENCE_MS, max_records=_AT_ONCE).get(partition, [])
        if not found:
            raise Unavailable(f"Kafka gives nothing more of {partition.topic}")
        for event in found:
            if event.offset < until:
                yield Origin(partition.topic, partition.partition, event.offset), event.key
