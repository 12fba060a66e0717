"""Cells on their way to readers: what one says, and why another does not say it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Place: TypeAlias = tuple[str, str, str, tuple[tuple[str, str], ...]]
"""Indicator, measure, period and dimensions: what makes it the same cell in another release."""


class Status(StrEnum):
    """What the value of a cell is, or why there is none; never said by the value alone.

    `OK` exact. `ROUNDED` to the rounding base, or made of rounded parts. `SUPPRESSED_PRIMARY` too
    few people for a value. `SUPPRESSED_SECONDARY` hidden so that another cell stays hidden.
    `NOT_MATURED` too early to know. `LOW_LINKAGE` episodes, because too few are linked to persons.
    `NOT_AVAILABLE` nothing to compute it from.
    """

    OK = "OK"
    ROUNDED = "ROUNDED"
    SUPPRESSED_PRIMARY = "SUPPRESSED_PRIMARY"
    SUPPRESSED_SECONDARY = "SUPPRESSED_SECONDARY"
    NOT_MATURED = "NOT_MATURED"
    LOW_LINKAGE = "LOW_LINKAGE"
    NOT_AVAILABLE = "NOT_AVAILABLE"


SUPPRESSED = frozenset({Status.SUPPRESSED_PRIMARY, Status.SUPPRESSED_SECONDARY})
WITH_VALUE = frozenset({Status.OK, Status.ROUNDED, Status.LOW_LINKAGE})


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of one indicator for a period and labels of a table's dimensions.

    Attributes:
        indicator: id in the catalogue. measure: name of the value. period: label.
        dimensions: (name, label) sorted by name; empty for the total.
        value, numerator, denominator: None where the status says that there is none. A cell that
            is suppressed has none of the three, so that it cannot be taken for 0.
        status: what the value is, or why it is missing.
    """

    indicator: str
    measure: str
    period: str
    dimensions: tuple[tuple[str, str], ...]
    value: float | None
    numerator: float | None
    denominator: float | None
    status: Status

    @property
    def table(self) -> tuple[str, ...]:
        """Names of its dimensions, sorted."""
        return tuple(name for name, _ in self.dimensions)

    @property
    def place(self) -> Place:
        """What makes it the same cell in another release."""
        return (self.indicator, self.measure, self.period, self.dimensions)

    def __str__(self) -> str:
        labels = ", ".join(f"{name}={label}" for name, label in self.dimensions) or "total"
        return f"{self.indicator} {self.measure} {self.period} {labels}"
