"""The values of the golden vector, as the definitions print them."""

import random

import pytest

from tests.support.golden import AS_OF, GOLDEN, golden_records
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
