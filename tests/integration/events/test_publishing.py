"""The publisher and the topics on a real Kafka."""

import asyncio
from datetime import UTC, datetime

import pytest

from gtms.config import Kafka
from gtms.events.dead_letters import Origin, dead_letter, read_all
from gtms.events.envelope import Outgoing, decode, encode
from gtms.events.failures import Unavailable
from gtms.events.publisher import MAX_BATCH_BYTES, Publisher
from gtms.events.topics import CHANGES, DEAD_LETTERS, TOPICS, create_missing, differences, missing
from gtms.families import FAMILIES
from gtms.stack.lifecycle import EmbeddedStack
from tests.support.log import Message, messages
from tests.support.population import admission, received

ADMISSION = FAMILIES["admission"]


@pytest.fixture
def kafka(stack: EmbeddedStack) -> Kafka:
    return stack.settings.kafka


def _events(tag: str, count: int) -> list[Outgoing]:
    return [
        encode(ADMISSION, received(admission("ann", "2025-03-01", episode_id=f"{tag}-{n}")))
        for n in range(count)
    ]


def _found(kafka: Kafka, tag: str) -> dict[str, Message]:
    found = {}
    for message in messages(kafka, ADMISSION.topic):
        record = decode(message.key, message.value, message.headers).record
        if record.record.episode_id.startswith(f"{tag}-"):
            found[record.record.episode_id] = message
    return found


def test_the_topics_are_there_as_they_must_be(kafka: Kafka) -> None:
    assert missing(kafka) == []
    assert create_missing(kafka) == []
    assert differences(kafka) == []


def test_a_difference_is_said_with_what_to_do(kafka: Kafka) -> None:
    other = kafka.model_copy(update={"partitions": kafka.partitions + 1, "min_insync": 2})
    said = differences(other)
    assert len(said) == 2 * len(TOPICS)
    assert any("GTMS_KAFKA__PARTITIONS" in line for line in said)
    assert any("--add-config min.insync.replicas=2" in line for line in said)


def test_a_kafka_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(Unavailable, match=r"Kafka at 127\.0\.0\.1:1"):
        missing(Kafka(bootstrap="127.0.0.1:1"))


async def test_what_is_acknowledged_is_there(kafka: Kafka) -> None:
    events = _events("ack", 2000)
    async with Publisher(kafka) as publisher:
        await publisher.until_ready()
        await publisher.publish(events)
        assert publisher.waiting_bytes == 0
    assert len(_found(kafka, "ack")) == 2000


async def test_many_callers_share_batches_and_each_hears_of_its_own(kafka: Kafka) -> None:
    events = _events("many", 500)
    async with Publisher(kafka) as publisher:
        await publisher.until_ready()
        await asyncio.gather(*(publisher.publish([event]) for event in events))
    assert len(_found(kafka, "many")) == 500


async def test_all_revisions_of_a_record_lie_in_one_partition(kafka: Kafka) -> None:
    events = [
        encode(ADMISSION, received(admission("ann", "2025-03-01", episode_id="rev-1", revision=n)))
        for n in range(1, 30)
    ]
    async with Publisher(kafka) as publisher:
        await publisher.until_ready()
        await publisher.publish(events)
    keys = {event.key for event in events}
    places = {m.place[1] for m in messages(kafka, ADMISSION.topic) if m.key in keys}
    assert len(places) == 1


async def test_more_than_a_batch_for_one_partition(kafka: Kafka) -> None:
    size = MAX_BATCH_BYTES // 3
    events = [Outgoing(CHANGES, b"TST", bytes([n]) * size, []) for n in range(10)]
    longer_than_a_batch = Outgoing(CHANGES, b"TST", bytes(2 * MAX_BATCH_BYTES), [])
    async with Publisher(kafka) as publisher:
        await publisher.until_ready()
        await publisher.publish([*events, longer_than_a_batch])
    found = [m for m in messages(kafka, CHANGES) if m.key == b"TST"]
    assert [m.value for m in found] == [event.value for event in (*events, longer_than_a_batch)]
    assert len({m.place[1] for m in found}) == 1


async def test_too_much_waiting_is_refused_at_once(kafka: Kafka) -> None:
    async with Publisher(kafka, max_waiting_bytes=100_000) as publisher:
        await publisher.until_ready()
        calls = [publisher.publish(_events(f"full{n}", 60)) for n in range(8)]
        ended = await asyncio.gather(*calls, return_exceptions=True)
    refused = [end for end in ended if isinstance(end, Unavailable)]
    assert refused
    assert all("wait for Kafka already" in str(end) for end in refused)
    assert None in ended


async def test_an_unknown_topic_is_unavailable_and_says_what_to_do(kafka: Kafka) -> None:
    async with Publisher(kafka, timeout_s=2) as publisher:
        await publisher.until_ready()
        with pytest.raises(Unavailable, match="gtms migrate"):
            await publisher.publish([Outgoing("no.such.topic", b"k", b"v", [])])
        await publisher.publish(_events("afterwards", 1))


async def test_a_refused_batch_does_not_stop_those_after_it(kafka: Kafka) -> None:
    enormous = Outgoing(ADMISSION.topic, b"k", bytes(8 * 1024 * 1024), [], spread=0)
    async with Publisher(kafka, timeout_s=5) as publisher:
        await publisher.until_ready()
        with pytest.raises(Unavailable, match="Kafka refused a batch"):
            await publisher.publish([enormous])
        for _ in range(100):
            try:
                await publisher.publish(_events("next", 64))
            except Unavailable:
                await asyncio.sleep(0.1)
            else:
                break
    assert len(_found(kafka, "next")) == 64


async def test_dead_letters_are_kept_and_shown_without_what_was_in_them(kafka: Kafka) -> None:
    key = _events("dead", 1)[0].key
    at = datetime(2026, 9, 30, tzinfo=UTC)
    origin = Origin("gtms.admissions.v1", 3, 77)
    letters = [
        dead_letter("the value is empty", origin, key, b"", [], at),
        dead_letter("no value (a tombstone)", origin, b"person's name", None, [], at),
    ]
    async with Publisher(kafka) as publisher:
        await publisher.until_ready()
        await publisher.publish(letters)
    shown = [letter for letter in read_all(kafka) if letter.origin == origin]
    assert {letter.reason for letter in shown} == {"the value is empty", "no value (a tombstone)"}
    assert {letter.key for letter in shown} == {(key or b"").decode(), ""}
    assert TOPICS[DEAD_LETTERS].cleanup_policy == "delete"
