"""Rows of a linear program: what is known of several quantities together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

INFINITE = float("inf")
MOST = 1e7
"""No count of people or sum over them is greater."""
_NEARLY = 1e-6


@dataclass(frozen=True, slots=True)
class Row:
    """`low` ≤ Σ coefficient × quantity ≤ `high`, quantities by their numbers.

    `assumed`: an outsider can guess it, but it need not be so.
    """

    terms: tuple[tuple[int, float], ...]
    low: float
    high: float
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of each quantity, by its number: the smallest and the greatest that it can be.

    `sums`: which of them are sums, and need not be whole numbers.
    """

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    sums: NDArray[np.bool_]

    def narrow(self, number: int, low: float, high: float) -> None:
        """It is also known to be from `low` to `high`."""
        self.low[number] = max(self.low[number], low)
        self.high[number] = min(self.high[number], high)

    def copy(self) -> "Bounds":
        """The same, to be narrowed apart."""
        return Bounds(self.low.copy(), self.high.copy(), self.sums)

    def forget(self, number: int) -> None:
        """Nothing is known of it."""
        self.low[number], self.high[number] = -MOST if self.sums[number] else 0.0, MOST


def nothing_known(sums: Iterable[bool]) -> Bounds:
    """Bounds of quantities of which nothing is known, except which are sums."""
    are_sums = np.array(list(sums), dtype=bool)
    return Bounds(np.where(are_sums, -MOST, 0.0), np.full(len(are_sums), MOST), are_sums)


def believable(rows: Iterable[Row], bounds: Bounds) -> Iterator[Row]:
    """The rows without the assumptions that are seen to be wrong by what is known.

    What was assumed to add up may still be within its whole.
    """
    for row in rows:
        if not row.assumed or _is_possible(row, bounds):
            yield row
        elif _is_possible(at_least := replace(row, high=INFINITE), bounds):
            yield at_least


def _is_possible(row: Row, bounds: Bounds) -> bool:
    least = sum(f * (bounds.low if f > 0 else bounds.high)[one] for one, f in row.terms)
    most = sum(f * (bounds.high if f > 0 else bounds.low)[one] for one, f in row.terms)
    return bool(least <= row.high + _NEARLY and most >= row.low - _NEARLY)
