"""Reporting periods: half-open ranges of local dates with a label.

Labels are `2025` (year), `2025-Q1` (quarter) and `2025-01` (month). A country whose reporting year
starts in April has the year `2025` from 2025-04-01 up to 2026-04-01 and its first quarter from
April to June; months are never moved.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

_LABEL = re.compile(r"^(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$")


class PeriodKind(IntEnum):
    """How long a period is; the numbers are those stored beside cells."""

    YEAR = 1
    QUARTER = 2
    MONTH = 3


_MONTHS = {PeriodKind.YEAR: 12, PeriodKind.QUARTER: 3, PeriodKind.MONTH: 1}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The local dates from `first` (inclusive) to `after` (exclusive)."""

    first: date
    after: date
    kind: PeriodKind
    label: str


class UnknownPeriod(ValueError):
    """A label that names no period; the message says which forms there are."""


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month_start(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def _label(kind: PeriodKind, first: date, year_start: int) -> str:
    if kind is PeriodKind.MONTH:
        return f"{first.year:04d}-{first.month:02d}"
    shifted = _month_number(first) - (year_start - 1)
    if kind is PeriodKind.YEAR:
        return f"{shifted // 12:04d}"
    return f"{shifted // 12:04d}-Q{shifted % 12 // 3 + 1}"


def containing(day: date, kind: PeriodKind, year_start: int = 1) -> Period:
    """The period of `kind` that holds `day`; `year_start` is the month in which years start."""
    length = _MONTHS[kind]
    shifted = _month_number(day) - (year_start - 1)
    start = shifted - shifted % length + (year_start - 1)
    first = _month_start(start)
    return Period(first, _month_start(start + length), kind, _label(kind, first, year_start))


def parse(label: str, year_start: int = 1) -> Period:
    """The period that a label names.

    Raises:
        UnknownPeriod: the label has none of the three forms.
    """
    match = _LABEL.match(label)
    if match is None or label.startswith("0000"):
        raise UnknownPeriod("a period is written 2025, 2025-Q1 or 2025-01")
    year, quarter, month = match.groups()
    if month is not None:
        return containing(date(int(year), int(month), 1), PeriodKind.MONTH, year_start)
    start = int(year) * 12 + (year_start - 1)
    if quarter is not None:
        return containing(
            _month_start(start + 3 * (int(quarter) - 1)), PeriodKind.QUARTER, year_start
        )
    return containing(_month_start(start), PeriodKind.YEAR, year_start)


def around(months: Iterable[date], year_start: int = 1) -> frozenset[Period]:
    """Every month, quarter and year that holds one of the given days."""
    return frozenset(containing(day, kind, year_start) for day in months for kind in PeriodKind)
