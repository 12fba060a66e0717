"""What a cell is called on its way out: where linkage is low, persons are episodes. Pure."""

from dataclasses import replace

from gtms.indicators.definition import Indicator
from gtms.privacy.cells import Cell, Status
from gtms.warehouse.reader import StoredCell

PERSON = "person"
EPISODE = "episode"


def is_low(linkage: float | None, least: float) -> bool:
    """Whether too few admissions are linked for a count of persons to be called that.

    Without any admission in the period there is nothing to judge by, and it is not.
    """
    return linkage is not None and linkage < least


def unit(indicator: Indicator, *, low_linkage: bool) -> str:
    """What one unit of its values is."""
    told = indicator.unit_of_count
    if low_linkage and told.startswith(PERSON):
        return EPISODE + told.removeprefix(PERSON)
    return told


def relabelled(cell: Cell, indicator: Indicator, *, low_linkage: bool) -> Cell:
    """The cell, said to be of episodes when it counts persons that are not linked well enough."""
    if cell.status is Status.OK and unit(indicator, low_linkage=low_linkage) != unit(
        indicator, low_linkage=False
    ):
        return replace(cell, status=Status.LOW_LINKAGE)
    return cell


def as_cell(stored: StoredCell) -> Cell:
    """A cell as it was computed, on its way to a reader."""
    place = stored.position
    return Cell(
        indicator=place.indicator,
        measure=place.measure,
        period=place.period,
        dimensions=tuple(sorted(stored.dimensions.items())),
        value=stored.value,
        numerator=stored.numerator,
        denominator=stored.denominator,
        status=Status(stored.status),
    )
