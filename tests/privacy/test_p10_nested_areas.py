"""P10: regions within the country, bands within groups, a region with one facility."""

import pytest

from gtms.indicators.catalogue import CATALOGUE
from gtms.privacy import places
from gtms.privacy.cells import SUPPRESSED, Cell, Status
from gtms.privacy.disclosure import attack
from gtms.privacy.suppression import protect
from tests.support.published import by_rules_alone, count, share

FACILITIES = [count("J01", 1, admin1="north"), count("J01", 6, admin1="south")]
PEOPLE = [
    count("B01", 40, admin1="north"),
    count("B01", 60, admin1="south"),
    count("B01", 100),
    share("D01", 12, 40, admin1="north"),
    share("D01", 20, 60, admin1="south"),
]


def told_of_one_facility(published: list[Cell]) -> list[Cell]:
    """Figures of people in the region that has one facility."""
    return [
        cell
        for cell in published
        if cell.indicator != "J01"
        and ("admin1", "north") in cell.dimensions
        and cell.value is not None
    ]


def test_a_region_with_one_facility_is_not_told_of():
    published = protect([*FACILITIES, *PEOPLE], CATALOGUE)
    assert told_of_one_facility(published) == []
    assert published[:2] == FACILITIES
    assert [cell.status for cell in published if ("admin1", "south") in cell.dimensions][1:] == [
        Status.ROUNDED,
        Status.ROUNDED,
    ]


def test_the_check_finds_a_region_that_is_told_of(monkeypatch):
    monkeypatch.setattr(places, "FEWEST", 1)
    assert told_of_one_facility(protect([*FACILITIES, *PEOPLE], CATALOGUE)) != []


AGES = {"<15": 8, "15-19": 20}
GROUPS = {"<18": 10, "18-24": 18}


@pytest.mark.parametrize("indicator", ["B01", "B02", "B04"])
def test_shifted_bands_do_not_tell_of_the_few_between_them(indicator):
    """Two people are of 15 to 17 years, though no table has that band."""
    cells = [
        *(count(indicator, people, age_band=label) for label, people in AGES.items()),
        *(count(indicator, people, age_group=label) for label, people in GROUPS.items()),
        count(indicator, 28),
    ]
    assert attack(by_rules_alone(cells), CATALOGUE) != []
    published = protect(cells, CATALOGUE)
    assert attack(published, CATALOGUE) == []
    assert any(cell.status in SUPPRESSED for cell in published)


def test_substances_within_their_groups_are_one_margin():
    cells = [
        count("B01", 3, substance="HEROIN"),
        count("B01", 40, substance="METHADONE"),
        count("B01", 43, substance_group="OPIOIDS"),
        count("B01", 43),
    ]
    assert attack(by_rules_alone(cells), CATALOGUE) != []
    assert attack(protect(cells, CATALOGUE), CATALOGUE) == []


def test_months_within_a_year_are_one_margin():
    """Eleven exact months and the year tell the twelfth."""
    months = [count("B04", 30, f"2025-{month:02}", sex="MALE") for month in range(1, 13)]
    rare = [count("B04", 20, f"2025-{month:02}", sex="FEMALE") for month in range(2, 13)]
    cells = [
        *months,
        *rare,
        count("B04", 2, "2025-01", sex="FEMALE"),
        *(count("B04", 50, f"2025-{month:02}") for month in range(2, 13)),
        count("B04", 32, "2025-01"),
        count("B04", 360, sex="MALE"),
        count("B04", 222, sex="FEMALE"),
        count("B04", 582),
    ]
    assert attack(by_rules_alone(cells), CATALOGUE) != []
    assert attack(protect(cells, CATALOGUE), CATALOGUE) == []


def test_people_of_months_do_not_add_up_to_those_of_the_year():
    cells = [
        *(count("A02", 3, f"2025-{month:02}") for month in range(1, 13)),
        count("A02", 9),
    ]
    assert protect(cells, CATALOGUE)[-1] == cells[-1]


def test_a_year_does_not_tell_what_its_published_months_hide():
    """The months are public; the year is released after them."""
    february = [f"2025-{month:02}" for month in range(2, 13)]
    months = [
        *(
            count("B04", people, "2025-01", sex=sex)
            for sex, people in (("MALE", 30), ("FEMALE", 2))
        ),
        count("B04", 32, "2025-01"),
        *(count("B04", 30, label, sex="MALE") for label in february),
        *(count("B04", 20, label, sex="FEMALE") for label in february),
        *(count("B04", 50, label) for label in february),
    ]
    year = [count("B04", 360, sex="MALE"), count("B04", 222, sex="FEMALE"), count("B04", 582)]
    public = protect(months, CATALOGUE)
    assert attack(protect(year, CATALOGUE), CATALOGUE, [public]) != []
    assert attack(protect(year, CATALOGUE, earlier=[public]), CATALOGUE, [public]) == []
