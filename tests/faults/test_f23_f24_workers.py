"""F23 and F24, shortened: processor workers come and go, and one sleeps through its session."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from kafka import KafkaAdminClient

from gtms.config import Kafka
from gtms.processing.app import aggregation_group
from gtms.processing.loader import LOADER_GROUP
from gtms.stack.lifecycle import EmbeddedStack
from tests.support.golden import AS_OF
from tests.support.laws import eventually, settled
from tests.support.load import ordinary_records
from tests.support.log import accounted
from tests.support.national import NationalSystem
from tests.support.stack import a_stack
from tests.support.stored import Stored

pytestmark = pytest.mark.slow

PARTITIONS = 4
WORKERS = ("processor", *(f"processor-{number}" for number in range(2, PARTITIONS + 2)))
COUNTRIES = {
    23: ("AGO", "AND", "ARM", "AZE", "BEN", "BFA", "BHS", "BIH"),
    24: ("BLR", "BLZ", "BRB", "BTN", "BWA", "CAF", "CIV", "CMR"),
}
SESSION_S = 6.0
CHANGE_S = 5.0


@pytest.fixture(scope="module")
def shared_out() -> Iterator[EmbeddedStack]:
    """A stack with one worker more than there are partitions of changes."""
    processing = {"as_of": AS_OF, "session_timeout_s": SESSION_S, "heartbeat_s": SESSION_S / 3}
    overrides = {
        "kafka": {"partitions": PARTITIONS},
        "processing": processing,
        "stack": {"workers": len(WORKERS)},
    }
    with a_stack(only_stores=False, overrides=overrides) as up:
        yield up


@pytest.fixture
def stored(shared_out: EmbeddedStack) -> Iterator[Stored]:
    with closing(Stored(shared_out.settings.clickhouse)) as reading:
        yield reading


def test_f23_workers_come_and_go_under_load(shared_out: EmbeddedStack, stored: Stored) -> None:
    systems, sending = _send(shared_out, fault=23)
    running = len(WORKERS)
    for number in (2, 4, 1, 3, len(WORKERS)):
        for name in WORKERS[number:running]:
            shared_out.stop(name)
        shared_out.start(*WORKERS[running:number])
        running = number
        time.sleep(CHANGE_S)
    _all_is_right_after(sending, shared_out, systems, stored)
    eventually(lambda: _unshared(shared_out))
    assert {each.health for each in shared_out.status() if each.name in WORKERS} == {"healthy"}


def test_f24_a_worker_that_slept_through_its_session_harms_nothing(
    shared_out: EmbeddedStack, stored: Stored
) -> None:
    eventually(lambda: _unshared(shared_out))
    systems, sending = _send(shared_out, fault=24)
    asleep = WORKERS[:2]
    for name in asleep:
        shared_out.kill(name, signal.SIGSTOP)
    try:
        awake = len(WORKERS) - len(asleep)
        eventually(lambda: _not_so_many(shared_out.settings.kafka, LOADER_GROUP, awake))
        time.sleep(CHANGE_S)
    finally:
        for name in asleep:
            shared_out.kill(name, signal.SIGCONT)
    _all_is_right_after(sending, shared_out, systems, stored)
    eventually(lambda: _unshared(shared_out))


def _send(
    shared_out: EmbeddedStack, fault: int
) -> tuple[list[NationalSystem], list[threading.Thread]]:
    """Every country of the test sends, each in its own thread."""
    systems = [NationalSystem(shared_out, country) for country in COUNTRIES[fault]]
    threads = [
        threading.Thread(target=system.send, args=(list(ordinary_records(15, fault + number)),))
        for number, system in enumerate(systems)
    ]
    for thread in threads:
        thread.start()
    return systems, threads


def _all_is_right_after(
    sending: list[threading.Thread],
    shared_out: EmbeddedStack,
    systems: list[NationalSystem],
    stored: Stored,
) -> None:
    for thread in sending:
        thread.join()
    for system in systems:
        settled(system, stored, AS_OF)
        system.close()
    eventually(lambda: accounted(shared_out.settings.kafka, stored))


def _unshared(stack: EmbeddedStack) -> str:
    """Each partition of changes has a worker of its own, and one worker stands by."""
    kafka = stack.settings.kafka
    members = _members(kafka, aggregation_group(stack.settings))
    return _not_so_many(kafka, LOADER_GROUP, len(WORKERS)) or (
        "" if sorted(members) == [0, *[1] * PARTITIONS] else f"partitions each: {members}"
    )


def _not_so_many(kafka: Kafka, group: str, number: int) -> str:
    found = len(_members(kafka, group))
    return "" if found == number else f"{found} workers are in {group}, not {number}"


def _members(kafka: Kafka, group: str) -> list[int]:
    """How many partitions each member of a consumer group has; none while they are shared out."""
    with closing(KafkaAdminClient(bootstrap_servers=kafka.bootstrap)) as admin:
        described = admin.describe_groups([group])[group]
    given = [member["member_assignment"] for member in described["members"]]
    return [
        sum(len(topic["partitions"]) for topic in each["assigned_partitions"]) if each else 0
        for each in given
    ]
