"""What an outsider knows of single quantities when cells are published: bounds of each.

The outsider knows the rules, the definitions and every published cell, but no record.
"""

from collections.abc import Iterator, Sequence
from math import ceil

from gtms.indicators.definition import Compared, Deviation, Difference, Estimated, Share
from gtms.privacy.cells import SUPPRESSED, WITH_VALUE, Cell, Status
from gtms.privacy.relations import Judged, Relations
from gtms.privacy.rows import MOST, Bounds, nothing_known
from gtms.privacy.rules import FEWEST_DEATHS, Rule
from gtms.records.profiles import Profile


def known(relations: Relations, published: Sequence[Cell], profile: Profile) -> Bounds:
    """What the cells say each by itself; `published` in the order of `relations.judged`."""
    bounds = nothing_known(one.is_sum for one in relations.quantities)
    for judged, cell in zip(relations.judged, published, strict=True):
        for number, low, high in learned(judged, cell, profile):
            bounds.narrow(number, low, high)
    return bounds


def learned(judged: Judged, cell: Cell, profile: Profile) -> Iterator[tuple[int, float, float]]:
    """Bounds of the quantities of a cell that are learned from what is published of it."""
    if judged.under.rule is Rule.EXACT:
        return
    if cell.status in WITH_VALUE:
        yield from _shown(judged, cell, profile)
    elif cell.status in SUPPRESSED:
        yield from _hidden(judged, cell, profile)
    elif not isinstance(judged.under.part.measure, Estimated | Compared | Difference):
        most = 1.0 if isinstance(judged.under.part.measure, Deviation) else 0.0
        for number in (judged.above, judged.below):
            if number is not None:
                yield number, 0.0, most


def _shown(judged: Judged, cell: Cell, profile: Profile) -> Iterator[tuple[int, float, float]]:
    above = cell.numerator
    if above is None and cell.denominator is None:
        above = cell.value
    for number, value in ((judged.above, above), (judged.below, cell.denominator)):
        if number is not None and value is not None:
            rounded = cell.status is Status.ROUNDED
            yield number, *(_around(value, profile) if rounded else (value, value))


def _around(value: float, profile: Profile) -> tuple[float, float]:
    """The numbers that are rounded to a value; few people are not rounded but hidden."""
    if value == 0:
        return 0.0, 0.0
    base = profile.rounding_base
    low, after = value - base / 2, value + base / 2
    first = 0.0 if value == base else float(ceil(low))
    return max(first, profile.k_threshold), float(ceil(after)) - 1


def _hidden(judged: Judged, cell: Cell, profile: Profile) -> Iterator[tuple[int, float, float]]:
    """Primary: few, and not none. Secondary: not none."""
    if judged.above is None:
        return
    primary = cell.status is Status.SUPPRESSED_PRIMARY
    rule, measure = judged.under.rule, judged.under.part.measure
    if rule is Rule.COUNT and not isinstance(measure, Share):
        yield judged.above, 1.0, profile.k_threshold - 1.0 if primary else MOST
    elif rule is Rule.DEATHS and primary:
        yield judged.above, 0.0, FEWEST_DEATHS - 1.0
