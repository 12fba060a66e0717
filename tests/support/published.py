"""Cells as they are before the publishing rules, and with only some of the rules."""

from collections import Counter
from collections.abc import Mapping
from itertools import combinations

from gtms.indicators.catalogue import CATALOGUE
from gtms.privacy.cells import Cell, Status
from gtms.privacy.rules import alone, ruling
from gtms.records.profiles import DEFAULT_PROFILE


def count(indicator: str, people: float, period: str = "2025", **labels: str) -> Cell:
    """A count of people or episodes."""
    return Cell(
        indicator,
        "value",
        period,
        tuple(sorted(labels.items())),
        float(people),
        float(people),
        None,
        Status.OK,
    )


def share(indicator: str, above: float, below: float, period: str = "2025", **labels: str) -> Cell:
    """A percentage; not available when there is nobody to compute it from."""
    dimensions = tuple(sorted(labels.items()))
    if not below:
        return Cell(indicator, "value", period, dimensions, None, None, None, Status.NOT_AVAILABLE)
    value = 100 * above / below
    return Cell(
        indicator, "value", period, dimensions, value, float(above), float(below), Status.OK
    )


def crossed(
    indicator: str, dimensions: tuple[str, ...], table: Mapping[tuple[str, ...], float]
) -> list[Cell]:
    """The table with all of its margins, down to the total; what is zero has no cell."""
    cells = []
    for size in range(len(dimensions) + 1):
        for kept in combinations(range(len(dimensions)), size):
            margin: Counter[tuple[str, ...]] = Counter()
            for labels, people in table.items():
                margin[tuple(labels[place] for place in kept)] += people
            cells += [
                count(
                    indicator,
                    people,
                    **dict(zip((dimensions[k] for k in kept), labels, strict=True)),
                )
                for labels, people in sorted(margin.items())
                if people or not kept
            ]
    return cells


def by_rules_alone(cells: list[Cell]) -> list[Cell]:
    """Primary suppression and nothing else."""
    rulings = [ruling(CATALOGUE[cell.indicator], cell.measure, cell.table) for cell in cells]
    return [
        alone(cell, under, cell.denominator, DEFAULT_PROFILE)
        for cell, under in zip(cells, rulings, strict=True)
    ]
