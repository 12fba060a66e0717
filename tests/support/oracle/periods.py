"""Periods and the parameters of a country, as the definitions name them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["year", "quarter", "month"]
Describing = Literal["FIRST", "LAST"]

DAY, MONTH, YEAR, ESTIMATED = 1, 2, 3, 4
_PRECISE_ENOUGH = {
    "month": {DAY, MONTH, ESTIMATED},
    "quarter": {DAY, MONTH, ESTIMATED},
    "year": {DAY, MONTH, YEAR, ESTIMATED},
}


@dataclass(frozen=True, slots=True)
class Profile:
    """Parameters of a country; days unless said otherwise."""

    journey_gap_days: int = 21
    entrant_gap_days: int = 180
    stale_days: int = 180
    year_start: int = 1
    """Month (1..12) in which the reporting year and its quarters begin."""
    attribute_episode: Describing = "LAST"
    """Which start of a period describes an entrant: the last, or the first qualifying one."""
    alcohol_included: bool = True
    """Whether episodes with alcohol or nicotine as primary substance are treatment."""


@dataclass(frozen=True, slots=True)
class Period:
    """[first, after): half-open, in local dates."""

    name: str
    kind: Kind
    first: date
    after: date

    def holds(self, day: date) -> bool:
        return self.first <= day < self.after

    def counts(self, precision: int) -> bool:
        """Whether a date known to this precision may count in a period this short."""
        return precision in _PRECISE_ENOUGH[self.kind]


def _month_after(year: int, month: int, months: int) -> date:
    index = year * 12 + (month - 1) + months
    return date(index // 12, index % 12 + 1, 1)


def period(name: str, profile: Profile) -> Period:
    """The period called '2025', '2025-Q1' or '2025-01'; years and quarters move by year_start."""
    year = int(name[:4])
    if len(name) == 4:
        return Period(
            name,
            "year",
            _month_after(year, profile.year_start, 0),
            _month_after(year, profile.year_start, 12),
        )
    if name[5] == "Q":
        skipped = 3 * (int(name[6]) - 1)
        return Period(
            name,
            "quarter",
            _month_after(year, profile.year_start, skipped),
            _month_after(year, profile.year_start, skipped + 3),
        )
    month = int(name[5:7])
    return Period(name, "month", date(year, month, 1), _month_after(year, month, 1))


def year_of(period_: Period, profile: Profile) -> int:
    """The number of the country's year that the period lies in."""
    years = (period(str(each), profile) for each in range(period_.first.year - 1, 9999))
    return next(int(each.name) for each in years if each.holds(period_.first))


def periods_of(year: int, profile: Profile, as_of: date) -> list[Period]:
    """The year, its quarters and the months that share its number, begun on or before as_of."""
    names = [f"{year}"]
    names += [f"{year}-Q{quarter}" for quarter in (1, 2, 3, 4)]
    names += [f"{year}-{month:02}" for month in range(1, 13)]
    begun = [period(name, profile) for name in names]
    return [each for each in begun if each.first <= as_of]
