"""Recomputing the cells of touched country-periods: always whole, never incremented.

A snapshot of a country and period is written under a new version and becomes current by one row in
`indicators.snapshots`. The version is ClickHouse's clock before the records are read, so a worker
that was stopped in the middle and wakes up late writes an older version, which loses.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TypeAlias

from gtms.events.failures import Unavailable
from gtms.indicators import estimates, statement
from gtms.indicators.catalogue import CATALOGUE, DIGEST
from gtms.indicators.definition import Aspect
from gtms.processing.months import DUE_AFTER_DAYS
from gtms.processing.session import Session
from gtms.records.periods import Period, PeriodKind, around, containing
from gtms.records.profiles import DEFAULT_PROFILE, AttributeEpisode, Profile

# `year` is the reporting year that holds the period, `d` its last day or the as-of day.
_PERIODS = (
    "id UInt32, country FixedString(3), period String, kind UInt8, year UInt16, p0 Date32,"
    " p1 Date32, d Date32, as_of Date32, by_first UInt8, alcohol_included UInt8, parameters String"
)

#: How many periods of a country are computed together, at least; and how many episodes times
#: periods of all countries: this bounds the memory of a first load.
PERIODS_AT_ONCE, EPISODES_AT_ONCE = 24, 5_000_000

#: A snapshot that took longer than this is begun again instead of becoming current ...
LONGEST_MINUTES = 20
#: ... because cells that are no longer current are removed when they are as old as this.
KEPT_MINUTES = 60

# Episodes that reach into one of the touched periods of their country: by their journey, or by an
# interview of the recovery cohort that is due up to 790 days after their end.
_EPISODES = """
SELECT e.* EXCEPT (version, is_deleted, last_record, content, facility_id, next_journey_start),
    e.facility_id AS facility, toDate32('{as_of}') AS as_of,
    dateDiff('day', journey_end, as_of) >= {representation_days} AS journey_matured,
    isNotNull(next_journey_start)
        AND dateDiff('day', journey_end, next_journey_start) <= {representation_days}
        AS journey_returned,
    arrayLast(r -> r.1 <= start AND (r.2 IS NULL OR r.2 >= start), f.rows) AS valid,
    multiIf(valid.3 != '', valid.3, f.rows[1].3) AS admin1,
    w.periods AS periods
FROM registry.episodes AS e FINAL
INNER JOIN (
    SELECT country, min(p0) AS low, max(p1) AS high,
        groupArray((id, kind, p0, p1, d, by_first)::Tuple(id UInt32, kind UInt8, p0 Date32,
            p1 Date32, d Date32, by_first UInt8)) AS periods
    FROM view_periods GROUP BY country
) AS w ON w.country = e.country
LEFT JOIN (
    SELECT country, facility_id, arraySort(groupArray((valid_from, valid_to, admin1_code))) AS rows
    FROM view_facilities GROUP BY country, facility_id
) AS f ON f.country = e.country AND f.facility_id = e.facility_id
WHERE e.country IN (SELECT country FROM view_periods)
    AND start < w.high AND (journey_end IS NULL OR journey_end >= w.low
        OR (recovery_cohort AND addDays(end, {due_days}) >= w.low))
"""

_FACILITIES = """
SELECT country, facility_id, valid_from, valid_to, status, ownership, settings, admin1_code,
    tdi_centre_type, women_specific_programme, youth_programme, hiv_services_onsite, interventions,
    reports_to_system
FROM registry.facilities FINAL
WHERE country IN (SELECT country FROM view_periods) AND NOT is_retracted
"""

_CAPACITIES = """
SELECT country, facility_id, as_of_date, beds_total, beds_occupied, outpatient_slots
FROM registry.capacities FINAL
WHERE country IN (SELECT country FROM view_periods) AND NOT is_retracted
"""

_ASSESSMENTS = """
SELECT country, facility_id, record_uid, assessment_date, assessor_kind, criteria_standard_id,
    criteria_rating
FROM registry.qa_assessments FINAL
WHERE country IN (SELECT country FROM view_periods) AND NOT is_retracted
"""

_VIEWS = (
    "view_periods",
    "view_facilities",
    "view_capacities",
    "view_assessments",
    "view_episodes",
    "view_strata",
    "view_tallies",
    "view_rows",
    "view_placed",
)

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


@dataclass(frozen=True, slots=True, order=True)
class CountryPeriod:
    """What a snapshot is of."""

    country: str
    period: Period


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
    records of the countries named. Blocks while ClickHouse works.

    Raises:
        Unavailable: ClickHouse is away; the snapshots before remain current.
    """
    episodes = _episodes(session, {unit.country for unit in units})
    at_once = max(PERIODS_AT_ONCE, EPISODES_AT_ONCE // max(1, sum(episodes.values())))
    for own in together(units, episodes):
        changed = frozenset().union(*own.values())
        for batch in _batches(list(own), at_once):
            _recompute(session, batch, changed, as_of=as_of, profiles=profiles)


def _episodes(session: Session, countries: Iterable[str]) -> dict[str, int]:
    """How many episodes each country has."""
    listed = ", ".join(f"'{country}'" for country in sorted(countries)) or "''"
    rows = session.query(
        "SELECT country, count() FROM registry.episodes"
        f" WHERE country IN ({listed}) GROUP BY country"
    )
    return {str(country): int(str(number)) for country, number in rows}


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
    denominators: tuple[str, ...]
    copied: tuple[str, ...]


@cache
def _plan(changed: frozenset[Aspect]) -> _Plan:
    computed = [indicator for indicator in CATALOGUE.values() if indicator.reads & changed]
    slots = statement.slots(computed)
    copied = tuple(one.id for one in CATALOGUE.values() if not one.reads & changed)
    tallies = tuple(statement.tallies(slots))
    return _Plan(slots, tallies, tuple(estimates.denominators(slots)), copied)


def _recompute(
    session: Session,
    units: Sequence[CountryPeriod],
    changed: frozenset[Aspect],
    *,
    as_of: date,
    profiles: Mapping[str, Profile],
) -> None:
    version = session.version()
    plan = _plan(changed)
    with beside(session, units, as_of=as_of, profiles=profiles):
        for tally in plan.tallies:
            take(session, tally)
        for denominators in plan.denominators:
            session.execute(denominators)
        session.execute(statement.cell_statement(plan.slots, version))
        if plan.copied:
            listed = ", ".join(f"'{indicator}'" for indicator in plan.copied)
            session.execute(_COPY.format(version=version, indicators=listed))
        if (session.version() - version) / 60e9 > LONGEST_MINUTES:
            raise Unavailable("a snapshot took too long to compute")
        session.execute(
            _SNAPSHOTS.format(version=version, as_of=as_of.isoformat(), catalogue=DIGEST)
        )


def take(session: Session, tally: statement.Tally) -> None:
    """Tally a population into `view_tallies`; of one without rows there is nothing to plan."""
    session.keep("view_rows", tally.population.rows, tally.columns)
    if session.query("SELECT 1 FROM view_rows LIMIT 1"):
        session.keep("view_placed", tally.at_places)
        session.execute(tally.in_tables)


@contextmanager
def beside(
    session: Session,
    units: Iterable[CountryPeriod],
    *,
    as_of: date,
    profiles: Mapping[str, Profile],
) -> Iterator[None]:
    """The temporary tables that populations are made of, for the given country-periods."""
    with session.tables(*_VIEWS):
        session.fill("view_periods", _PERIODS, _columns(list(units), as_of, profiles))
        session.keep("view_facilities", _FACILITIES)
        session.keep("view_capacities", _CAPACITIES)
        session.keep("view_assessments", _ASSESSMENTS)
        session.keep(
            "view_episodes",
            _EPISODES.format(
                as_of=as_of.isoformat(),
                representation_days=DEFAULT_PROFILE.representation_days,
                due_days=max(DUE_AFTER_DAYS),
            ),
        )
        session.keep("view_strata", estimates.STRATA)
        session.fill("view_tallies", statement.TALLIES, {})
        yield


def prune(session: Session) -> None:
    """Remove the cells of snapshots that are no longer current. ClickHouse works on it by itself.

    Readers that page through a snapshot have `KEPT_MINUTES` to finish.
    """
    before = session.version() - int(KEPT_MINUTES * 60e9)
    session.execute(_PRUNE.format(before=before))


def _columns(
    units: Sequence[CountryPeriod], as_of: date, profiles: Mapping[str, Profile]
) -> dict[str, list[object]]:
    periods = [unit.period for unit in units]
    counted_by = [profiles[unit.country] for unit in units]
    years = [
        containing(unit.period.first, PeriodKind.YEAR, profile.year_start).label
        for unit, profile in zip(units, counted_by, strict=True)
    ]
    return {
        "id": list(range(1, len(units) + 1)),
        "country": [unit.country for unit in units],
        "period": [period.label for period in periods],
        "kind": [int(period.kind) for period in periods],
        "year": [int(year) for year in years],
        "p0": [period.first for period in periods],
        "p1": [period.after for period in periods],
        "d": [min(period.after - timedelta(days=1), as_of) for period in periods],
        "as_of": [as_of for _ in periods],
        "by_first": [
            int(profile.attribute_episode is AttributeEpisode.FIRST) for profile in counted_by
        ],
        "alcohol_included": [int(profile.alcohol_included) for profile in counted_by],
        "parameters": [profile.parameters() for profile in counted_by],
    }
