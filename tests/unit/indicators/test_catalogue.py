"""The catalogue: complete, consistent, and its tables those of the specification."""

import pytest

from gtms.indicators.catalogue import CATALOGUE, tables_for
from gtms.indicators.definition import Count, Distinct, Indicator, part_tables
from gtms.indicators.statement import slots, tallies
from gtms.records.periods import PeriodKind

#: How many indicators the specification has of each theme.
SPECIFIED = {
    "A": 6,
    "B": 9,
    "C": 6,
    "D": 5,
    "E": 4,
    "F": 5,
    "G": 10,
    "H": 6,
    "I": 2,
    "J": 7,
    "K": 5,
    "L": 5,
}
IDS = [
    f"{theme}{number:02}" for theme, count in SPECIFIED.items() for number in range(1, count + 1)
]

TABLES = {
    "A02": {("sex", "age_band", "substance_group"), ("age_group",), ("substance",), ("setting",),
            ("admin1",)},
    "A03": {("setting",), ("oat",), ("sex",)},
    "B05": {("substance", "sex"), ("substance", "treatment_history"), ("substance", "setting")},
    "G03": {("substance_group",)},
    "L02": {("field",), ("facility",)},
}  # fmt: skip


def test_every_indicator_of_the_specification_is_there() -> None:
    assert list(CATALOGUE) == IDS


@pytest.mark.parametrize("indicator", CATALOGUE.values(), ids=lambda each: each.id)
def test_an_indicator_says_all_that_a_reader_needs(indicator: Indicator) -> None:
    assert indicator.version >= 1
    for words in (indicator.title, indicator.unit_of_count, indicator.formula, indicator.numerator):
        assert words
    assert indicator.source
    assert indicator.publishing_rule
    only_counts = all(isinstance(part.measure, Count | Distinct) for part in indicator.parts)
    assert only_counts != bool(indicator.denominator)


@pytest.mark.parametrize("indicator", CATALOGUE.values(), ids=lambda each: each.id)
def test_every_dimension_of_a_table_is_one_of_its_population(indicator: Indicator) -> None:
    for part in indicator.parts:
        known = {dimension.name for dimension in part.population.dimensions}
        assert {name for table in part.tables for name in table} | part.counted_by <= known


@pytest.mark.parametrize(("name", "tables"), TABLES.items())
def test_the_largest_tables_are_those_of_the_specification(
    name: str, tables: set[tuple[str, ...]]
) -> None:
    assert set(CATALOGUE[name].tables) == tables


def test_a_year_has_every_smaller_table_and_a_month_single_dimensions() -> None:
    year = tables_for(CATALOGUE["A02"], PeriodKind.YEAR)
    assert ("age_band", "sex", "substance_group") in year
    assert ("age_band", "sex") in year
    assert () in year
    assert ("sex", "setting") not in year
    for kind in (PeriodKind.QUARTER, PeriodKind.MONTH):
        assert {len(table) for table in tables_for(CATALOGUE["A02"], kind)} == {0, 1}


@pytest.mark.parametrize("kind", PeriodKind)
def test_every_table_has_the_dimensions_that_its_part_needs(kind: PeriodKind) -> None:
    for indicator in CATALOGUE.values():
        for part in indicator.parts:
            assert all(part.needed <= set(table) for table in part_tables(part, kind))


def test_set_valued_dimensions_are_told() -> None:
    assert CATALOGUE["A03"].sets == {"setting", "admin1"}
    assert CATALOGUE["B01"].sets == frozenset()


def test_each_population_is_read_once() -> None:
    of = slots(CATALOGUE.values())
    populations = {part.population for each in CATALOGUE.values() for part in each.parts}
    assert len(tallies(of)) == len(populations)


def test_only_one_part_of_an_indicator_has_the_total_of_a_value() -> None:
    for indicator in CATALOGUE.values():
        totals = [name for part in indicator.parts if part.has_total for name in part.values]
        assert len(totals) == len(set(totals))
