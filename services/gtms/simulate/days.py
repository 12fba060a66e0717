"""Days of a simulation: ordinals inside, ISO dates outside, and how busy each day is."""

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate
from math import exp

DAY_S = 86_400
_EPOCH = date(1970, 1, 1).toordinal()
_WEEKDAYS = (1.25, 1.2, 1.15, 1.1, 1.05, 0.3, 0.2)
_MONTHS = (1.08, 1.02, 1.05, 1.0, 1.0, 0.98, 0.95, 0.96, 1.03, 1.05, 1.02, 0.86)


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of everything that happens in a simulation, as ordinals, both inside."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1

    def month_ends(self) -> Iterator[int]:
        """The last day of every month that ends inside."""
        for day in range(self.first, self.last + 1):
            if date.fromordinal(day + 1).day == 1:
                yield day


def span(first: date, last: date) -> Span:
    """The span of two dates; ValueError when the last is not after the first."""
    if last <= first:
        raise ValueError("the last day of a simulation must be after its first")
    return Span(first.toordinal(), last.toordinal())


@cache
def iso(day: int) -> str:
    """YYYY-MM-DD."""
    return date.fromordinal(day).isoformat()


@cache
def year_month(day: int) -> tuple[int, int]:
    """Year and month of a day."""
    moment = date.fromordinal(day)
    return moment.year, moment.month


def seconds(day: int) -> int:
    """The beginning of a day in seconds since 1970, UTC."""
    return (day - _EPOCH) * DAY_S


@dataclass(frozen=True, slots=True)
class Calendar:
    """Turns progress (0..1 of the admissions) into the day on which the next person comes."""

    first: int
    cumulative: tuple[float, ...]

    def day(self, progress: float) -> int:
        """The day on which this share of all admissions belongs to people already there."""
        reached = progress * self.cumulative[-1]
        return self.first + min(bisect(self.cumulative, reached), len(self.cumulative) - 1)


def calendar(span: Span, growth: float, returns: float, lag_days: float) -> Calendar:
    """How many admissions the people who come on each day bring along, as running total.

    Fewer people come at weekends and in December. Somebody who comes early in the span has time to
    come again (factor `again`); at its beginning some of those who come were in treatment before it
    (factor `before`): together they keep admissions per day level, apart from the growth.
    """
    weights = []
    for day in range(span.first, span.last + 1):
        moment = date.fromordinal(day)
        years = (day - span.first) / 365.25
        before = 1 + returns * exp(-(day - span.first) / lag_days)
        again = 1 + returns * (1 - exp(-(span.last - day) / lag_days))
        season = _WEEKDAYS[moment.weekday()] * _MONTHS[moment.month - 1]
        weights.append((1 + growth) ** years * season * before * again)
    return Calendar(span.first, tuple(accumulate(weights)))
