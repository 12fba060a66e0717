"""From units to cells: count them, share them, take their quantiles, table by table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, product
from typing import TypeAlias, TypeVar

from .periods import Period

Unit = TypeVar("Unit")

OK, NOT_MATURED, NOT_AVAILABLE = "OK", "NOT_MATURED", "NOT_AVAILABLE"

Traits: TypeAlias = Mapping[str, str | frozenset[str]]
"""Dimension → value of one unit; a set puts the unit into every one of its values."""
Tables: TypeAlias = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class CellKey:
    country: str
    period: str
    indicator: str
    measure: str
    by: str
    key: str


@dataclass(frozen=True, slots=True)
class CellValue:
    value: float | None
    numerator: float | None
    denominator: float | None
    status: str


Cells: TypeAlias = dict[CellKey, CellValue]


@dataclass(frozen=True, slots=True)
class Share:
    """One unit of a percentage: in the denominator once matured, in the numerator perhaps."""

    traits: Traits
    in_numerator: bool
    matured: bool = True


@dataclass(frozen=True, slots=True)
class Valued:
    """One unit of a mean: an amount once matured."""

    traits: Traits
    amount: int | Fraction
    matured: bool = True


@dataclass(frozen=True, slots=True)
class Measured:
    """One unit of a distribution."""

    traits: Traits
    days: int


def groupings(tables: Tables, period: Period, within: Sequence[str] = ()) -> list[tuple[str, ...]]:
    """All subsets of each table for a year; the total and single dimensions for shorter periods.

    Every grouping has the dimensions `within`: then there is no total, and shorter periods have
    those alone.
    """
    found: set[tuple[str, ...]] = set() if within else {()}
    for table in tables:
        most = len(table) if period.kind == "year" else max(1, len(within))
        for size in range(1, most + 1):
            found |= {
                each for each in combinations(sorted(table), size) if set(within) <= set(each)
            }
    return sorted(found)


def combinations_of(traits: Traits, grouping: Sequence[str]) -> list[str]:
    """The keys of all cells of a grouping that a unit belongs to."""
    values = []
    for dimension in grouping:
        value = traits[dimension]
        values.append(sorted(value) if isinstance(value, frozenset) else [value])
    return [
        "|".join(f"{name}={value}" for name, value in zip(grouping, chosen, strict=True))
        for chosen in product(*values)
    ]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where the cells of one indicator in one country and period are written."""

    cells: Cells
    country: str
    period: Period
    indicator: str
    tables: Tables
    within: tuple[str, ...] = ()

    def part(self, tables: Tables, within: tuple[str, ...] = ()) -> "Sheet":
        """The same indicator for measures that have only these tables."""
        return replace(self, tables=tables, within=within)

    def groupings(self) -> list[tuple[str, ...]]:
        return groupings(self.tables, self.period, self.within)

    def write(
        self,
        grouping: Sequence[str],
        key: str,
        value: float | None,
        numerator: float | None,
        denominator: float | None,
        *,
        measure: str = "value",
        status: str = OK,
    ) -> None:
        where = CellKey(
            self.country, self.period.name, self.indicator, measure, ",".join(grouping), key
        )
        assert where not in self.cells, where
        self.cells[where] = CellValue(value, numerator, denominator, status)

    def percent(
        self,
        grouping: Sequence[str],
        key: str,
        numerator: float,
        denominator: float,
        *,
        measure: str = "value",
        per: int = 100,
    ) -> None:
        """One share; of nothing it is NOT_AVAILABLE in the total and absent elsewhere."""
        if denominator:
            value = per * numerator / denominator
            self.write(grouping, key, value, numerator, denominator, measure=measure)
        elif not grouping:
            self.not_available(numerator, denominator, measure=measure)

    def not_available(
        self, numerator: float | None, denominator: float, *, measure: str = "value"
    ) -> None:
        """The total of something that cannot be computed."""
        self.write((), "", None, numerator, denominator, measure=measure, status=NOT_AVAILABLE)

    def counts(self, units: Iterable[Traits], *, measure: str = "value") -> None:
        """Number of units; the total is there even when it is 0."""
        found = [(traits, traits) for traits in units]
        for grouping in self.groupings():
            for key, members in grouped(found, grouping).items():
                self.write(grouping, key, len(members), len(members), None, measure=measure)

    def shares(self, units: Iterable[Share], *, measure: str = "value", per: int = 100) -> None:
        """Share of the matured units that are in the numerator; NOT_MATURED while none is."""
        found = [(unit.traits, unit) for unit in units]
        for grouping in self.groupings():
            for key, members in grouped(found, grouping).items():
                ripe = [unit.in_numerator for unit in members if unit.matured]
                if members and not ripe:
                    self.write(grouping, key, None, None, None, measure=measure, status=NOT_MATURED)
                else:
                    self.percent(grouping, key, sum(ripe), len(ripe), measure=measure, per=per)

    def means(self, units: Iterable[Valued], *, measure: str = "value") -> None:
        """Mean matured amount, with the sum as numerator and n as denominator."""
        found = [(unit.traits, unit) for unit in units]
        for grouping in self.groupings():
            for key, members in grouped(found, grouping).items():
                ripe = [unit.amount for unit in members if unit.matured]
                total, n = sum(ripe, start=Fraction()), len(ripe)
                if members and not ripe:
                    self.write(grouping, key, None, None, None, measure=measure, status=NOT_MATURED)
                elif n:
                    self.write(grouping, key, float(total / n), float(total), n, measure=measure)
                elif not grouping:
                    self.not_available(0, 0, measure=measure)

    def quantiles(self, units: Iterable[Measured], levels: Mapping[str, float]) -> None:
        """Exact quantiles in days: the element at floor(level · n), with n as denominator."""
        found = [(unit.traits, unit.days) for unit in units]
        for grouping in self.groupings():
            for key, days in grouped(found, grouping).items():
                for measure, level in levels.items():
                    self._quantile(grouping, key, sorted(days), measure, level)

    def _quantile(
        self, grouping: Sequence[str], key: str, days: list[int], measure: str, level: float
    ) -> None:
        if days:
            value = float(days[int(level * len(days))])
            self.write(grouping, key, value, None, len(days), measure=measure)
        else:
            self.write(grouping, key, None, None, 0, measure=measure, status=NOT_AVAILABLE)


def grouped(units: Sequence[tuple[Traits, Unit]], grouping: Sequence[str]) -> dict[str, list[Unit]]:
    """The units of every non-empty cell of a grouping, and of the total even when empty."""
    groups: dict[str, list[Unit]] = {} if grouping else {"": []}
    for traits, unit in units:
        for key in combinations_of(traits, grouping):
            groups.setdefault(key, []).append(unit)
    return groups
