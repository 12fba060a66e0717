"""Regions whose figures are those of one facility.

Whoever runs the facility, or has heard it speak, knows what the region's figures add. A region is
told of only with two facilities or more, as far as the release itself says how many there are.
"""

from collections.abc import Iterable

from gtms.privacy.cells import Cell
from gtms.privacy.rules import REGION

FACILITIES = "J01"
"""The indicator that counts facilities."""
FEWEST = 2


def of_one_facility(cells: Iterable[Cell]) -> frozenset[tuple[str, str]]:
    """Period and label of the regions of fewer facilities than two, by J01 among the cells."""
    return frozenset(
        (cell.period, label)
        for cell in cells
        if cell.indicator == FACILITIES and cell.value is not None and cell.value < FEWEST
        for name, label in cell.dimensions
        if name == REGION
    )


def is_in(cell: Cell, regions: frozenset[tuple[str, str]]) -> bool:
    """Whether the cell is of one of the regions."""
    return any((cell.period, label) in regions for name, label in cell.dimensions if name == REGION)
