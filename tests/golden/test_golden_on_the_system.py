"""The golden vector over gRPC, Kafka and ClickHouse: the same cells whatever happens on the way."""

import random
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import pytest

from gtms.indicators.catalogue import CATALOGUE
from gtms.stack.lifecycle import EmbeddedStack
from tests.support.cells import differences, moved_to
from tests.support.golden import AS_OF, GOLDEN, golden_records
from tests.support.laws import settled
from tests.support.national import NationalSystem, Verdict
from tests.support.oracle import CellKey, Cells, RecordMessage
from tests.support.population import content, pseudonym, revised
from tests.support.stored import Stored

pytestmark = pytest.mark.slow

IN_ORDER, SHUFFLED, DUPLICATED, CORRECTED, KILLED = "KEN", "UGA", "TZA", "RWA", "ETH"


@pytest.fixture(scope="module")
def stored(running: EmbeddedStack) -> Iterator[Stored]:
    reading = Stored(running.settings.clickhouse)
    yield reading
    reading.close()


def sent(running: EmbeddedStack, country: str, records: Sequence[RecordMessage]) -> NationalSystem:
    system = NationalSystem(running, country)
    answers = system.send(records)
    assert {answer.verdict for answer in answers} == {Verdict.OK}
    return system


@pytest.fixture(scope="module")
def in_order(running: EmbeddedStack, stored: Stored) -> Cells:
    return settled(sent(running, IN_ORDER, golden_records()), stored, AS_OF)


def test_every_value_of_the_table(in_order: Cells) -> None:
    counted = {key: printed for key, printed in GOLDEN.items() if key[0] in CATALOGUE}
    found = {key: in_order[CellKey(IN_ORDER, "2025", *key, "", "")] for key in counted}
    values = {key: (cell.value, cell.numerator, cell.denominator) for key, cell in found.items()}
    assert values == {key: (pytest.approx(value), *rest) for key, (value, *rest) in counted.items()}


def test_shuffled(running: EmbeddedStack, stored: Stored, in_order: Cells) -> None:
    records = golden_records()
    random.Random(3).shuffle(records)
    cells = settled(sent(running, SHUFFLED, records), stored, AS_OF)
    assert not differences(moved_to(in_order, SHUFFLED), cells)


def test_everything_three_times(running: EmbeddedStack, stored: Stored, in_order: Cells) -> None:
    records = golden_records() * 3
    random.Random(4).shuffle(records)
    cells = settled(sent(running, DUPLICATED, records), stored, AS_OF)
    assert not differences(moved_to(in_order, DUPLICATED), cells)


def test_first_wrong_then_corrected(
    running: EmbeddedStack, stored: Stored, in_order: Cells
) -> None:
    right = [revised(each, each.envelope.record_version + 1) for each in golden_records()]
    wrong = [_wrong(each) for each in golden_records() if each.envelope.record_version == 1]
    system = sent(running, CORRECTED, wrong)
    before = settled(system, stored, AS_OF)
    assert differences(moved_to(in_order, CORRECTED), before)
    assert {answer.verdict for answer in system.send(right)} == {Verdict.OK}
    assert not differences(moved_to(in_order, CORRECTED), settled(system, stored, AS_OF))


def test_processor_and_clickhouse_killed_on_the_way(
    running: EmbeddedStack, stored: Stored, in_order: Cells
) -> None:
    system = NationalSystem(running, KILLED)
    records = golden_records()
    accidents = threading.Thread(target=_kill, args=(running, ("processor", "clickhouse") * 2))
    accidents.start()
    for record in records:
        system.send([record])
        time.sleep(0.1)
    accidents.join()
    fresh = Stored(running.settings.clickhouse)
    fresh.wait_until_it_answers()
    assert not differences(moved_to(in_order, KILLED), settled(system, fresh, AS_OF))
    fresh.close()


def _kill(running: EmbeddedStack, names: Sequence[str]) -> None:
    for name in names:
        time.sleep(0.7)
        before = running.pid(name)
        running.kill(name)
        running.wait_restarted(name, before)


def _wrong(record: RecordMessage) -> RecordMessage:
    """The record with its dates, its person or its state wrong, under the same key."""
    copy = type(record)()
    copy.CopyFrom(record)
    said = content(copy)
    match type(record).__name__:
        case "FacilityRecord":
            said.status, said.admin1_code = 4, "KE-99"
        case "AdmissionRecord":
            said.admission_date = _later(said.admission_date, 45)
            said.client_pseudonym = pseudonym("somebody else")
            said.treatment_status = 1
        case "OutcomeRecord":
            said.event_date = _later(said.event_date, 50)
            said.client_pseudonym = pseudonym("somebody else")
    return copy


def _later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
