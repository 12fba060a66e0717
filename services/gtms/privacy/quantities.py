"""The numbers behind cells: one number is one quantity, however many cells tell it.

A count, the numerator of a share and the denominator that stands beside another value may be the
same number. Whoever hides one of them must hide all.
"""

from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

from gtms.indicators.definition import (
    POOLED,
    Compared,
    Count,
    Deviation,
    Difference,
    Distinct,
    Estimated,
    Part,
    Percent,
    Population,
    Quantiles,
    Ratio,
    Share,
)
from gtms.privacy.cells import Cell
from gtms.privacy.expressions import DOMAIN, Codes, column_of, condition, labelled
from gtms.privacy.rules import Rule, Ruling

Where: TypeAlias = frozenset[tuple[str, Codes | str]]
Dimensions: TypeAlias = tuple[tuple[str, str], ...]

HAS = "has "
"""Begins the name of a column of which a person may have several values."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many rows of a population are of a kind in a period, or a sum over them.

    Attributes:
        population: name. period: label. rest: what must hold for the rows, as far as it is not said
            by codes of columns. where: column and its codes. is_sum: whether it is no count.
    """

    population: str
    period: str
    rest: frozenset[str]
    where: Where
    is_sum: bool = False

    @property
    def columns(self) -> dict[str, Codes]:
        """Codes by column, of those that have codes of which a person has one."""
        return {
            name: own
            for name, own in self.where
            if isinstance(own, int) and not name.startswith(HAS)
        }

    def without(self, column: str) -> "Quantity":
        """The quantity for any code of the column."""
        where = frozenset(each for each in self.where if each[0] != column)
        return Quantity(self.population, self.period, self.rest, where, self.is_sum)

    def having(self, column: str, codes: Codes) -> "Quantity":
        """The quantity for these codes of the column."""
        where = self.without(column).where | {(column, codes)}
        return Quantity(self.population, self.period, self.rest, where, self.is_sum)


@dataclass(frozen=True, slots=True)
class Told:
    """What a cell tells when it is published.

    `above` and `below` are its numerator and denominator, as far as they are numbers of people or
    sums over people; `of` is what it is made of without telling it number by number.
    """

    above: Quantity | None = None
    below: Quantity | None = None
    of: tuple[Quantity, ...] = ()


def told(cell: Cell, under: Ruling, without: str = "") -> Told:
    """The quantities of a cell, or of it and those beside it in a dimension, together.

    None for what is exact by its rule.
    """
    if under.rule is Rule.EXACT:
        return Told()
    period = f"{POOLED} {cell.period}" if cell.measure == POOLED else cell.period
    labels = tuple(each for each in cell.dimensions if each[0] != without)
    return _counted(under.part, under.rule).at(period, labels)


@dataclass(frozen=True, slots=True)
class _Counted:
    """The quantities of a part before a period and labels are given."""

    population: Population
    above: str | None
    below: str | None
    above_is_sum: bool = False
    below_is_sum: bool = False
    below_without: str = ""
    of: tuple[tuple[str, Dimensions], ...] = ()

    def at(self, period: str, labels: Dimensions) -> Told:
        below = tuple(each for each in labels if each[0] != self.below_without)
        return Told(
            self._quantity(self.above, period, labels, is_sum=self.above_is_sum),
            self._quantity(self.below, period, below, is_sum=self.below_is_sum),
            tuple(
                found
                for text, extra in self.of
                if (found := self._quantity(text, period, (*labels, *extra), is_sum=False))
            ),
        )

    def _quantity(
        self, text: str | None, period: str, labels: Dimensions, *, is_sum: bool
    ) -> Quantity | None:
        if text is None:
            return None
        place = _place(self.population, text, labels)
        if place is None:
            return None
        rest, where = place
        return Quantity(self.population.name, period, rest, where, is_sum)


@cache
def _counted(part: Part, rule: Rule) -> _Counted:
    """What the measure of a part counts."""
    population = part.population
    match part.measure:
        case Count(counted):
            return _Counted(population, counted, None)
        case Compared(counted=counted, of=of, first=first, second=second):
            return _Counted(
                population,
                None,
                None,
                of=((counted, ((of, first),)), (counted, ((of, second),))),
            )
        case Estimated(counted=counted):
            return _Counted(population, counted, None)
        case Share(of=of, counted=counted, weight=weight, weight_unit=unit):
            below = weight if unit == 1.0 else None
            return _Counted(population, counted, below, below_without=of)
        case Ratio() as ratio:
            return _of_ratio(population, ratio, rule)
        case Quantiles(condition=text) | Deviation(condition=text):
            return _Counted(population, None, text)
        case Difference(first, second):
            texts = (first.numerator, first.denominator, second.numerator, second.denominator)
            return _Counted(population, None, None, of=tuple((text, ()) for text in texts))
        case Distinct():
            return _Counted(population, None, None)


def _of_ratio(population: Population, ratio: Ratio, rule: Rule) -> _Counted:
    if rule is Rule.DEATHS:
        below = ratio.denominator if ratio.denominator_unit == 1.0 else None
        return _Counted(population, ratio.numerator, below)
    if rule is Rule.RATE:
        return _Counted(population, ratio.numerator, ratio.denominator)
    below_is_sum = isinstance(ratio, Percent)
    return _Counted(
        population,
        ratio.numerator,
        ratio.denominator,
        above_is_sum=True,
        below_is_sum=below_is_sum,
    )


@cache
def _place(
    population: Population, text: str, labels: Dimensions
) -> tuple[frozenset[str], Where] | None:
    """Condition and labels together; None when no row can be there."""
    asked = condition(population, text)
    found: dict[str, Codes | str] = dict(asked.codes)
    for name, label in labels:
        column, own = _label(population, name, label)
        before = found.get(column, own)
        found[column] = own if isinstance(own, str) or isinstance(before, str) else before & own
    if not all(found.values()):
        return None
    return asked.rest, frozenset(each for each in found.items() if each[1] != DOMAIN)


@cache
def _label(population: Population, name: str, label: str) -> tuple[str, Codes | str]:
    """The column of a dimension, and the codes behind a label."""
    of_labels = labelled(population, name)
    own = label if of_labels is None else of_labels.get(label, label)
    return column(population, name), own


@cache
def column(population: Population, name: str) -> str:
    """The column of a dimension as quantities name it."""
    dimension = next(one for one in population.dimensions if one.name == name)
    if name in population.sets:
        return HAS + name
    return name if dimension.labels is None else column_of(dimension)


def complement(above: Quantity, below: Quantity) -> Quantity:
    """The people below the line who are not above it."""
    counted, whole = above.columns, below.columns
    differing = [one for one in counted if counted[one] != whole.get(one, DOMAIN)]
    same = len(above.where ^ below.where) <= 1 + (len(differing) == 1 and differing[0] in whole)
    if len(differing) == 1 and same and above.rest == below.rest:
        (one,) = differing
        return below.having(one, whole.get(one, DOMAIN) & ~counted[one])
    others = sorted(above.rest - below.rest)
    said = sorted(f"{one} {counted[one]:x}" for one in differing)
    return replace(below, rest=below.rest | {"not " + " and ".join([*others, *said])})
