"""The topics, what each is for, and their explicit creation.

Nothing else creates a topic: brokers run with auto-creation switched off, so that a misspelt name
is an error and not a new, empty topic with one partition.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient
from kafka.errors import KafkaError, TopicAlreadyExistsError

from gtms.config import Kafka
from gtms.events.brokers import brokers
from gtms.events.failures import Unavailable
from gtms.families import FAMILIES

CHANGES = "gtms.changes.v1"
DEAD_LETTERS = "gtms.dead-letters.v1"

_MIB = 1024 * 1024
_DAY_MS = 24 * 60 * 60 * 1000
_LEADERS_MS = 60_000


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as it must be.

    Attributes:
        meaning: what one event in it says.
        cleanup_policy: `compact` keeps the last event of every key for ever; `delete` drops what is
            older than `retention_ms`.
        max_batch_bytes: longest batch of events that a producer may send at once.
        compacted_within_ms: longest that what a tombstone removes stays; None: as Kafka sees fit.
    """

    name: str
    meaning: str
    cleanup_policy: str
    max_batch_bytes: int
    retention_ms: int | None = None
    compacted_within_ms: int | None = None

    def configs(self, kafka: Kafka) -> dict[str, str]:
        """The topic's own settings, as Kafka names them."""
        configs = {
            "cleanup.policy": self.cleanup_policy,
            "min.insync.replicas": str(kafka.min_insync),
            "max.message.bytes": str(self.max_batch_bytes),
        }
        if self.retention_ms is not None:
            configs["retention.ms"] = str(self.retention_ms)
        if self.compacted_within_ms is not None:
            configs["max.compaction.lag.ms"] = str(self.compacted_within_ms)
        return configs


def _record_topics() -> Iterator[Topic]:
    for name in dict.fromkeys(family.topic for family in FAMILIES.values()):
        families = ", ".join(f.name for f in FAMILIES.values() if f.topic == name)
        yield Topic(
            name,
            f"one accepted revision of one record ({families})",
            "compact",
            2 * _MIB,
            compacted_within_ms=7 * _DAY_MS,
        )


TOPICS: Mapping[str, Topic] = {
    topic.name: topic
    for topic in (
        *_record_topics(),
        Topic(
            CHANGES, "what one loaded batch touched in one country", "delete", 8 * _MIB, 7 * _DAY_MS
        ),
        Topic(DEAD_LETTERS, "an event that could not be read", "delete", 4 * _MIB, 90 * _DAY_MS),
    )
}


def create_missing(kafka: Kafka) -> list[str]:
    """Create the topics that are not there and give their names; wait until each has leaders.

    Blocks. Safe to run twice and at once from two places.

    Raises:
        Unavailable: Kafka is away or refuses.
    """
    with _admin(kafka) as admin:
        missing = _missing(admin)
        for name in missing:
            try:
                admin.create_topics({name: _wanted(TOPICS[name], kafka)})
            except TopicAlreadyExistsError:
                continue
        admin.wait_for_topics(list(TOPICS), timeout_ms=_LEADERS_MS)
    return missing


def missing(kafka: Kafka) -> list[str]:
    """The topics that `create_missing` would create. Blocks; raises Unavailable."""
    with _admin(kafka) as admin:
        return _missing(admin)


def differences(kafka: Kafka) -> list[str]:
    """Where an existing topic is not as it must be: one line each, with what to do about it.

    The number of partitions only has to be the same for all record topics of an installation over
    time: adding partitions later moves records to other partitions and is never done here.
    Blocks; raises Unavailable.
    """
    with _admin(kafka) as admin:
        present = {topic["name"]: topic for topic in admin.describe_topics()}
        here = [name for name in TOPICS if name in present]
        if not here:
            return []
        resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in here]
        described = admin.describe_configs(resources, config_filter="all")["topic"]
    return [
        line
        for name in here
        for line in _compare(
            TOPICS[name],
            kafka,
            len(present[name]["partitions"]),
            {key: str(config["value"]) for key, config in described[name].items()},
        )
    ]


def _compare(
    topic: Topic, kafka: Kafka, partitions: int, configs: Mapping[str, str]
) -> Iterator[str]:
    if partitions != kafka.partitions:
        yield (
            f"{topic.name} has {partitions} partitions, GTMS_KAFKA__PARTITIONS says"
            f" {kafka.partitions}: set it to {partitions}, or rebuild the topic"
        )
    for name, wanted in topic.configs(kafka).items():
        found = configs.get(name, "nothing")
        if found != wanted:
            yield (
                f"{topic.name} has {name}={found}, it must be {wanted}: kafka-configs.sh --alter"
                f" --topic {topic.name} --add-config {name}={wanted}"
            )


def _wanted(topic: Topic, kafka: Kafka) -> dict[str, object]:
    return {
        "num_partitions": kafka.partitions,
        "replication_factor": kafka.replication,
        "configs": topic.configs(kafka),
    }


def _missing(admin: KafkaAdminClient) -> list[str]:
    present = set(admin.list_topics())
    return [name for name in TOPICS if name not in present]


@contextmanager
def _admin(kafka: Kafka) -> Iterator[KafkaAdminClient]:
    try:
        with KafkaAdminClient(
            **brokers(kafka),
            client_id="gtms-topics",
            bootstrap_timeout_ms=20_000,
            request_timeout_ms=60_000,
        ) as admin:
            yield admin
    except KafkaError as error:
        raise Unavailable(f"Kafka at {kafka.bootstrap}: {type(error).__name__}") from error
