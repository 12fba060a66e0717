"""Kafka over TLS with a password: every kind of client that we have, and what goes wrong."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer

from gtms.config import Kafka, Settings
from gtms.credentials.authority import Authority
from gtms.events import dead_letters, topics
from gtms.events.brokers import brokers
from gtms.events.failures import Unavailable
from gtms.events.publisher import Publisher
from gtms.processing.app import create_app
from gtms.trouble import Trouble
from tests.support.secured import HOST, secured_kafka

LETTER = dead_letters.dead_letter(
    "it is a test",
    dead_letters.Origin("gtms.admissions.v1", 0, 0),
    None,
    b"",
    [],
    datetime(2026, 1, 1, tzinfo=UTC),
)


@pytest.fixture(scope="module")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kafka]:
    authority = Authority(tmp_path_factory.mktemp("authority"))
    authority.make([HOST])
    with secured_kafka(tmp_path_factory.mktemp("kafka"), authority) as reached:
        topics.create_missing(reached)
        yield reached


async def test_records_are_published_and_read(kafka: Kafka) -> None:
    async with Publisher(kafka) as publisher:
        await publisher.until_ready()
        await publisher.publish([LETTER])
    read = await asyncio.to_thread(lambda: list(dead_letters.read_all(kafka)))
    assert [letter.reason for letter in read] == ["it is a test"]
    consumer = AIOKafkaConsumer(
        topics.DEAD_LETTERS, **brokers(kafka), group_id="test", auto_offset_reset="earliest"
    )
    async with consumer:
        assert await asyncio.wait_for(consumer.getone(), 60)


async def test_faust_shows_the_password_too(kafka: Kafka, tmp_path: Path) -> None:
    base = Settings()
    stack = base.stack.model_copy(update={"state": tmp_path})
    app = create_app(base.model_copy(update={"kafka": kafka, "stack": stack}))
    producer = await app.maybe_start_producer()
    try:
        sent = await app.topic(topics.CHANGES, value_type=bytes).send(key=b"KEN", value=b"")
        assert (await sent).topic == topics.CHANGES
    finally:
        await producer.stop()


def test_with_a_wrong_password_nothing_is_told(kafka: Kafka, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("another one")
    wrong = kafka.model_copy(update={"password_file": tmp_path / "password"})
    with pytest.raises(Unavailable) as told:
        topics.missing(wrong)
    assert "another" not in str(told.value)


def test_an_authority_that_did_not_sign_is_not_believed(kafka: Kafka, tmp_path: Path) -> None:
    other = Authority(tmp_path / "other")
    other.make([HOST])
    with pytest.raises(Unavailable):
        topics.missing(kafka.model_copy(update={"ca_file": other.certificate}))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"ca_file": None}, "over TLS only: set GTMS_KAFKA__CA_FILE"),
        ({"password_file": None}, "GTMS_KAFKA__PASSWORD_FILE"),
        ({"ca_file": Path("/nowhere/ca.crt")}, "/nowhere/ca.crt: No such file"),
        ({"certificate_file": Path("/nowhere/our.crt")}, "/nowhere/our.crt: No such file"),
    ],
)
def test_what_is_missing_is_told_in_one_line(
    kafka: Kafka, said: dict[str, object], told: str
) -> None:
    with pytest.raises(Trouble, match=told):
        brokers(kafka.model_copy(update=said))
