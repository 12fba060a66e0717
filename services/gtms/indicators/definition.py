"""What an indicator is: words, formula and the tables in which it is published.

An indicator counts the rows of a population (one row per person, episode, facility or record and
period) by dimensions. It is data: the statement that computes it is made from it by `statement.py`,
the catalogue that UNODC reads is made from it by the query service, and nothing else knows a
formula.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import Literal, TypeAlias

from gtms.records.periods import PeriodKind

Table: TypeAlias = tuple[str, ...]

POOLED = "pooled"
"""Name of the value that years of a pooled indicator have beside the computed ones."""
Figure: TypeAlias = Literal["value", "lower", "upper"]


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


class Aspect(StrEnum):
    """What populations are made of; a change of one leaves indicators of the others as they are.

    `PEOPLE` admissions and outcomes, and the estimates that people are set against; `PLACES` the
    register of facilities, their capacity and quality; `TRAININGS` events and participants.
    """

    PEOPLE = "people"
    PLACES = "places"
    TRAININGS = "trainings"


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """The rows that indicators count, one per unit of count and period.

    Attributes:
        name: of the population, for people.
        rows: SELECT that yields `period` (number in the table of periods), one column per
            dimension's code, and whatever the measures need. Persons whose episodes are changed
            change nothing else in a period in which the rows of these persons alone are the same:
            so rows are of one person each, or sums. What they say no more than is asked spares
            computing (`gtms.processing.comparing`).
        dimensions: what the rows can be divided by.
        sets: names of dimensions whose column is an array: a unit counts once in each of its values
            and such a table does not add up to its total.
        reads: what the rows are made of.
    """

    name: str
    rows: str
    dimensions: tuple[Dimension, ...]
    sets: frozenset[str] = frozenset()
    reads: frozenset[Aspect] = frozenset({Aspect.PEOPLE})


@dataclass(frozen=True, slots=True)
class Count:
    """Number of rows for which `condition` holds."""

    condition: str = "1"


@dataclass(frozen=True, slots=True)
class Distinct:
    """Number of distinct values in the arrays `of` of all rows together."""

    of: str


@dataclass(frozen=True, slots=True)
class Ratio:
    """`scale` × sum of `numerator` / sum of `denominator`, both whole numbers summed over the rows.

    Only whole numbers are summed, so that the order of summation cannot change the result: what is
    not whole is summed in parts of which `numerator_unit` (`denominator_unit`) make one. `awaiting`
    is summed beside them: when the denominator is 0 but it is not, the value is not missing but not
    matured.
    """

    numerator: str
    denominator: str = "1"
    awaiting: str = "0"
    scale: float = 1.0
    numerator_unit: float = 1.0
    denominator_unit: float = 1.0


@dataclass(frozen=True, slots=True)
class Percent(Ratio):
    """100 × sum of `numerator` / sum of `denominator`."""

    scale: float = 100.0


@dataclass(frozen=True, slots=True)
class Share:
    """`scale` × `counted` rows with a value of the dimension `of` / the `weight` of all its values.

    Within the other dimensions of the table; it has no total, which would say nothing new.
    """

    of: str
    counted: str
    weight: str
    scale: float = 100.0
    weight_unit: float = 1.0


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Exact quantiles of `of` over the rows for which `condition` holds: name to level in 0..1."""

    of: str
    condition: str
    levels: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Deviation:
    """Sample standard deviation of whole numbers `of` over the rows for which `condition` holds."""

    of: str
    condition: str


@dataclass(frozen=True, slots=True)
class Difference:
    """`first` minus `second`; its denominator is the smaller of theirs."""

    first: Ratio
    second: Ratio


@dataclass(frozen=True, slots=True)
class Estimated:
    """`scale` × sum of `counted` over the rows / an estimate of the population.

    `estimate` is one of `gtms.indicators.estimates`, `figure` its best value or a bound of it. A
    table with a dimension in `undivided` has the estimate of all of them for each value.
    """

    estimate: str
    counted: str
    figure: Figure = "value"
    scale: float = 100.0
    undivided: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Gap(Estimated):
    """An estimate minus the sum of `counted` over the rows."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Coverage of one group / coverage of another; both are values of the dimension `of`.

    The coverage of a group is the percentage that the sum of `counted` is of its estimate.
    """

    estimate: str
    counted: str
    of: str
    first: str
    second: str


Measure: TypeAlias = (
    Count | Distinct | Ratio | Share | Quantiles | Deviation | Difference | Estimated | Compared
)


@dataclass(frozen=True, slots=True)
class Part:
    """A measure over a population, with the largest tables in which it is published.

    Attributes:
        name: of the value, for measures that have only one.
        within: dimensions that every table of the part has; it has no total then.
        totalled: false when another part has the total, because it counts other rows.
        yearly: true when it is computed for years only.
    """

    population: Population
    measure: Measure
    tables: tuple[Table, ...]
    name: str = "value"
    within: tuple[str, ...] = ()
    totalled: bool = True
    yearly: bool = False

    @property
    def needed(self) -> frozenset[str]:
        """Names of the dimensions that every table has."""
        of = {self.measure.of} if isinstance(self.measure, Share) else set()
        return frozenset({*self.within, *of})

    @property
    def counted_by(self) -> frozenset[str]:
        """Names of the dimensions that rows are counted by beside those of each table."""
        return frozenset({self.measure.of} if isinstance(self.measure, Compared) else ())

    @property
    def has_total(self) -> bool:
        """Whether there is a value for all rows together."""
        return self.totalled and not self.needed

    @property
    def values(self) -> tuple[str, ...]:
        """Names of its values."""
        match self.measure:
            case Quantiles(levels=levels):
                return tuple(name for name, _ in levels)
            case _:
                return (self.name,)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One entry of the catalogue.

    Attributes:
        id: as in the catalogue, e.g. `A02`. version: raised when the meaning changes. title: for
        people. unit_of_count: person, episode, facility, record; with `%`, `days` or the like
        where it is not a count. formula: how it is computed, in words that a statistician can
        check. numerator: what is counted. denominator: by what it is divided; empty for counts.
        source: standard that it follows. publishing_rule: PR-N, PR-S, PR-R, exact or mature.
        parts: what is computed;
        more than one only where a table counts other rows than the total. caveats: what a reader
        must know. pooled: whether a year also has its value over the three years that end with it,
        made when it is read.
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
    pooled: bool = False

    @property
    def tables(self) -> tuple[Table, ...]:
        """The largest tables, each a tuple of dimension names."""
        return tuple(table for part in self.parts for table in part.tables)

    @property
    def measures(self) -> tuple[str, ...]:
        """Names of the values that the indicator has for each combination of dimensions."""
        return tuple(dict.fromkeys(n for part in self.parts for n in part.values))

    @property
    def reads(self) -> frozenset[Aspect]:
        """What its values are made of."""
        return frozenset().union(*(part.population.reads for part in self.parts))

    @property
    def sets(self) -> frozenset[str]:
        """Names of its dimensions that do not add up to the total."""
        return frozenset().union(*(part.population.sets for part in self.parts))


def part_tables(part: Part, kind: PeriodKind) -> frozenset[Table]:
    """All tables of a part for periods of one kind, dimension names sorted.

    Years have every subset of each table that has the dimensions that the part needs; quarters and
    months the total and single dimensions, or, where some are needed, the smallest table.
    """
    if part.yearly and kind is not PeriodKind.YEAR:
        return frozenset()
    most_in_short = max(1, len(part.needed))
    return frozenset(
        tuple(sorted(subset))
        for table in part.tables
        for size in range(len(table) + 1)
        for subset in combinations(table, size)
        if part.needed <= set(subset)
        and (kind is PeriodKind.YEAR or size <= most_in_short)
        and (part.has_total or size > 0)
    )


def tables_for(indicator: Indicator, kind: PeriodKind) -> frozenset[Table]:
    """Every table that may be asked for, dimension names sorted; the total is the empty tuple."""
    return frozenset().union(*(part_tables(part, kind) for part in indicator.parts))
