"""F14: dead letters that can be read by now come back, once or again, as if they never failed."""

import asyncio
import json
import subprocess
from datetime import UTC, datetime
from typing import Any

import pytest

from gtms.config import Kafka
from gtms.events.dead_letters import DeadLetter, Origin, PutAside, dead_letter, read_whole
from gtms.events.envelope import encode
from gtms.families import FAMILIES
from gtms.processing.replaying import Replayed, replay
from gtms.stack.lifecycle import EmbeddedStack
from tests.support.command import clean_environment, gtms_words
from tests.support.golden import AS_OF
from tests.support.laws import eventually, settled
from tests.support.log import DEAD_LETTERS, Message, accounted, messages, write
from tests.support.national import NationalSystem
from tests.support.oracle import CellKey
from tests.support.population import admission, received, record_uid
from tests.support.stored import Stored

pytestmark = pytest.mark.slow

TOPIC, REASON = "gtms.admissions.v1", "an older processor did not know this"


def replayed(stack: EmbeddedStack) -> dict[str, Any]:
    """As an operator does it."""
    done = subprocess.run(
        gtms_words("dead-letters", "replay", "--json", "--reason", REASON),
        capture_output=True,
        text=True,
        env=clean_environment({"GTMS_STACK__STATE": str(stack.settings.stack.state)}),
        timeout=200,
        check=True,
    )
    said: dict[str, Any] = json.loads(done.stdout)
    return said


async def again(kafka: Kafka, *, trial: bool) -> Replayed:
    """The same in this process."""
    ours = (one for one in read_whole(kafka) if one.shown.reason == REASON)
    return await replay(kafka, ours, asyncio.Event(), trial=trial)


async def test_it_can_be_stopped_between_two_pieces(running: EmbeddedStack) -> None:
    stop = asyncio.Event()
    stop.set()
    shown = DeadLetter(REASON, Origin(TOPIC, 0, 0), "", "", 0)
    letter = PutAside(TOPIC, 0, 0, b"", b"", [], is_whole=True, shown=shown)
    done = await replay(running.settings.kafka, [letter], stop, trial=False)
    assert (done.written, done.is_whole) == (0, False)


def put_aside(stack: EmbeddedStack, number: int, event: Message) -> None:
    """As an older processor would have."""
    origin = Origin(TOPIC, number, 10**9)
    letter = dead_letter(REASON, origin, event.key, event.value, event.headers, datetime.now(UTC))
    made = Message((DEAD_LETTERS, 0, -1), letter.key, letter.value, list(letter.headers))
    write(stack.settings.kafka, (DEAD_LETTERS, 0), [made])


def test_what_can_be_read_by_now_comes_back_and_counts_once(
    running: EmbeddedStack, system: NationalSystem, stored: Stored
) -> None:
    kafka = running.settings.kafka
    system.send([admission("first", "2025-03-01", sex=1)])
    settled(system, stored, AS_OF)
    late = admission("late", "2025-03-01", sex=2)
    event = encode(FAMILIES["admission"], received(late, system.country))
    number = (event.spread or 0) % kafka.partitions
    put_aside(running, number, Message((TOPIC, -1, -1), event.key, event.value, event.headers))
    put_aside(running, number, Message((TOPIC, -1, -1), event.key, b"garbage", event.headers))
    assert asyncio.run(again(kafka, trial=True)).written == 1
    before = len(list(messages(kafka, TOPIC)))
    first = replayed(running)
    assert first == {"written": 1, "unreadable": 1, "left_out": 0, "is_whole": True}
    assert len(list(messages(kafka, TOPIC))) == before + 1, "and nothing by the trial"
    uid = record_uid(system.country, late)
    eventually(lambda: "" if uid in uids(system, stored) else "the record has not come")
    system.send([late])
    key = CellKey(system.country, "2025", "B04", "value", "sex", "sex=FEMALE")
    cells = settled(system, stored, AS_OF)
    assert cells[key].value == 1
    assert asyncio.run(again(kafka, trial=False)).written == 1
    assert settled(system, stored, AS_OF) == cells
    eventually(lambda: accounted(kafka, stored))


def uids(system: NationalSystem, stored: Stored) -> set[str]:
    rows = stored.rows(
        "SELECT toString(record_uid) FROM registry.admissions FINAL"
        f" WHERE country = '{system.country}'"
    )
    return {uid for (uid,) in rows}
