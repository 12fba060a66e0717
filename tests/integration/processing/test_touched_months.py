"""L5 and L8 for what lies far apart: a facility that comes last, and months nobody wrote about."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

import pytest

from gtms.stack.lifecycle import EmbeddedStack
from tests.support.by_hand import stay
from tests.support.cells import differences
from tests.support.engine import Engine
from tests.support.golden import golden_records
from tests.support.laws import right
from tests.support.oracle import RecordMessage
from tests.support.population import (
    COUNTRY,
    admission,
    capacity,
    discharge,
    facility,
    outcome,
    received,
    retraction,
    revised,
)

AS_OF = date(2026, 9, 30)
METHADONE, PRISON = 3, 7
REVIEW, DEATH = 1, 5
OF_2025 = [
    "2025",
    *(f"2025-Q{quarter}" for quarter in range(1, 5)),
    *(f"2025-{month:02}" for month in range(1, 13)),
]


@pytest.fixture
def engine(stack: EmbeddedStack) -> Iterator[Engine]:
    taking = Engine(stack.settings.clickhouse)
    taking.forget_everything()
    yield taking
    taking.forget_everything()
    taking.close()


def one_by_one(engine: Engine, records: Sequence[RecordMessage]) -> None:
    for record in records:
        engine.take([received(record)], AS_OF)


def test_a_facility_that_arrives_last_describes_what_was_before_it(engine: Engine) -> None:
    """Beds counted before the first row of the register begins get its setting and region."""
    records = [capacity("F1", "2024-05-31", 10, 5), facility("F1", valid_from="2025-01-01")]
    one_by_one(engine, records)
    assert not right(COUNTRY, [received(each) for each in records], engine.stored, AS_OF)


def test_the_periods_of_a_country_do_not_depend_on_the_order(engine: Engine) -> None:
    """A first revision with an earlier date leaves the same periods, whenever it comes."""
    late = admission("p0", "2025-06-01", episode_id="E0")
    early = admission("p0", "2024-02-01", episode_id="E0")
    records = [early, revised(late, 2), *golden_records()[1:4]]
    engine.take([received(each) for each in records], AS_OF)
    together = engine.stored.cells(COUNTRY)
    engine.forget_everything()
    one_by_one(engine, list(reversed(records)))
    assert not differences(together, engine.stored.cells(COUNTRY))


def first_of_a_journey() -> tuple[list[RecordMessage], RecordMessage]:
    """A journey of January to July: who sent the person there at first counts at its end (D03)."""
    came, left = stay("p", "2025-01-10", 90, 21, referral=11)
    later = stay("p", "2025-04-15", 80, 12, facility_id="F2")
    sent, _ = stay("p", "2025-01-10", 90, 21, referral=73)
    return [came, left, *later], revised(sent, 2)


def end_of_a_journey() -> tuple[list[RecordMessage], RecordMessage]:
    """It was open; its end in December says how the journey of January went (F01, F04)."""
    came, left = stay("p", "2025-01-10", 70, 21)
    later = admission("p", "2025-03-25", facility_id="F2")
    return [came, left, later, outcome(later, REVIEW, "2025-11-01")], discharge(
        later, "2025-12-10", 31
    )


def bridge_of_a_spell() -> tuple[list[RecordMessage], RecordMessage]:
    """With the months between them two spells of methadone are one, begun in January (F02)."""
    first = stay("p", "2025-01-10", 60, 31, interventions=[METHADONE])
    third = stay("p", "2025-09-10", 60, 31, interventions=[METHADONE])
    came, left = stay("p", "2025-03-20", 160, 31, interventions=[METHADONE], facility_id="F2")
    return [*first, *third, left], came


def arrival() -> tuple[list[RecordMessage], RecordMessage]:
    """A start in February tells how the release and the transfer of January went (D05, G10)."""
    released = stay("p", "2024-12-01", 50, 22, setting=PRISON)
    return released, admission("p", "2025-02-05", facility_id="F2")


def death() -> tuple[list[RecordMessage], RecordMessage]:
    """A death in February after an exit in January (I02)."""
    came, left = stay("p", "2024-12-01", 50, 12)
    return [came, left], outcome(came, DEATH, "2025-02-10")


def death_taken_back() -> tuple[list[RecordMessage], RecordMessage]:
    """Told by a facility that the person had left, and taken back: alive in treatment (I01)."""
    left = stay("p", "2024-06-01", 30, 31)
    came = admission("p", "2025-01-10", facility_id="F2")
    told = outcome(left[0], DEATH, "2025-05-01")
    return [*left, came, outcome(came, REVIEW, "2026-06-01"), told], retraction(told, 2)


@pytest.mark.parametrize(
    "case",
    [first_of_a_journey, end_of_a_journey, bridge_of_a_spell, arrival, death, death_taken_back],
)
def test_what_comes_late_changes_the_months_that_it_is_about(
    engine: Engine, case: Callable[[], tuple[list[RecordMessage], RecordMessage]]
) -> None:
    records, late = case()
    engine.take([received(each) for each in records], AS_OF)
    before = engine.stored.cells(COUNTRY)
    engine.take([received(late)], AS_OF)
    sent = [received(each) for each in [*records, late]]
    assert not right(COUNTRY, sent, engine.stored, AS_OF, OF_2025)
    assert differences(before, engine.stored.cells(COUNTRY))
