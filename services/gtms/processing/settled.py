"""Is everything that was accepted counted? For the demo, tests and an operator who waits."""

from collections.abc import Sequence
from dataclasses import dataclass

from kafka import KafkaConsumer, TopicPartition
from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from gtms.config import Kafka, Settings
from gtms.events.brokers import brokers
from gtms.events.failures import Unavailable
from gtms.events.topics import CHANGES
from gtms.processing import cells
from gtms.processing.app import aggregation_group, as_of
from gtms.processing.loader import LOADER_GROUP, TOPICS
from gtms.processing.profiles import profiles
from gtms.processing.session import Session
from gtms.warehouse.client import Connection


@dataclass(frozen=True, slots=True)
class Settled:
    """What is still on its way.

    Attributes:
        records: events that the loader has not yet stored.
        changes: messages of changes that no worker has yet finished.
        dirty: country-periods whose cells are older than a record that touches them.
    """

    records: int
    changes: int
    dirty: int

    @property
    def all(self) -> bool:
        """Nothing is on its way."""
        return not (self.records or self.changes or self.dirty)


def settled(settings: Settings) -> Settled:
    """What is on its way at this moment. Blocks for a few round trips.

    Raises:
        Unavailable: Kafka or ClickHouse is away.
    """
    try:
        records = _lag(settings.kafka, LOADER_GROUP, TOPICS)
        changes = _lag(settings.kafka, aggregation_group(settings), (CHANGES,))
    except KafkaError as away:
        raise Unavailable(f"Kafka at {settings.kafka.bootstrap} does not answer") from away
    return Settled(records, changes, _dirty(settings))


def _lag(kafka: Kafka, group: str, topics: Sequence[str]) -> int:
    """Events between what a group has committed and the ends of the topics."""
    consumer = KafkaConsumer(**brokers(kafka))
    admin = KafkaAdminClient(**brokers(kafka))
    try:
        partitions = [
            TopicPartition(topic, number)
            for topic in topics
            for number in consumer.partitions_for_topic(topic) or ()
        ]
        ends = consumer.end_offsets(partitions)
        begins = consumer.beginning_offsets(partitions)
        committed = admin.list_group_offsets({group: partitions})[group]
    finally:
        consumer.close()
        admin.close()
    offsets = {one: _offset(found) for one, found in committed.items()}
    return sum(max(0, ends[one] - max(offsets.get(one, 0), begins[one])) for one in partitions)


def _offset(found: object) -> int:
    return max(0, int(getattr(found, "offset", -1)))


def _dirty(settings: Settings) -> int:
    connection = Connection(settings.clickhouse)
    session = Session(connection)
    try:
        countries = [
            str(country)
            for (country,) in session.query("SELECT DISTINCT country FROM indicators.touches")
        ]
        day = as_of(settings)()
        return len(cells.dirty(session, profiles(session, countries), as_of=day))
    finally:
        connection.close()
