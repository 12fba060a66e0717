"""How quantities of a period depend on those of the shorter periods in it.

Episodes begin or end in one month: months add up to quarters and years, but for dates that are
known to the year only. People are counted in every period anew: they do not add up, and nobody is
in a month who is not in its year.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from gtms.indicators.definition import POOLED, Indicator
from gtms.indicators.populations.entry import ADMISSIONS, ENTRANTS
from gtms.indicators.populations.leaving import DISCHARGES
from gtms.indicators.populations.trainings import PARTICIPANTS
from gtms.indicators.populations.treatment import IN_TREATMENT
from gtms.privacy.cells import Cell, Place
from gtms.privacy.quantities import Quantity
from gtms.privacy.rows import INFINITE, Row
from gtms.records.periods import Period, PeriodKind, parse

_EPISODES = frozenset({ADMISSIONS.name, DISCHARGES.name, PARTICIPANTS.name})
_PEOPLE = frozenset({ENTRANTS.name, IN_TREATMENT.name})
_LAST_OF_PERIOD = frozenset({"last_exit", "last_release"})
"""Columns that say something of a period and not of the episode alone."""


def beside(
    cells: Sequence[Cell],
    earlier: Iterable[Sequence[Cell]],
    catalogue: Mapping[str, Indicator],
) -> list[Cell]:
    """What was published last of other periods, as far as it depends on the periods of the cells.

    Args:
        cells: that are published now.
        earlier: what was published before, the oldest first.
        catalogue: the definitions of the indicators.
    """
    periods = {cell.period for cell in cells}
    newest: dict[Place, Cell] = {}
    for vintage in earlier:
        newest.update((cell.place, cell) for cell in vintage if cell.period not in periods)
    counting = {
        one.id
        for one in catalogue.values()
        if any(part.population.name in _EPISODES | _PEOPLE for part in one.parts)
    }
    return [cell for cell in newest.values() if cell.indicator in counting]


def nested(told: Mapping[Quantity, int], year_start: int) -> Iterator[Row]:
    """The rows between told quantities, by their numbers, that are the same in other periods."""
    labels = {one.period for one in told if not one.period.startswith(POOLED)}
    periods = {label: parse(label, year_start) for label in labels}
    families = defaultdict[object, dict[str, int]](dict)
    kinds: set[object] = set()
    for quantity, number in told.items():
        if _compares(quantity) and quantity.period in periods:
            families[_but_period(quantity)][quantity.period] = number
            kinds.add((_family(quantity), periods[quantity.period].kind))
    parts = {label: _parts(period, periods.values()) for label, period in periods.items()}
    quantities = {number: quantity for quantity, number in told.items()}
    for own in families.values():
        for label, whole in own.items():
            quantity = quantities[whole]
            for kind, inside in parts[label].items():
                if (_family(quantity), kind) in kinds:
                    numbers = [own[each.label] for each in inside if each.label in own]
                    yield from _rows(
                        quantity, whole, numbers, complete=_is_complete(periods[label], inside)
                    )


def _compares(quantity: Quantity) -> bool:
    if quantity.population in _PEOPLE:
        return not quantity.where and not quantity.rest
    columns = {name for name, _ in quantity.where}
    return quantity.population in _EPISODES and not columns & _LAST_OF_PERIOD


def _but_period(quantity: Quantity) -> object:
    return (quantity.population, quantity.rest, quantity.where, quantity.is_sum)


def _family(quantity: Quantity) -> object:
    columns = frozenset(name for name, _ in quantity.where)
    return (quantity.population, quantity.rest, columns, quantity.is_sum)


def _parts(whole: Period, among: Collection[Period]) -> Mapping[PeriodKind, Sequence[Period]]:
    """The shorter periods within a period that are there, by kind."""
    found: defaultdict[PeriodKind, list[Period]] = defaultdict(list)
    for one in among:
        if one.kind > whole.kind and whole.first <= one.first and one.after <= whole.after:
            found[one.kind].append(one)
    return found


def _is_complete(whole: Period, parts: Sequence[Period]) -> bool:
    return sum((one.after - one.first).days for one in parts) == (whole.after - whole.first).days


def _rows(quantity: Quantity, whole: int, parts: Sequence[int], *, complete: bool) -> Iterator[Row]:
    sums = tuple((part, -1.0) for part in parts)
    if quantity.population in _PEOPLE:
        yield from (Row(((whole, 1.0), term), 0.0, INFINITE) for term in sums)
        if complete:
            yield Row(((whole, 1.0), *sums), -INFINITE, 0.0, assumed=True)
    elif complete:
        yield Row(((whole, 1.0), *sums), 0.0, 0.0, assumed=True)
    elif sums and not quantity.is_sum:
        yield Row(((whole, 1.0), *sums), 0.0, INFINITE)
