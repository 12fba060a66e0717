"""The topics as they must be."""

from gtms.config import Kafka
from gtms.events.topics import CHANGES, DEAD_LETTERS, TOPICS
from gtms.families import FAMILIES


def test_every_family_has_its_topic() -> None:
    assert {family.topic for family in FAMILIES.values()} <= TOPICS.keys()
    assert {CHANGES, DEAD_LETTERS} <= TOPICS.keys()


def test_record_topics_are_compacted_and_keep_everything() -> None:
    for family in FAMILIES.values():
        topic = TOPICS[family.topic]
        assert topic.cleanup_policy == "compact"
        assert topic.retention_ms is None


def test_the_copies_that_must_acknowledge_come_from_the_settings() -> None:
    configs = TOPICS["gtms.admissions.v1"].configs(Kafka(min_insync=2))
    assert configs["min.insync.replicas"] == "2"
