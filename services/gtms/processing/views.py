"""What the populations of indicators are made of, for some countries and their periods.

Temporary tables of one session: the periods, the facilities and what is told of them, the episodes
that reach into one of the periods, the strata of estimates, and room for tallies.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from gtms.indicators import estimates, statement
from gtms.processing.months import DUE_AFTER_DAYS
from gtms.processing.session import Session
from gtms.records.periods import Period, PeriodKind, containing
from gtms.records.profiles import DEFAULT_PROFILE, AttributeEpisode, Profile

# `year` is the reporting year that holds the period, `d` its last day or the as-of day.
_PERIODS = (
    "id UInt32, country FixedString(3), period String, kind UInt8, year UInt16, p0 Date32,"
    " p1 Date32, d Date32, as_of Date32, by_first UInt8, alcohol_included UInt8, parameters String"
)

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
    arrayFilter(p -> {own}, w.periods) AS periods
FROM {episodes}
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

_TABLES = (
    "view_facilities",
    "view_capacities",
    "view_assessments",
    "view_episodes",
    "view_strata",
    "view_tallies",
    "view_rows",
    "view_placed",
)


@dataclass(frozen=True, slots=True, order=True)
class CountryPeriod:
    """What a snapshot is of."""

    country: str
    period: Period


def episodes_in(session: Session, countries: Iterable[str]) -> dict[str, int]:
    """How many episodes each of the countries has."""
    named = ", ".join(f"'{country}'" for country in sorted(countries)) or "''"
    rows = session.query(
        "SELECT country, count() FROM registry.episodes"
        f" WHERE country IN ({named}) GROUP BY country"
    )
    return {str(country): int(str(number)) for country, number in rows}


@contextmanager
def listed(
    session: Session,
    units: Sequence[CountryPeriod],
    *,
    as_of: date,
    profiles: Mapping[str, Profile],
) -> Iterator[None]:
    """The periods, in `view_periods`."""
    with session.tables("view_periods"):
        session.fill("view_periods", _PERIODS, _columns(units, as_of, profiles))
        yield


@contextmanager
def views(
    session: Session,
    units: Sequence[CountryPeriod],
    *,
    as_of: date,
    profiles: Mapping[str, Profile],
    episodes: str = "registry.episodes AS e FINAL",
    own: str = "1",
) -> Iterator[None]:
    """The temporary tables that populations are made of, for the given country-periods.

    Args:
        session: whose tables they are.
        units: numbered from 1 in `view_periods`; the same may be there twice.
        as_of: the as-of day.
        profiles: of their countries.
        episodes: the table of episodes, named `e`.
        own: condition on a period `p` and an episode that may count in it.
    """
    with listed(session, units, as_of=as_of, profiles=profiles), session.tables(*_TABLES):
        session.keep("view_facilities", _FACILITIES)
        session.keep("view_capacities", _CAPACITIES)
        session.keep("view_assessments", _ASSESSMENTS)
        session.keep(
            "view_episodes",
            _EPISODES.format(
                episodes=episodes,
                own=own,
                as_of=as_of.isoformat(),
                representation_days=DEFAULT_PROFILE.representation_days,
                due_days=max(DUE_AFTER_DAYS),
            ),
        )
        session.keep("view_strata", estimates.STRATA)
        session.fill("view_tallies", statement.TALLIES, {})
        yield


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
