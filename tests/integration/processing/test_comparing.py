"""A record touches the months in which somebody counts otherwise, and no others."""

from collections.abc import Iterator
from datetime import date

import pytest

from gtms.processing import comparing
from gtms.stack.lifecycle import EmbeddedStack
from tests.support.engine import Engine
from tests.support.laws import right
from tests.support.oracle import RecordMessage
from tests.support.population import COUNTRY, admission, facility, outcome, received, revised

AS_OF = date(2026, 9, 30)
REVIEW, DISCHARGE = 1, 2
COMPLETED = 12
COUNSELLING, PEER_SUPPORT = 15, 17
WHOLE = {"2025", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"} | {
    f"2025-{n:02}" for n in range(1, 13)
}


@pytest.fixture
def engine(stack: EmbeddedStack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setattr(comparing, "MANY", 0)
    taking = Engine(stack.settings.clickhouse)
    taking.forget_everything()
    yield taking
    taking.forget_everything()
    taking.close()


def renewed(engine: Engine, before: list[RecordMessage], later: list[RecordMessage]) -> set[str]:
    """Periods of 2025 that are computed again for what comes later; all cells are right."""
    engine.take([received(each) for each in before], AS_OF)
    versions = set(engine.stored.snapshots(COUNTRY))
    engine.take([received(each) for each in later], AS_OF)
    told = [received(each) for each in (*before, *later)]
    assert not right(COUNTRY, told, engine.stored, AS_OF)
    again = set(engine.stored.snapshots(COUNTRY)) - versions
    return {one.period for one in again if one.period in WHOLE}


def months(first: int, last: int) -> set[str]:
    """Months of 2025, their quarters and the year."""
    numbers = range(first, last + 1)
    quarters = {f"2025-Q{(number + 2) // 3}" for number in numbers}
    return {f"2025-{number:02}" for number in numbers} | quarters | {"2025"}


def in_treatment(sex: int = 1) -> list[RecordMessage]:
    """From February on; the last that is told before the end is of October."""
    came = admission("p", "2025-02-10", sex=sex, interventions=[COUNSELLING])
    return [facility("F1"), came, outcome(came, REVIEW, "2025-10-20", interventions=[COUNSELLING])]


def left_on(came: RecordMessage, day: str) -> RecordMessage:
    return outcome(came, DISCHARGE, day, reason=COMPLETED, interventions=[COUNSELLING])


def test_who_leaves_was_in_treatment_before_and_after(engine: Engine) -> None:
    before = in_treatment()
    assert renewed(engine, before, [left_on(before[1], "2025-11-20")]) == months(10, 11)


def test_who_leaves_early_is_not_retained(engine: Engine) -> None:
    """F01 of the month in which the journey began knows it, too; March is as it was."""
    before = in_treatment()[:2]
    left = left_on(before[1], "2025-04-20")
    assert renewed(engine, before, [left]) == months(2, 4)


def test_another_intervention_counts_in_all_months(engine: Engine) -> None:
    before = in_treatment()
    talked = outcome(before[1], REVIEW, "2025-06-10", interventions=[PEER_SUPPORT])
    assert renewed(engine, before, [talked]) == months(2, 10)


def test_the_same_intervention_counts_as_before(engine: Engine) -> None:
    before = in_treatment()
    talked = outcome(before[1], REVIEW, "2025-06-10", interventions=[COUNSELLING])
    assert renewed(engine, before, [talked]) == months(6, 6)


def test_another_sex_counts_everywhere(engine: Engine) -> None:
    before = in_treatment()
    other = revised(admission("p", "2025-02-10", sex=2, interventions=[COUNSELLING]), 2)
    assert renewed(engine, before, [other]) == months(2, 10)
