"""What an outsider can narrow down of a release, from everything that is published.

The attack is the judge of suppression: it reads published cells only, and a release in which it
finds a breach is not published. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from gtms.indicators.definition import Indicator, Share
from gtms.privacy.cells import SUPPRESSED, Cell, Status
from gtms.privacy.knowledge import known
from gtms.privacy.nesting import beside
from gtms.privacy.relations import Judged, Relations, relations
from gtms.privacy.rows import Bounds, Row, believable
from gtms.privacy.rules import Rule
from gtms.privacy.solver import Component, Contradiction, Extreme, components
from gtms.records.profiles import DEFAULT_PROFILE, Profile

_NEARLY = 1e-6


@dataclass(frozen=True, slots=True)
class Breach:
    """A number that an outsider can narrow down too far.

    Attributes:
        cells: that would have told it, or that tell it.
        low, high: what it is found to be between; the true value is not known here.
        because: in words, without values.
    """

    cells: tuple[Cell, ...]
    low: float
    high: float
    because: str


@dataclass(frozen=True, slots=True)
class Secret:
    """A quantity that must stay open to an outsider.

    Attributes:
        number: of the quantity. least: it must be possible that it is so small, and `most`: so
            great, or that `width` lies between the least and the greatest that it can be.
        only_if_few: nothing is wrong as long as it may also be zero or many.
    """

    number: int
    least: float
    most: float
    width: float
    only_if_few: bool = False

    def is_open(self, low: float, high: float) -> bool:
        """Whether bounds leave it open."""
        if self.only_if_few and (low < self.least or high > self.most):
            return True
        return low <= self.least and high >= self.most and high - low >= self.width


@dataclass(frozen=True, slots=True)
class Found:
    """A secret that is not open, and the extremes that bound it."""

    secret: Secret
    low: Extreme
    high: Extreme


def attack(
    published: Sequence[Cell],
    catalogue: Mapping[str, Indicator],
    earlier: Sequence[Sequence[Cell]] = (),
    profile: Profile = DEFAULT_PROFILE,
) -> list[Breach]:
    """What an outsider can narrow down; nothing when the release is safe.

    Args:
        published: cells of one country that are published together.
        catalogue: the definitions of their indicators.
        earlier: what was published before, the oldest first; of it, what other periods tell of
            these. What other vintages of the same periods tell: `gtms.privacy.revisions`.
        profile: the country's threshold and rounding base, which are public.
    """
    public = [*published, *beside(published, earlier, catalogue)]
    made = relations(public, catalogue, profile.year_start)
    bounds = known(made, public, profile)
    across = list(believable(made.across, bounds))
    breaches = [
        Breach(_cells(public, made, number), few, few, "few people are told")
        for number, few in _shown_few(bounds, profile)
    ]
    asked = list(secrets(range(len(made.quantities)), made, public, bounds, profile))
    for found in (*narrowed(made.rows, bounds, asked), *narrowed(across, bounds, asked)):
        cells = _cells(public, made, found.secret.number)
        low, high = ceil(found.low.value - _NEARLY), floor(found.high.value + _NEARLY)
        breaches.append(Breach(cells, low, high, "it follows from other cells"))
    return breaches


def _cells(published: Sequence[Cell], made: Relations, number: int) -> tuple[Cell, ...]:
    return tuple(published[place] for place in made.tellers.get(number, ()))


def _shown_few(bounds: Bounds, profile: Profile) -> Iterator[tuple[int, float]]:
    """Counts that are known, and are of few people."""
    few = (bounds.low == bounds.high) & (bounds.low > 0) & (bounds.low < profile.k_threshold)
    for number in np.flatnonzero(few & ~bounds.sums):
        yield int(number), float(bounds.low[number])


def secrets(
    numbers: Iterable[int],
    made: Relations,
    published: Sequence[Cell],
    bounds: Bounds,
    profile: Profile,
) -> Iterator[Secret]:
    """What must stay open of some quantities, as far as it can be seen from what is published."""
    few = profile.k_threshold - 1
    for number in numbers:
        if bounds.low[number] < bounds.high[number]:
            hidden = [
                _hidden(made.judged[place], published[place], bounds, few)
                for place in made.tellers.get(number, ())
                if made.judged[place].above == number and published[place].status in SUPPRESSED
            ]
            if hidden:
                yield max(hidden, key=lambda one: one.most)
            elif not bounds.sums[number]:
                yield Secret(number, 1, few, few - 1, only_if_few=True)


def _hidden(judged: Judged, cell: Cell, bounds: Bounds, few: int) -> Secret:
    assert judged.above is not None
    counts = judged.under.rule is Rule.COUNT and not isinstance(judged.under.part.measure, Share)
    if counts and cell.status is Status.SUPPRESSED_PRIMARY:
        return Secret(judged.above, 1, few, few - 1)
    width = few - 1.0
    if judged.below is not None:
        width = min(width, max(1.0, bounds.high[judged.below]))
    return Secret(judged.above, float("inf"), float("-inf"), width)


def narrowed(rows: Sequence[Row], bounds: Bounds, asked: Sequence[Secret]) -> Iterator[Found]:
    """Those of the secrets that are not open; all of them where cells contradict each other."""
    by_number = {one.number: one for one in asked}
    for component in components(rows, bounds):
        own = [by_number[number] for number in component.numbers if number in by_number]
        if not own:
            continue
        try:
            yield from list(_in_component(component, own))
        except Contradiction:
            certain = [row for row in component.rows if not row.assumed]
            if len(certain) < len(component.rows):
                yield from narrowed(certain, bounds, own)
            else:
                nothing = Extreme(0.0, (), True)
                yield from (Found(one, nothing, nothing) for one in own)


def _in_component(component: Component, own: Sequence[Secret]) -> Iterator[Found]:
    left = list(own)
    while left:
        component.spread([one.number for one in left])
        still = [one for one in left if not component.leaves_open(one.number, one.is_open)]
        if len(still) == len(left):
            break
        left = still
    undecided = []
    for secret in left:
        found = _looked_for(component, secret)
        if found is None:
            continue
        if secret.is_open(ceil(found.low.value - _NEARLY), floor(found.high.value + _NEARLY)):
            undecided.append(found)
        else:
            yield found
    if undecided:
        component.in_whole_numbers()
        yield from (one for one in undecided if _looked_for(component, one.secret))


def _looked_for(component: Component, secret: Secret) -> Found | None:
    """The bounds of a secret, unless witnesses show that it is open or it is nothing at all."""
    if component.leaves_open(secret.number, secret.is_open):
        return None
    low = component.least(secret.number)
    if component.leaves_open(secret.number, secret.is_open):
        return None
    high = component.greatest(secret.number)
    if component.leaves_open(secret.number, secret.is_open) or high.value < _NEARLY:
        return None
    return Found(secret, low, high)


def in_single_rows(
    rows: Iterable[Row], bounds: Bounds, asked: Mapping[int, Secret]
) -> Iterator[Found]:
    """Those of the secrets that one row alone gives away: a quick look before the long one."""
    for row in rows:
        if not any(number in asked for number, _ in row.terms):
            continue
        ends = [_ends(factor, bounds.low[one], bounds.high[one]) for one, factor in row.terms]
        least, most = sum(low for low, _ in ends), sum(high for _, high in ends)
        for (number, factor), (low, high) in zip(row.terms, ends, strict=True):
            secret = asked.get(number)
            if secret is None:
                continue
            edges = _ends(1 / factor, row.low - (most - high), row.high - (least - low))
            from_, to = max(edges[0], bounds.low[number]), min(edges[1], bounds.high[number])
            if to > 0 and not secret.is_open(from_, to):
                holding = tuple(one for one, _ in row.terms)
                yield Found(secret, Extreme(from_, holding, True), Extreme(to, (), True))


def _ends(factor: float, low: float, high: float) -> tuple[float, float]:
    return (factor * low, factor * high) if factor > 0 else (factor * high, factor * low)
