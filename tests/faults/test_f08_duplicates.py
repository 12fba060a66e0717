"""F08: the same record three times, and two clients that race with the same revision."""

import threading

import pytest

from gtms.stack.lifecycle import EmbeddedStack
from tests.support.golden import AS_OF
from tests.support.laws import settled
from tests.support.load import ordinary_records
from tests.support.national import NationalSystem
from tests.support.oracle import CellKey
from tests.support.population import admission, payload_sha256, record_uid
from tests.support.stored import Stored

pytestmark = pytest.mark.slow


def test_three_times_is_once(system: NationalSystem, stored: Stored) -> None:
    records = list(ordinary_records(10))
    system.send(records)
    once = settled(system, stored, AS_OF)
    system.send(records * 2)
    assert settled(system, stored, AS_OF) == once


def test_a_race_of_two_contents_under_one_revision_has_one_winner(
    running: EmbeddedStack, system: NationalSystem, stored: Stored
) -> None:
    """Not whoever wrote last, but the larger content hash: the same on every replay."""
    rivals = [admission("p", "2025-03-01", episode_id="E", sex=sex) for sex in (1, 2)]
    other = NationalSystem(running, system.country)
    sending = [
        threading.Thread(target=sender.send, args=([record] * 5,))
        for sender, record in zip((system, other), rivals, strict=True)
    ]
    for thread in sending:
        thread.start()
    for thread in sending:
        thread.join()
    system.history.extend(other.history)
    other.close()
    cells = settled(system, stored, AS_OF)
    winner = max(rivals, key=payload_sha256)
    uid = record_uid(system.country, winner)
    assert stored.current(system.country)[uid] == (1, payload_sha256(winner).hex(), False)
    assert cells[CellKey(system.country, "2025", "B04", "value", "", "")].value == 1
    sex = {1: "MALE", 2: "FEMALE"}[winner.record.sex]
    assert cells[CellKey(system.country, "2025", "B04", "value", "sex", f"sex={sex}")].value == 1
