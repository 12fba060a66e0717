"""Years that are pooled with the two before them."""

import pytest

from gtms.indicators.catalogue import CATALOGUE
from gtms.query.pooling import pool, pooled
from gtms.warehouse.reader import Position, StoredCell

DEATHS = CATALOGUE["I01"]
AFTER_EXIT = CATALOGUE["I02"]


def of_year(
    year: str, deaths: float | None, over: float | None, key: str = "", status: str = "OK"
) -> StoredCell:
    value = 1000 * deaths / over if deaths is not None and over else None
    dimensions = dict([key.split("=")]) if key else {}
    return StoredCell(Position(year, "I01", "value", key), dimensions, value, deaths, over, status)


def test_a_year_is_pooled_with_the_two_before_it_and_nothing_else_is() -> None:
    assert pool("2025") == ("2025", "2024", "2023")
    assert pool("0002") == ("0002", "0001")
    assert pool("2025-Q1") == pool("2025-01") == ()


def test_deaths_and_time_of_three_years_together() -> None:
    cells = [
        of_year("2022", 50, 10),
        of_year("2023", 1, 100),
        of_year("2024", 2, 300),
        of_year("2025", 3, 200),
    ]
    [of_2025, of_2024] = pooled(DEATHS, (), ["2025", "2024"], cells, cells)
    assert of_2025.position == Position("2025", "I01", "pooled", "")
    assert (of_2025.numerator, of_2025.denominator, of_2025.status) == (6, 600, "OK")
    assert of_2025.value == pytest.approx(10)
    assert (of_2024.numerator, of_2024.denominator) == (53, 410)


def test_a_year_that_was_not_computed_adds_nothing() -> None:
    [cell] = pooled(DEATHS, (), ["2025"], [of_year("2025", 3, 200)], ())
    assert (cell.value, cell.denominator) == (15, 200)


def test_a_value_of_a_table_that_only_an_earlier_year_has() -> None:
    cells = [of_year("2023", 1, 100, "sex=MALE"), of_year("2025", 1, 50, "sex=FEMALE")]
    found = {cell.position.key: cell for cell in pooled(DEATHS, ("sex",), ["2025"], cells, ())}
    assert {key: cell.denominator for key, cell in found.items()} == {
        "sex=MALE": 100,
        "sex=FEMALE": 50,
    }
    assert found["sex=MALE"].dimensions == {"sex": "MALE"}


def test_a_cause_is_divided_by_the_time_of_years_in_which_nobody_died_of_it() -> None:
    totals = [of_year("2023", 0, 100), of_year("2024", 0, 300), of_year("2025", 2, 100)]
    cells = [of_year("2025", 2, 100, "cause=DRUG_INDUCED")]
    [cell] = pooled(DEATHS, ("cause",), ["2025"], cells, totals)
    assert (cell.value, cell.numerator, cell.denominator) == (4, 2, 500)


@pytest.mark.parametrize(
    ("before", "pooled_status"),
    [("NOT_AVAILABLE", "NOT_MATURED"), ("NOT_MATURED", "NOT_MATURED"), ("OK", "OK")],
)
def test_what_has_not_matured_is_not_a_zero(before: str, pooled_status: str) -> None:
    told = (1.0, 10.0) if before == "OK" else (None, None)
    cells = [of_year("2024", *told, status=before), of_year("2025", None, None, "", "NOT_MATURED")]
    [cell] = pooled(AFTER_EXIT, (), ["2025"], cells, ())
    assert (cell.status, cell.value) == (pooled_status, 100 if before == "OK" else None)
