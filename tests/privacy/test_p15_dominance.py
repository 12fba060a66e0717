"""P15: one facility makes more than 85 % of a cell.

Cells do not carry the share of their largest facility. What they show is a region with one
facility, which makes all of its cells: those are hidden. A named facility tells no counts at all.
"""

from gtms.indicators.catalogue import CATALOGUE
from gtms.privacy import places, rules
from gtms.privacy.cells import Cell, Status
from gtms.privacy.suppression import protect
from tests.support.published import count

ALONE = [count("J01", 1, admin1="north"), count("B01", 250, admin1="north"), count("B01", 2500)]
NAMED = Cell("L03", "value", "2025", (("facility", "f1"),), 100 * 117 / 130, 117, 130, Status.OK)


def dominated(published: list[Cell]) -> list[Cell]:
    """Cells of people that one facility makes, or that tell how many people one has."""
    regions = {label for cell in ALONE[:1] for _, label in cell.dimensions}
    return [
        cell
        for cell in published
        if cell.indicator != "J01"
        and any(
            name == "facility" or (name == "admin1" and label in regions)
            for name, label in cell.dimensions
        )
        and (cell.indicator != "L03" or cell.denominator is not None)
        and cell.value is not None
    ]


def test_what_one_facility_makes_is_hidden():
    assert dominated(protect([*ALONE, NAMED], CATALOGUE)) == []


def test_the_check_finds_a_region_and_a_facility_that_are_told_of(monkeypatch):
    monkeypatch.setattr(places, "FEWEST", 1)
    monkeypatch.setattr(rules, "_of_facility", lambda cell: cell)
    assert len(dominated(protect([*ALONE, NAMED], CATALOGUE))) == 2
