"""P14: a share times what stands below it; quantiles and means of few people."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from gtms.indicators.catalogue import CATALOGUE
from gtms.privacy import rules
from gtms.privacy.cells import Cell, Status
from gtms.privacy.disclosure import attack
from gtms.privacy.suppression import protect
from tests.support.published import count, share


def few_told(published: Sequence[Cell]) -> list[Cell]:
    """Cells whose value and denominator tell that one to four people are, or are not, counted."""
    found = []
    for cell in published:
        if cell.value is not None and cell.denominator and cell.status is Status.OK:
            above = cell.value * cell.denominator / 100
            if 0 < round(above) < 5 or 0 < round(cell.denominator - above) < 5:
                found.append(cell)
    return found


SHARES = [share("C04", above, 40, sex="MALE") for above in (0, 1, 4, 5, 35, 36, 39, 40)]


def test_no_share_tells_a_small_numerator_or_how_few_are_left():
    for cell in SHARES:
        assert few_told(protect([cell], CATALOGUE)) == []


def test_the_check_finds_shares_whose_numerators_are_not_looked_at(monkeypatch):
    monkeypatch.setattr(rules, "is_small", lambda people, profile: False)
    published = [rules.alone(c, _ruling(c), c.denominator, _profile()) for c in SHARES]
    assert len(few_told(published)) == 4


def test_a_share_of_a_region_is_of_rounded_parts_and_so_is_what_stands_below_it():
    (cell,) = protect([share("D01", 8, 33, admin1="north")], CATALOGUE)
    assert (cell.value, cell.numerator, cell.denominator) == (28.6, 10, 35)


def test_a_hidden_numerator_does_not_come_out_of_shares_beside_it():
    cells = [
        share("C04", 2, 50, sex="FEMALE"),
        share("C04", 10, 60, sex="MALE"),
        share("C04", 12, 110),
    ]
    hidden_one = [
        replace(
            cells[0], value=None, numerator=None, denominator=None, status=Status.SUPPRESSED_PRIMARY
        ),
        *cells[1:],
    ]
    assert attack(hidden_one, CATALOGUE) != []
    assert attack(protect(cells, CATALOGUE), CATALOGUE) == []


def test_a_numerator_does_not_come_out_of_another_indicator():
    """Of C01 the numerator by drug is the count of women with the drug in B01."""
    cells = [
        count("B01", 3, sex="FEMALE", substance_group="OPIOIDS"),
        count("B01", 57, sex="MALE", substance_group="OPIOIDS"),
        share("C01", 3, 60, substance_group="OPIOIDS"),
    ]
    assert [cell.value for cell in protect(cells, CATALOGUE)][::2] == [None, None]


@pytest.mark.parametrize(("indicator", "measure"), [("B07", "median"), ("B07", "p90")])
@pytest.mark.parametrize("people", [1, 4, 19])
def test_quantiles_of_few_people_are_hidden(indicator, measure, people):
    cell = Cell(indicator, measure, "2025", (), 14.0, None, people, Status.OK)
    (published,) = protect([cell], CATALOGUE)
    assert (published.value, published.denominator) == (None, None)


def test_the_sum_behind_a_mean_of_few_people_does_not_come_out_of_other_means():
    """1 woman of 41: her wait is the sum of all less that of the men."""
    cells = [
        Cell("B09", "mean", "2025", (("sex", "MALE"),), 10.0, 400.0, 40.0, Status.OK),
        Cell("B09", "mean", "2025", (("sex", "FEMALE"),), 23.0, 23.0, 1.0, Status.OK),
        Cell("B09", "mean", "2025", (), 423 / 41, 423.0, 41.0, Status.OK),
    ]
    assert (
        attack(
            [
                cells[0],
                replace(
                    cells[1],
                    value=None,
                    numerator=None,
                    denominator=None,
                    status=Status.SUPPRESSED_PRIMARY,
                ),
                cells[2],
            ],
            CATALOGUE,
        )
        != []
    )
    published = protect(cells, CATALOGUE)
    assert attack(published, CATALOGUE) == []
    assert sum(cell.value is None for cell in published) >= 2


def _ruling(cell: Cell) -> rules.Ruling:
    return rules.ruling(CATALOGUE[cell.indicator], cell.measure, cell.table)


def _profile():
    return rules.Profile()
