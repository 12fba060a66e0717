"""Cells as they are before the publishing rules."""

from gtms.privacy.cells import Cell, Status


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
