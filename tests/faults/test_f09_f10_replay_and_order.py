"""F09: the whole log again onto live tables. F10: everything in the worst order."""

import pytest

from gtms.stack.lifecycle import EmbeddedStack
from tests.support.golden import AS_OF
from tests.support.laws import eventually, settled
from tests.support.load import ordinary_records
from tests.support.log import RECORD_TOPICS, accounted, dead_letters, messages, write
from tests.support.national import NationalSystem
from tests.support.oracle import CellKey
from tests.support.population import admission, discharge, facility, revised
from tests.support.stored import Stored

pytestmark = pytest.mark.slow


def test_f09_the_log_again_gives_identical_cells(
    running: EmbeddedStack, system: NationalSystem, stored: Stored
) -> None:
    """Backwards too, so that every older revision arrives after the newer one."""
    system.send(ordinary_records(20, seed=3))
    before = settled(system, stored, AS_OF)
    kafka = running.settings.kafka
    log = [
        each
        for each in messages(kafka, *RECORD_TOPICS)
        if each.key is not None and each.key.startswith(system.country.encode())
    ]
    versions = {each.period: each.version for each in stored.snapshots(system.country)}
    for place in sorted({each.place[:2] for each in log}):
        again = [each for each in log if each.place[:2] == place]
        write(kafka, place, [*again, *reversed(again)])
    eventually(lambda: "" if _all_read(running, stored) else "the log has not been read again")
    eventually(lambda: accounted(kafka, stored))
    assert settled(system, stored, AS_OF) == before
    assert versions.keys() == {each.period for each in stored.snapshots(system.country)}


def test_f10_the_worst_order(
    running: EmbeddedStack, system: NationalSystem, stored: Stored
) -> None:
    """Revision 3 before 1, the discharge before the admission, the facility last."""
    came = admission("p", "2025-02-01", episode_id="E", substance=71)
    first = admission("p", "2025-01-01", episode_id="E", substance=11)
    second = revised(admission("p", "2025-01-15", episode_id="E", substance=21), 2)
    left = discharge(came, "2025-04-01", 12)
    system.send([left, revised(came, 3), second, first])
    cells = settled(system, stored, AS_OF)
    assert cells[CellKey(system.country, "2025", "G01", "value", "", "")].numerator == 1
    system.send([facility("F1")])
    cells = settled(system, stored, AS_OF)
    admin1 = CellKey(system.country, "2025", "B01", "value", "admin1", "admin1=KE-30")
    assert cells[admin1].value == 1
    assert not [
        letter
        for letters in dead_letters(running.settings.kafka).values()
        for letter in letters
        if letter.key is not None and letter.key.startswith(system.country.encode())
    ]


def _all_read(running: EmbeddedStack, stored: Stored) -> bool:
    read = {
        (topic, partition): offset
        for topic, partition, offset in stored.rows(
            "SELECT toString(topic), partition, next_offset FROM ops.watermarks FINAL"
        )
    }
    ends: dict[tuple[str, int], int] = {}
    for message in messages(running.settings.kafka, *RECORD_TOPICS):
        topic, partition, offset = message.place
        ends[topic, partition] = max(ends.get((topic, partition), 0), offset + 1)
    return all(read.get(place, 0) >= end for place, end in ends.items())
