"""What a vintage tells beside the vintages before it: by how few people a number has changed.

One late admission changes every cell that it counts in by one, and so does an erasure. Where an
earlier vintage told a number exactly, a later one tells it exactly only if it is the same or has
changed by as many people as may be told; otherwise in steps, as numbers of places are, or, where
steps that cross tell it all the same, not at all. What an earlier vintage hid is told in steps too:
exactly it would, where little has changed since, tell what was hidden then, and all that was hidden
with it. Pure.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import inf

from gtms.indicators.definition import Indicator
from gtms.privacy.cells import SUPPRESSED, WITH_VALUE, Cell, Status
from gtms.privacy.disclosure import Breach, Found, Secret, narrowed, secrets
from gtms.privacy.knowledge import known
from gtms.privacy.quantities import Quantity
from gtms.privacy.relations import Relations, relations
from gtms.privacy.rows import Bounds
from gtms.privacy.rules import Rule, Ruling, alone, is_small, withheld
from gtms.records.profiles import Profile

Catalogue = Mapping[str, Indicator]

_EXACT = WITH_VALUE - {Status.ROUNDED}


def in_steps(
    cells: Sequence[Cell],
    public: Sequence[Cell],
    earlier: Sequence[Sequence[Cell]],
    catalogue: Catalogue,
    profile: Profile,
) -> list[Cell]:
    """What may be published beside earlier vintages, in the order of the cells.

    Args:
        cells: as computed.
        public: the same as they could be published if they were the first.
        earlier: vintages that were published before, of whatever periods.
        catalogue: the definitions of their indicators.
        profile: the country's threshold and rounding base.
    """
    before = _exactly(public, earlier, catalogue, profile)
    shown = list(public)
    if not before:
        return shown
    made = relations(public, catalogue, profile.year_start)
    for place in _hidden_before(made, shown, earlier):
        shown[place] = alone(cells[place], _local(made, place), inf, profile)
    while True:
        bounds = known(made, shown, profile)
        found = list(_few(made, bounds, before, profile))
        own = {one.secret.number for one in found} | set(_told_few(made, bounds, before, profile))
        others = {number for one in found for number in (*one.low.holding, *one.high.holding)}
        exact = _telling(made, shown, own | others, _EXACT)
        for place in exact:
            shown[place] = alone(cells[place], _local(made, place), inf, profile)
        hidden = [] if exact else _telling(made, shown, own, WITH_VALUE)
        hidden = hidden or ([] if exact else _uncovering(made, shown, bounds, profile))
        for place in hidden:
            shown[place] = withheld(cells[place], Status.SUPPRESSED_SECONDARY)
        if not exact and not hidden:
            return shown


def changes(
    public: Sequence[Cell],
    earlier: Sequence[Sequence[Cell]],
    catalogue: Catalogue,
    profile: Profile,
) -> list[Breach]:
    """What is told of earlier vintages: changes by few people, and what they hid."""
    before = _exactly(public, earlier, catalogue, profile)
    if not before:
        return []
    made = relations(public, catalogue, profile.year_start)
    bounds = known(made, public, profile)
    found = {one.secret.number for one in _few(made, bounds, before, profile)}
    found |= set(_told_few(made, bounds, before, profile))
    uncovered = [public[place] for place in _hidden_before(made, public, earlier)]
    return [
        Breach((cell,), cell.value or 0.0, cell.value or 0.0, "an earlier vintage hides it")
        for cell in uncovered
    ] + [
        Breach(
            tuple(public[place] for place in made.tellers.get(number, ())),
            bounds.low[number],
            bounds.high[number],
            "an earlier vintage differs by few people",
        )
        for number in sorted(found)
    ]


def _exactly(
    public: Sequence[Cell],
    earlier: Sequence[Sequence[Cell]],
    catalogue: Catalogue,
    profile: Profile,
) -> list[Mapping[Quantity, float]]:
    """What each earlier vintage of the same periods told exactly."""
    periods = {cell.period for cell in public}
    own = [[cell for cell in vintage if cell.period in periods] for vintage in earlier]
    return [_told(vintage, catalogue, profile) for vintage in own if vintage]


def _told(
    vintage: Sequence[Cell], catalogue: Catalogue, profile: Profile
) -> Mapping[Quantity, float]:
    made = relations(vintage, catalogue, profile.year_start)
    bounds = known(made, vintage, profile)
    found = {
        number: float(bounds.low[number])
        for number, quantity in enumerate(made.quantities)
        if not quantity.is_sum and bounds.low[number] == bounds.high[number]
    }
    for judged in made.judged:
        if judged.rest is not None and judged.above in found and judged.below in found:
            assert judged.above is not None
            assert judged.below is not None
            found[judged.rest] = found[judged.below] - found[judged.above]
    return {made.quantities[number]: value for number, value in found.items()}


def _told_few(
    made: Relations,
    bounds: Bounds,
    before: Sequence[Mapping[Quantity, float]],
    profile: Profile,
) -> Iterator[int]:
    """Numbers of quantities that are told exactly again and have changed by few people."""
    for number, quantity in enumerate(made.quantities):
        if bounds.low[number] == bounds.high[number]:
            differing = (bounds.low[number] - told[quantity] for told in before if quantity in told)
            if any(is_small(abs(one), profile) for one in differing):
                yield number


def _few(
    made: Relations,
    bounds: Bounds,
    before: Sequence[Mapping[Quantity, float]],
    profile: Profile,
) -> Iterator[Found]:
    """Quantities that are not told, and whose change by few people follows from others."""
    few = profile.k_threshold - 1
    for told in before:
        for sign in (1, -1):
            asked = [
                _secret(number, told[quantity] + sign * (few + 1) / 2, few)
                for number, quantity in enumerate(made.quantities)
                if quantity in told and bounds.low[number] < bounds.high[number]
            ]
            yield from narrowed(made.rows, bounds, asked)


def _uncovering(
    made: Relations, shown: Sequence[Cell], bounds: Bounds, profile: Profile
) -> list[int]:
    """Places of cells that tell, beside what was hidden for the changes, what is hidden there."""
    asked = list(secrets(range(len(made.quantities)), made, shown, bounds, profile))
    found = list(narrowed(made.rows, bounds, asked))
    own = {one.secret.number for one in found}
    others = {number for one in found for number in (*one.low.holding, *one.high.holding)}
    return _telling(made, shown, own, WITH_VALUE) or _telling(made, shown, others, WITH_VALUE)


def _hidden_before(
    made: Relations, shown: Sequence[Cell], earlier: Sequence[Sequence[Cell]]
) -> list[int]:
    """Places of cells that are told exactly, and that an earlier vintage of the period hid."""
    hidden = {cell.place for vintage in earlier for cell in vintage if cell.status in SUPPRESSED}
    return [
        place
        for place, cell in enumerate(shown)
        if cell.place in hidden
        and cell.status in _EXACT
        and made.judged[place].under.rule is not Rule.EXACT
    ]


def _local(made: Relations, place: int) -> Ruling:
    """The rule of a cell, in steps as those of places are."""
    return replace(made.judged[place].under, local=True)


def _secret(number: int, middle: float, few: int) -> Secret:
    """That a quantity is within the few numbers around the middle must not be found out."""
    half = (few - 1) / 2
    return Secret(number, middle - half, middle + half, few - 1, only_if_few=True)


def _telling(
    made: Relations, shown: Sequence[Cell], numbers: Iterable[int], among: Collection[Status]
) -> list[int]:
    """Places of cells of these statuses that tell any of the quantities."""
    places = {place for number in numbers for place in made.tellers.get(number, ())}
    return [
        place
        for place in sorted(places)
        if made.judged[place].under.rule is not Rule.EXACT and shown[place].status in among
    ]
