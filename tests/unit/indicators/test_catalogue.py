"""The catalogue: complete, consistent, and its tables those of the specification."""

import pytest

from gtms.indicators.catalogue import CATALOGUE, tables_for
from gtms.indicators.definition import Indicator, Share
from gtms.indicators.statement import slots, table_columns, tally_statements
from gtms.records.periods import PeriodKind

FIRST_SET = [
    "A02",
    "A03",
    "B01",
    "B02",
    "B03",
    "B04",
    "B05",
    "B06",
    "B07",
    "C01",
    "D01",
    "F03",
    "G01",
    "G02",
    "G03",
    "G05",
    "J01",
    "J03",
    "J06",
    "L01",
    "L02",
    "L03",
    "L04",
]

TABLES = {
    "A02": {("sex", "age_band", "substance_group"), ("age_group",), ("substance",), ("setting",),
            ("admin1",)},
    "A03": {("setting",), ("oat",), ("sex",)},
    "B05": {("substance", "sex"), ("substance", "treatment_history"), ("substance", "setting")},
    "G03": {("substance_group",)},
    "L02": {("field",), ("facility",)},
}  # fmt: skip


def test_the_first_set_is_there() -> None:
    assert list(CATALOGUE) == FIRST_SET


@pytest.mark.parametrize("indicator", CATALOGUE.values(), ids=lambda each: each.id)
def test_an_indicator_says_all_that_a_reader_needs(indicator: Indicator) -> None:
    assert indicator.version >= 1
    for words in (indicator.title, indicator.unit_of_count, indicator.formula, indicator.numerator):
        assert words
    assert indicator.source
    assert indicator.publishing_rule
    assert ("%" in indicator.unit_of_count or "days" in indicator.unit_of_count) == bool(
        indicator.denominator
    )


@pytest.mark.parametrize("indicator", CATALOGUE.values(), ids=lambda each: each.id)
def test_every_dimension_of_a_table_is_one_of_its_population(indicator: Indicator) -> None:
    for part in indicator.parts:
        known = {dimension.name for dimension in part.population.dimensions}
        assert {name for table in part.tables for name in table} <= known


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
def test_a_share_always_has_the_dimension_it_is_a_share_of(kind: PeriodKind) -> None:
    for indicator in CATALOGUE.values():
        for part in indicator.parts:
            if isinstance(part.measure, Share):
                assert all(part.measure.of in table for table in tables_for(indicator, kind))


def test_set_valued_dimensions_are_told() -> None:
    assert CATALOGUE["A02"].sets == {"setting", "admin1"}
    assert CATALOGUE["B01"].sets == frozenset()


def test_each_population_is_read_once() -> None:
    of = slots(CATALOGUE.values())
    populations = {part.population for each in CATALOGUE.values() for part in each.parts}
    assert len(tally_statements(of)) == len(populations)


def test_only_one_part_of_an_indicator_has_its_total() -> None:
    columns = table_columns(slots(CATALOGUE.values()))
    of = slots(CATALOGUE.values())
    totals = [
        (of[int(str(number))].indicator.id, of[int(str(number))].measure, yearly)
        for number, yearly, names in zip(*columns.values(), strict=True)
        if not names
    ]
    assert len(totals) == len(set(totals))
