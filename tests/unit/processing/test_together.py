"""Which periods are computed by the same statements."""

from datetime import date

from gtms.indicators.definition import Aspect
from gtms.processing.cells import EPISODES_AT_ONCE, together
from gtms.processing.views import CountryPeriod
from gtms.records.periods import around

MONTH, QUARTER, YEAR = sorted(around([date(2025, 3, 1)]))
PEOPLE, PLACES, BOTH = (
    frozenset({Aspect.PEOPLE}),
    frozenset({Aspect.PLACES}),
    frozenset({Aspect.PEOPLE, Aspect.PLACES}),
)
UNITS = {
    CountryPeriod("KEN", MONTH): PEOPLE,
    CountryPeriod("KEN", QUARTER): PLACES,
    CountryPeriod("UGA", YEAR): BOTH,
}


def test_little_is_computed_all_together() -> None:
    assert together(UNITS, {"KEN": 10}) == [UNITS]


def test_nothing_has_no_statements() -> None:
    assert together({}, {}) == []


def test_of_much_only_where_people_have_changed_are_people_counted() -> None:
    people, others = together(UNITS, {"KEN": EPISODES_AT_ONCE})
    assert people == {unit: UNITS[unit] for unit in UNITS if unit.period != QUARTER}
    assert others == {CountryPeriod("KEN", QUARTER): PLACES}
