"""What an indicator is: words, formula and the tables in which it is published.

An indicator counts the rows of a population (one row per person, episode, facility or record and
period) by dimensions. It is data: the statement that computes it is made from it by `statement.py`,
the catalogue that UNODC reads is made from it by the query service, and nothing else knows a
formula.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeAlias

from gtms.records.periods import PeriodKind

Table: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Dimension:
    """One way to divide a population.

    Attributes:
        name: as published, e.g. `sex`.
        code: expression over a population's row that gives the code.
        labels: code to label; None when the code is the label itself (regions, facilities).
        unknown: label of every other code, and of an empty one.
    """

    name: str
    code: str
    labels: Mapping[int, str] | None
    unknown: str = "UNKNOWN"


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """The rows that indicators count, one per unit of count and period.

    Attributes:
        name: of the population, for people.
        rows: SELECT that yields `period` (number in the table of periods), one column per
            dimension's code, and whatever the measures need.
        dimensions: what the rows can be divided by.
        sets: names of dimensions whose column is an array: a unit counts once in each of its values
            and such a table does not add up to its total.
    """

    name: str
    rows: str
    dimensions: tuple[Dimension, ...]
    sets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Count:
    """Number of rows for which `condition` holds."""

    condition: str = "1"


@dataclass(frozen=True, slots=True)
class Percent:
    """100 × sum of `numerator` / sum of `denominator`, both summed over the rows.

    `awaiting` is summed beside them: when the denominator is 0 but it is not, the value is not
    missing but not matured.
    """

    numerator: str
    denominator: str
    awaiting: str = "0"


@dataclass(frozen=True, slots=True)
class Share:
    """Percentage of each known value of the dimension `of` among all its known values.

    Within the other dimensions of the table; it has no total, which would always be 100.
    """

    of: str


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Exact quantiles of `of` over the rows for which `condition` holds: name to level in 0..1."""

    of: str
    condition: str
    levels: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Mean:
    """100 × the mean over rows of a share in 0..1.

    Given as whole billionths, so that the order of summation cannot change the result.
    """

    billionths: str


Measure: TypeAlias = Count | Percent | Share | Quantiles | Mean


@dataclass(frozen=True, slots=True)
class Part:
    """A measure over a population, with the largest tables in which it is published.

    `totalled` is false when another part has the total, because it counts other rows.
    """

    population: Population
    measure: Measure
    tables: tuple[Table, ...]
    totalled: bool = True


@dataclass(frozen=True, slots=True)
class Indicator:
    """One entry of the catalogue.

    Attributes:
        id: as in the catalogue, e.g. `A02`. version: raised when the meaning changes. title: for
        people. unit_of_count: person, episode, facility, record; with `%` or `days` where it is not
        a count. formula: how it is computed, in words that a statistician can check. numerator:
        what is counted. denominator: by what it is divided; empty for counts. source: standard that
        it follows. publishing_rule: PR-N, PR-S, PR-R, exact or mature. parts: what is computed;
        more than one only where a table counts other rows than the total. caveats: what a reader
        must know.
    """

    id: str
    version: int
    title: str
    unit_of_count: str
    formula: str
    numerator: str
    denominator: str
    source: str
    publishing_rule: str
    parts: tuple[Part, ...]
    caveats: tuple[str, ...] = field(default=())

    @property
    def tables(self) -> tuple[Table, ...]:
        """The largest tables, each a tuple of dimension names."""
        return tuple(table for part in self.parts for table in part.tables)

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of the values that the indicator has for each combination of dimensions."""
        return tuple(dict.fromkeys(n for part in self.parts for n in measure_names(part.measure)))

    @property
    def sets(self) -> frozenset[str]:
        """Names of its dimensions that do not add up to the total."""
        return frozenset().union(*(part.population.sets for part in self.parts))


def measure_names(measure: Measure) -> tuple[str, ...]:
    """`value`, or the names of the quantiles."""
    if isinstance(measure, Quantiles):
        return tuple(name for name, _ in measure.levels)
    return ("value",)


def part_tables(part: Part, kind: PeriodKind) -> frozenset[Table]:
    """All tables of a part for periods of one kind, dimension names sorted.

    Years have every subset of each table; quarters and months the total and single dimensions. A
    share needs the dimension that it is a share of: it has no total, and for quarters and months it
    has that dimension alone.
    """
    needed = {part.measure.of} if isinstance(part.measure, Share) else set()
    return frozenset(
        tuple(sorted(subset))
        for table in part.tables
        for size in range(len(table) + 1)
        for subset in combinations(table, size)
        if needed <= set(subset)
        and (kind is PeriodKind.YEAR or size <= 1)
        and (part.totalled or size > 0)
    )


def tables_for(indicator: Indicator, kind: PeriodKind) -> frozenset[Table]:
    """Every table that may be asked for, dimension names sorted; the total is the empty tuple."""
    return frozenset().union(*(part_tables(part, kind) for part in indicator.parts))
