"""Recomputing the cells of touched country-periods: always whole, never incremented.

A snapshot of a country and period is written under a new version and becomes current by one row in
`indicators.snapshots`. The version is ClickHouse's clock before the records are read, so a worker
that was stopped in the middle and wakes up late writes an older version, which loses.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeAlias

from gtms.events.failures import Unavailable
from gtms.indicators import estimates, statement
from gtms.indicators.catalogue import CATALOGUE, DIGEST
from gtms.indicators.definition import Aspect
from gtms.processing.session import Session
from gtms.processing.views import CountryPeriod, episodes_in, listed, views
from gtms.records.periods import Period, around
from gtms.records.profiles import Profile

#: How many periods of a country are computed together, at least; and how many episodes times
#: periods of all countries: this bounds the memory of a first load.
PERIODS_AT_ONCE, EPISODES_AT_ONCE = 24, 5_000_000
#: Up to how many episodes lanes work side by side, of which each has its own copy.
EPISODES_PER_LANE = 500_000

#: A snapshot that took longer than this is begun again instead of becoming current ...
LONGEST_MINUTES = 20
#: ... because cells that are no longer current are removed when they are as old as this.
KEPT_MINUTES = 60

# A publication changes L05 of its period, which reads every aspect: the one that costs least.
_TOUCHES = f"""
SELECT country, month, aspect, version FROM indicators.touches FINAL
WHERE country IN ({{countries}})
UNION ALL
SELECT country, first, '{Aspect.TRAININGS}', version FROM published.vintages FINAL
WHERE country IN ({{countries}})
"""

_SNAPSHOTS = """
INSERT INTO indicators.snapshots (country, period, version, as_of, computed_at, parameters,
                                  catalogue)
SELECT country, period, {version}, '{as_of}', now64(3), parameters, '{catalogue}'
FROM view_periods
"""

# Cells of indicators of which nothing has changed, as they are in the current snapshot.
_COPY = """
INSERT INTO indicators.cells (country, period, version, indicator, measure, by, key, dimensions,
                              value, numerator, denominator, status)
SELECT country, period, {version}, indicator, measure, by, key, dimensions, value, numerator,
    denominator, status
FROM indicators.cells
WHERE indicator IN ({indicators}) AND (country, period, version) IN (
    SELECT country, period, version FROM indicators.snapshots FINAL
    WHERE (country, period) IN (SELECT country, period FROM view_periods)
)
"""


_PRUNE = """
DELETE FROM indicators.cells
WHERE version < {before}
    AND (country, period, version) NOT IN (
        SELECT country, period, version FROM indicators.snapshots FINAL
    )
SETTINGS lightweight_deletes_sync = 0, allow_nondeterministic_mutations = 1
"""


Dirty: TypeAlias = Mapping[CountryPeriod, frozenset[Aspect]]
"""Periods to be computed again, and what of them has changed."""

EVERYTHING = frozenset(Aspect)


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """The current snapshot of a country and period."""

    version: int
    as_of: date
    catalogue: str

    def is_outdated(self, period: Period, as_of: date) -> bool:
        """Whether it must be computed whole: by other definitions, or before the period's end."""
        ran_on = self.as_of != as_of and period.after > min(self.as_of, as_of)
        return ran_on or self.catalogue != DIGEST


def dirty(session: Session, profiles: Mapping[str, Profile], *, as_of: date) -> Dirty:
    """The periods of the given countries that were touched after their snapshot was begun."""
    listed = ", ".join(f"'{country}'" for country in sorted(profiles))
    if not listed:
        return {}
    touches = session.query(_TOUCHES.format(countries=listed))
    snapshots = _snapshots(session, listed)
    touched: dict[CountryPeriod, set[Aspect]] = {}
    for country, month, aspect, version in touches:
        assert isinstance(month, date)
        for period in around([month], profiles[str(country)].year_start):
            if period.first > as_of:
                continue
            found = snapshots.get((str(country), period.label))
            unit = CountryPeriod(str(country), period)
            if found is None or found.catalogue != DIGEST:
                touched[unit] = set(Aspect)
            elif int(str(version)) > found.version:
                whole = found.is_outdated(period, as_of)
                touched.setdefault(unit, set()).update(Aspect if whole else [Aspect(str(aspect))])
    return {unit: frozenset(touched[unit]) for unit in sorted(touched)}


def _snapshots(session: Session, listed: str) -> dict[tuple[str, str], _Snapshot]:
    rows = session.query(
        "SELECT country, period, version, as_of, catalogue FROM indicators.snapshots FINAL"
        f" WHERE country IN ({listed})"
    )
    found = {}
    for country, period, version, as_of, catalogue in rows:
        assert isinstance(as_of, date)
        key = (str(country), str(period))
        found[key] = _Snapshot(int(str(version)), as_of, str(catalogue))
    return found


def forget(session: Session, profiles: Mapping[str, Profile], *, as_of: date) -> None:
    """Take away snapshots of periods that a country no longer has: its years begin elsewhere."""
    for country, profile in profiles.items():
        months = session.query(
            f"SELECT DISTINCT month FROM indicators.touches WHERE country = '{country}'"
        )
        kept = around((day for (day,) in months if isinstance(day, date)), profile.year_start)
        labels = ", ".join(f"'{one.label}'" for one in kept if one.first <= as_of) or "''"
        session.execute(
            f"DELETE FROM indicators.snapshots WHERE country = '{country}'"
            f" AND period NOT IN ({labels})"
        )


def recompute(
    session: Session, units: Dirty, *, as_of: date, profiles: Mapping[str, Profile]
) -> None:
    """Write the snapshots of the given country-periods and make them current.

    What has not changed is copied from the current snapshot. Costs time in proportion to the
    records of the countries named; the populations of little are tallied side by side. Blocks
    while ClickHouse works.

    Raises:
        Unavailable: ClickHouse is away; the snapshots before remain current.
    """
    episodes = episodes_in(session, {unit.country for unit in units})
    total = sum(episodes.values())
    at_once = max(PERIODS_AT_ONCE, EPISODES_AT_ONCE // max(1, total))
    lanes = session.lanes if total <= EPISODES_PER_LANE else (session,)
    for own in together(units, episodes):
        changed = frozenset().union(*own.values())
        for batch in _batches(list(own), at_once):
            _recompute(lanes, batch, changed, as_of=as_of, profiles=profiles)


def together(units: Dirty, episodes: Mapping[str, int]) -> list[Dirty]:
    """What is computed by the same statements, with whatever has changed of any of it.

    All of it when that is little: to plan statements for every mixture of aspects costs more than
    to compute some once too often. Otherwise apart where people have changed, which costs most.
    """
    if sum(episodes.get(unit.country, 0) for unit in units) <= EPISODES_AT_ONCE:
        return [units] if units else []
    people = {unit: changed for unit, changed in units.items() if Aspect.PEOPLE in changed}
    others = {unit: changed for unit, changed in units.items() if unit not in people}
    return [own for own in (people, others) if own]


def _batches(units: Sequence[CountryPeriod], at_once: int) -> list[list[CountryPeriod]]:
    """Many countries together, but only so many periods of each."""
    by_country: dict[str, list[CountryPeriod]] = {}
    for unit in units:
        by_country.setdefault(unit.country, []).append(unit)
    longest = max((len(own) for own in by_country.values()), default=0)
    return [
        [unit for own in by_country.values() for unit in own[start : start + at_once]]
        for start in range(0, longest, at_once)
    ]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is done for what has changed: what is tallied, and the indicators that are copied."""

    slots: tuple[statement.Slot, ...]
    tallies: tuple[statement.Tally, ...]
    copied: tuple[str, ...]


@cache
def _plan(changed: frozenset[Aspect]) -> _Plan:
    computed = [indicator for indicator in CATALOGUE.values() if indicator.reads & changed]
    slots = statement.slots(computed)
    copied = tuple(one.id for one in CATALOGUE.values() if not one.reads & changed)
    return _Plan(slots, tuple(statement.tallies(slots)), copied)


def _recompute(
    lanes: Sequence[Session],
    units: Sequence[CountryPeriod],
    changed: frozenset[Aspect],
    *,
    as_of: date,
    profiles: Mapping[str, Profile],
) -> None:
    session = lanes[0]
    version = session.version()
    plan = _plan(changed)
    left = deque(plan.tallies)

    def work(lane: Session) -> None:
        with views(lane, units, as_of=as_of, profiles=profiles):
            _compute(lane, plan.slots, left, version)

    with ThreadPoolExecutor(len(lanes), "cells") as threads:
        list(threads.map(work, lanes))
    with listed(session, units, as_of=as_of, profiles=profiles):
        if plan.copied:
            named = ", ".join(f"'{indicator}'" for indicator in plan.copied)
            session.execute(_COPY.format(version=version, indicators=named))
        if (session.version() - version) / 60e9 > LONGEST_MINUTES:
            raise Unavailable("a snapshot took too long to compute")
        session.execute(
            _SNAPSHOTS.format(version=version, as_of=as_of.isoformat(), catalogue=DIGEST)
        )


def _compute(
    session: Session, slots: Sequence[statement.Slot], left: deque[statement.Tally], version: int
) -> None:
    """Tally one population after the other, until none is left, and make cells of these."""
    taken = set()
    for tally in _each(left):
        take(session, tally)
        taken.add(tally.population)
    own = [slot for slot in slots if slot.part.population in taken]
    for denominators in estimates.denominators(own):
        session.execute(denominators)
    session.execute(statement.cell_statement(slots, own, version))


def _each(left: deque[statement.Tally]) -> Iterator[statement.Tally]:
    """Each that no other lane has taken."""
    while True:
        try:
            tally = left.popleft()
        except IndexError:
            return
        yield tally


def take(session: Session, tally: statement.Tally) -> None:
    """Tally a population into `view_tallies`; of one without rows there is nothing to plan."""
    session.keep("view_rows", tally.population.rows, tally.columns)
    if session.query("SELECT 1 FROM view_rows LIMIT 1"):
        session.keep("view_placed", tally.at_places)
        session.execute(tally.in_tables)


def prune(session: Session) -> None:
    """Remove the cells of snapshots that are no longer current. ClickHouse works on it by itself.

    Readers that page through a snapshot have `KEPT_MINUTES` to finish.
    """
    before = session.version() - int(KEPT_MINUTES * 60e9)
    session.execute(_PRUNE.format(before=before))
