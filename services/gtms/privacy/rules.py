"""Which publishing rule a cell falls under, and what the rule alone makes of it.

The rules are those of §3.5 of the specification: PR-N, PR-S, PR-R, deaths, exact. What other cells
would give away is not judged here.
"""

from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache

from gtms.indicators.definition import (
    POOLED,
    Count,
    Distinct,
    Estimated,
    Gap,
    Indicator,
    Part,
    Percent,
    Ratio,
    Share,
)
from gtms.privacy.cells import WITH_VALUE, Cell, Status
from gtms.records.profiles import Profile

FACILITY = "facility"
REGION = "admin1"
SUBNATIONAL = frozenset({REGION, FACILITY})
"""Dimensions that say where in the country people are: their cells are rounded."""
MANY = 3
"""A table of so many dimensions is rounded like a sub-national one."""
FEWEST = 20
"""Rates and means are of at least so many people."""
FEWEST_AT_EVENT = 10
"""The same where the indicator says n>=10."""
FEWEST_DEATHS = 5
DECIMALS = 1


class Rule(Enum):
    """How the people behind a value are protected."""

    COUNT = auto()
    RATE = auto()
    MEAN = auto()
    DEATHS = auto()
    EXACT = auto()


@dataclass(frozen=True, slots=True)
class Ruling:
    """What holds for the cells of one table of one value.

    Attributes:
        rule: that of the value. part: what computes it. local: whether its cells are rounded.
        fewest: how many people a rate or a mean needs.
    """

    rule: Rule
    part: Part
    local: bool
    fewest: int


@cache
def ruling(indicator: Indicator, measure: str, table: tuple[str, ...]) -> Ruling:
    """The rule for the cells of a table.

    Raises:
        KeyError: the indicator has no such value in no such table.
    """
    part = _part(indicator, measure, table)
    local = bool(SUBNATIONAL & set(table)) or len(table) >= MANY
    return Ruling(_rule(indicator, part), part, local, _fewest(indicator))


def is_small(count: float, profile: Profile) -> bool:
    """Whether a number of people is too small to be told, and not zero."""
    return 0 < count < profile.k_threshold


def rounded(count: float, profile: Profile) -> float:
    """To the nearest multiple of the base, halves up: 7 → 5, 8 → 10; to 0 only what is 0."""
    base = profile.rounding_base
    steps = int((count + base / 2) // base)
    return float(base * (max(steps, 1) if count > 0 else steps))


def withheld(cell: Cell, status: Status) -> Cell:
    """The cell without anything that tells its value."""
    return replace(cell, value=None, numerator=None, denominator=None, status=status)


def alone(cell: Cell, under: Ruling, people: float | None, profile: Profile) -> Cell:
    """What may be published of a cell if there were no other.

    Args:
        cell: as computed.
        under: its rule.
        people: how many the mean or the ratio is of; None when that is not known.
        profile: the country's threshold and rounding base.
    """
    if cell.status not in WITH_VALUE or cell.value is None:
        return withheld(cell, cell.status)
    if under.rule is Rule.EXACT:
        return _of_facility(cell) if FACILITY in cell.table else cell
    if _too_few(cell, under, people, profile):
        return withheld(cell, Status.SUPPRESSED_PRIMARY)
    return _in_steps(cell, under, profile) if under.local else cell


def _part(indicator: Indicator, measure: str, table: tuple[str, ...]) -> Part:
    dimensions = set(table)
    for part in indicator.parts:
        named = measure in part.values or (indicator.pooled and measure == POOLED)
        within = any(dimensions <= set(each) for each in part.tables)
        total = part.has_total if not dimensions else part.needed <= dimensions
        if named and within and total:
            return part
    raise KeyError(f"{indicator.id} has no value {measure} by {', '.join(table) or 'nothing'}")


def _rule(indicator: Indicator, part: Part) -> Rule:
    rule = indicator.publishing_rule
    if rule.startswith(("exact", "no named facility")):
        return Rule.EXACT
    match part.measure:
        case Count() | Distinct() | Estimated():
            return Rule.COUNT
        case _ if "deaths" in rule:
            return Rule.DEATHS
        case Share() if rule.startswith("PR-N"):
            return Rule.COUNT
        case Share():
            return Rule.RATE
        case Percent(denominator_unit=1.0):
            return Rule.RATE
        case _:
            return Rule.MEAN


def _fewest(indicator: Indicator) -> int:
    return FEWEST_AT_EVENT if indicator.publishing_rule.startswith("n>=10") else FEWEST


def _too_few(cell: Cell, under: Ruling, people: float | None, profile: Profile) -> bool:
    """Whether the rule hides the cell for the people that it counts itself."""
    counted = cell.numerator or 0.0
    match under.rule:
        case Rule.COUNT if isinstance(under.part.measure, Share):
            return is_small(counted, profile) or is_small(cell.denominator or 0.0, profile)
        case Rule.COUNT:
            return is_small(counted, profile)
        case Rule.DEATHS:
            return counted < FEWEST_DEATHS
        case Rule.RATE:
            whole = cell.denominator or 0.0
            parts = (counted, whole - counted)
            return whole < under.fewest or any(is_small(one, profile) for one in parts)
        case _:
            return people is None or people < under.fewest


def _in_steps(cell: Cell, under: Ruling, profile: Profile) -> Cell:
    """The cell made of rounded parts."""
    counted = rounded(cell.numerator or 0.0, profile)
    measure = under.part.measure
    match measure:
        case Count() | Distinct():
            return replace(cell, value=counted, numerator=counted, status=Status.ROUNDED)
        case Gap():
            value = (cell.denominator or 0.0) - counted
            return replace(cell, value=value, numerator=counted, status=Status.ROUNDED)
        case Estimated(scale=scale):
            value = round(scale * counted / (cell.denominator or 1.0), DECIMALS)
            return replace(cell, value=value, numerator=counted, status=Status.ROUNDED)
        case _:
            pass
    whole = rounded(cell.denominator or 0.0, profile)
    if under.rule in (Rule.RATE, Rule.COUNT) and isinstance(measure, Ratio | Share):
        value = round(measure.scale * counted / whole, DECIMALS)
        return replace(
            cell, value=value, numerator=counted, denominator=whole, status=Status.ROUNDED
        )
    value = round(cell.value or 0.0, DECIMALS)
    return replace(cell, value=value, numerator=None, denominator=whole, status=Status.ROUNDED)


def _of_facility(cell: Cell) -> Cell:
    """Data quality of a facility: in whole per cent, without how many people it has."""
    value = float(round(cell.value or 0.0))
    return replace(cell, value=value, numerator=None, denominator=None, status=Status.ROUNDED)
