"""Drawing from published shares."""

from bisect import bisect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from math import exp
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shares(Generic[T]):
    """Values with cumulative shares; `draw` picks one in proportion to its weight."""

    values: tuple[T, ...]
    cumulative: tuple[float, ...]

    def draw(self, rng: Random) -> T:
        """One value; takes one number from `rng`."""
        return self.values[bisect(self.cumulative, rng.random())]


def shares(weights: Mapping[T, float] | Iterable[tuple[T, float]]) -> Shares[T]:
    """Shares of any positive weights, normalised; ValueError when there is nothing to draw."""
    pairs = tuple(weights.items() if isinstance(weights, Mapping) else weights)
    total = sum(weight for _, weight in pairs)
    if total <= 0:
        raise ValueError("no weight is above zero")
    running = tuple(accumulate(weight / total for _, weight in pairs))
    return Shares(tuple(value for value, _ in pairs), (*running[:-1], 1.0))


@dataclass(frozen=True, slots=True)
class Stay:
    """A length of stay: log-normal with a median in days and the spread of its logarithm."""

    median: float
    spread: float

    def draw(self, rng: Random) -> int:
        """Whole days, at least one."""
        return max(1, round(self.median * exp(rng.gauss(0.0, self.spread))))
