"""What each publishing rule makes of a cell by itself."""

import pytest

from gtms.indicators.catalogue import CATALOGUE
from gtms.privacy.cells import Cell, Status
from gtms.privacy.suppression import protect, provisional
from tests.support.published import count, share

HIDDEN = (None, None, None, Status.SUPPRESSED_PRIMARY)


def shown(cell: Cell):
    return cell.value, cell.numerator, cell.denominator, cell.status


def only(cell: Cell) -> Cell:
    (published,) = protect([cell], CATALOGUE)
    return published


@pytest.mark.parametrize(
    ("people", "published"),
    [(0, 0), (5, 5), (6, 5), (7, 5), (8, 10), (12, 10), (13, 15), (1003, 1005)],
)
def test_counts_of_a_region_are_rounded(people, published):
    assert only(count("A02", people, admin1="north")).value == published


@pytest.mark.parametrize("people", [1, 2, 3, 4])
def test_few_people_of_a_region_are_not_told_and_never_look_like_none(people):
    assert shown(only(count("A02", people, admin1="north"))) == HIDDEN


def test_a_table_of_three_dimensions_is_rounded():
    cell = count("B01", 12, sex="MALE", age_band="25-29", substance_group="OPIOIDS")
    assert shown(only(cell))[::3] == (10.0, Status.ROUNDED)


@pytest.mark.parametrize("people", [0, 5, 6, 7, 97])
def test_national_counts_are_exact(people):
    cell = count("B01", people)
    assert only(cell) == cell


@pytest.mark.parametrize("people", [1, 2, 3, 4])
def test_few_people_of_a_country_are_not_told(people):
    assert shown(only(count("B01", people))) == HIDDEN


def test_a_share_of_a_region_is_made_of_rounded_parts():
    published = only(share("D01", 8, 33, admin1="north"))
    assert shown(published) == (28.6, 10.0, 35.0, Status.ROUNDED)


@pytest.mark.parametrize(("above", "below"), [(3, 40), (37, 40), (10, 19), (0, 0.0), (4, 4)])
def test_a_share_of_few_people_or_that_tells_of_few_is_hidden(above, below):
    assert only(share("D01", above, below, admin1="north")).value is None
    assert only(share("D01", above, below)).value is None


@pytest.mark.parametrize(("above", "below"), [(0, 20), (20, 20), (5, 20), (15, 20)])
def test_a_share_of_enough_people_is_exact_in_a_country(above, below):
    cell = share("D01", above, below)
    assert only(cell) == cell


def test_a_mean_needs_twenty_people_and_ten_for_an_event():
    few, many = (Cell("B09", "mean", "2025", (), 9.5, 9.5 * n, n, Status.OK) for n in (19, 20))
    assert shown(only(few)) == HIDDEN
    assert only(many) == many
    of_event = Cell("K03", "points", "2025", (("event", "e1"),), 9.5, 95.0, 10.0, Status.OK)
    assert only(of_event) == of_event


def test_a_rate_of_deaths_needs_five():
    four, five = (Cell("I01", "value", "2025", (), n / 2, n, 2000.0, Status.OK) for n in (4, 5))
    assert shown(only(four)) == HIDDEN
    assert only(five) == five


def test_what_is_not_matured_says_so_and_nothing_else():
    cell = Cell("G03", "value", "2025", (), 1.0, 1.0, 1.0, Status.NOT_MATURED)
    assert shown(only(cell)) == (None, None, None, Status.NOT_MATURED)


def test_facilities_are_exact():
    cell = Cell("J01", "value", "2025", (("admin1", "north"),), 1.0, 1.0, None, Status.OK)
    assert only(cell) == cell


def test_data_quality_of_a_facility_does_not_tell_how_many_people_it_has():
    cell = Cell("L03", "value", "2025", (("facility", "f1"),), 200 / 3, 2.0, 3.0, Status.OK)
    assert shown(only(cell)) == (67.0, None, None, Status.ROUNDED)


def test_a_ministry_sees_its_own_country_but_not_few_people_of_a_region():
    few = count("B01", 3)
    place = count("B01", 3, admin1="north")
    enough = count("B01", 7, admin1="north")
    seen = provisional([few, place, enough], CATALOGUE)
    assert [shown(seen[1]), seen[0], seen[2]] == [HIDDEN, few, enough]
