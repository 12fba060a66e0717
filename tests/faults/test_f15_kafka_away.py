"""F15, shortened: Kafka is away while a national system goes on sending."""

import time

import grpc
import pytest

from gtms.stack.lifecycle import EmbeddedStack
from tests.support.golden import AS_OF
from tests.support.laws import eventually, settled
from tests.support.load import ordinary_records
from tests.support.log import accounted
from tests.support.national import NationalSystem, Verdict
from tests.support.stored import Stored

pytestmark = pytest.mark.slow

AWAY_S = 15.0
DEADLINE_S = 4.0
PAUSE_S = 0.02
"""Without it, a quick machine would refuse so many that the quota of the country is spent."""

MIB = 1024 * 1024


def test_refused_in_time_and_nothing_lost(
    running: EmbeddedStack, system: NationalSystem, stored: Stored
) -> None:
    records = list(ordinary_records(30, seed=4))
    system.send(records[:20])
    before = _memory(running)
    running.stop("kafka")
    refused = []
    end = time.monotonic() + AWAY_S
    while time.monotonic() < end:
        refused.append(system.send_one(records[20 + len(refused) % 20], deadline_s=DEADLINE_S))
        time.sleep(PAUSE_S)
    grown = _memory(running) - before
    running.start("kafka")
    assert refused
    assert {answer.verdict for answer in refused} == {Verdict.UNKNOWN}
    assert {answer.code for answer in refused} == {grpc.StatusCode.UNAVAILABLE}
    assert grown < 64 * MIB
    system.send(records[20:])
    settled(system, stored, AS_OF)
    eventually(lambda: accounted(running.settings.kafka, stored))


def _memory(running: EmbeddedStack) -> int:
    ingest = {"facilities", "admissions", "outcomes", "trainings"}
    return sum(each.memory_bytes or 0 for each in running.status() if each.name in ingest)
