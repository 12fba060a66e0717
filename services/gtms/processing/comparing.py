"""Which months really count the touched persons otherwise: compared, not guessed.

An episode reaches into all months of its journey, which may be years. Most records change little of
that: who is discharged today was in treatment last spring before and after. So the rows of every
population of people are made of the touched persons alone, of their episodes as they are and as
they will be; a period in which both have the same rows has the same cells. That costs about as much
as planning the statements, so it is done where it can spare more.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache

from gtms.indicators import statement
from gtms.indicators.catalogue import CATALOGUE
from gtms.processing import episodes
from gtms.processing.session import Session
from gtms.processing.views import CountryPeriod, episodes_in, views
from gtms.records.periods import PeriodKind, around
from gtms.records.profiles import Profile

#: Touched records up to which it is likely that some months are as they were.
FEW = 5_000
#: Episodes, times the periods that they reach into, from which on comparing costs less.
MANY = 1_000_000

_TABLES = ("compare_episodes", "compare_rows")

_BEFORE = "SELECT *, toUInt8(0) AS side FROM rebuild_current"
_AFTER = f"""
INSERT INTO compare_episodes ({episodes.COLUMNS}, side)
SELECT {episodes.COLUMNS}, 1 FROM (
    SELECT *, toUInt64(0) AS version, toUInt8(0) AS is_deleted FROM rebuild_episodes
)
"""

# Every period is there twice, side by side, once for the episodes before and once for those after.
_OWN_SIDE = "bitAnd(p.id + 1, 1) = e.side"
_DIFFERENT = """
SELECT intDiv(period - 1, 2) AS unit
FROM (
    SELECT period, sum(cityHash64(toString(tuple(* EXCEPT period, 0)))) AS rows, count() AS number
    FROM compare_rows GROUP BY period
)
GROUP BY unit
HAVING count() = 1 OR uniqExact((rows, number)) > 1
"""


def narrow(session: Session, *, as_of: date, profiles: Mapping[str, Profile]) -> None:
    """Leave in `rebuild_months` those in which the touched persons count otherwise than before.

    Months that have not begun stay: their cells will be computed when they begin. A quarter or year
    that has changed although no month of it has, by a date that is known no better, keeps its first
    month.
    """
    rows = session.query("SELECT country, month FROM rebuild_months")
    months = {(str(country), month) for country, month in rows if isinstance(month, date)}
    units = [
        CountryPeriod(country, period)
        for country in sorted({country for country, _ in months})
        for period in sorted(
            around((month for of, month in months if of == country), profiles[country].year_start)
        )
        if period.first <= as_of
    ]
    size = episodes_in(session, {unit.country for unit in units})
    if sum(size.get(unit.country, 0) for unit in units) < MANY:
        return
    changed = _changed(session, units, as_of=as_of, profiles=profiles)
    kept = {(country, month) for country, month in months if month > as_of} | _months(changed)
    session.fill(
        "rebuild_months",
        "country FixedString(3), month Date32",
        {"country": [country for country, _ in kept], "month": [month for _, month in kept]},
    )


def _changed(
    session: Session,
    units: Sequence[CountryPeriod],
    *,
    as_of: date,
    profiles: Mapping[str, Profile],
) -> list[CountryPeriod]:
    """The periods in which a population has other rows of the touched persons than it had."""
    twice = [unit for unit in units for _ in range(2)]
    found: set[int] = set()
    with session.tables(*_TABLES):
        session.keep("compare_episodes", _BEFORE)
        session.execute(_AFTER)
        with views(
            session,
            twice,
            as_of=as_of,
            profiles=profiles,
            episodes="compare_episodes AS e",
            own=_OWN_SIDE,
        ):
            for tally in _of_people():
                session.keep("compare_rows", tally.population.rows, tally.columns)
                found.update(int(str(unit)) for (unit,) in session.query(_DIFFERENT))
    return [units[number] for number in sorted(found)]


@cache
def _of_people() -> list[statement.Tally]:
    """The populations whose rows are made of episodes, with the columns that count."""
    every = statement.tallies(statement.slots(CATALOGUE.values()))
    return [tally for tally in every if "view_episodes" in tally.population.rows]


def _months(changed: Iterable[CountryPeriod]) -> set[tuple[str, date]]:
    """Months by which the periods, and as little else as can be, are touched."""
    units = sorted(changed, key=lambda unit: unit.period.kind is not PeriodKind.MONTH)
    months: set[tuple[str, date]] = set()
    for unit in units:
        first, after = unit.period.first, unit.period.after
        if not any(of == unit.country and first <= month < after for of, month in months):
            months.add((unit.country, first))
    return months
