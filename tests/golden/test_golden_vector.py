"""The values of the golden vector, as the definitions print them."""

import random

import pytest
from tests.support.golden import AS_OF, golden_records
from tests.support.oracle import (
    CellKey,
    Cells,
    CellValue,
    Profile,
    period,
    periods_of,
    reference_cells,
    version_of,
)
from tests.support.population import COUNTRY, received

GOLDEN = {
    ("A02", "value"): (8, 8, None),
    ("A03", "value"): (2, 2, None),
    ("B01", "value"): (6, 6, None),
    ("B02", "value"): (3, 3, None),
    ("B03", "value"): (60.0, 3, 5),
    ("B04", "value"): (9, 9, None),
    ("F03", "median"): (111, None, 9),
    ("G01", "value"): (100 * 4 / 9, 4, 9),
    ("G02", "value"): (37.5, 3, 8),
    ("G03", "value"): (100 / 3, 1, 3),
    ("G05", "value"): (100 * 3 / 9, 3, 9),
}


@pytest.fixture(scope="module")
def cells() -> Cells:
    versions = [version_of(received(each)) for each in golden_records()]
    return reference_cells(versions, COUNTRY, [period("2025", Profile())], AS_OF)


@pytest.mark.parametrize(("indicator", "measure"), GOLDEN)
def test_value_of_the_year(cells: Cells, indicator: str, measure: str) -> None:
    value, numerator, denominator = GOLDEN[indicator, measure]
    cell = cells[CellKey(COUNTRY, "2025", indicator, measure, "", "")]
    assert cell == CellValue(pytest.approx(value), numerator, denominator, "OK")


def test_any_order_and_duplication_give_the_same_cells() -> None:
    versions = [version_of(received(each)) for each in golden_records()]
    shuffled = versions * 2
    random.Random(1).shuffle(shuffled)
    periods = periods_of(2025, Profile(), AS_OF)
    assert reference_cells(shuffled, COUNTRY, periods, AS_OF) == reference_cells(
        versions, COUNTRY, periods, AS_OF
    )
