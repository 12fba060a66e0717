"""Rebuilding what follows from a person's records: episodes, journeys, entrants, first-time, stale.

For the persons that a batch touched, ever named by any revision of the touched records, all
episodes are derived again from the latest revisions (`episodes`); the months in which anything that
counts has changed, by what appeared or by what went, are noted in `indicators.touches` (`months`).
The months are noted before the episodes are stored: a crash in between leaves a month dirty once
too often, never once too little.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gtms.families import FAMILIES
from gtms.processing import comparing, episodes, months
from gtms.processing.session import Session
from gtms.records import codes
from gtms.records.profiles import Profile

#: How many touched records are rebuilt together.
AT_ONCE = 20_000

_STRUCTURED = tuple(sorted(codes.STRUCTURED_INTERVENTIONS))

_PERSONS = """
SELECT DISTINCT country, person FROM (
    SELECT country, person FROM touched
    UNION ALL
    SELECT country, person FROM registry.revisions
    WHERE (country, record_uid) IN (SELECT country, record_uid FROM touched)
) WHERE person != toFixedString('', 32)
"""

_RECORDS = """
SELECT country, record_uid, family FROM registry.person_records
WHERE (country, person) IN (SELECT country, person FROM rebuild_persons)
"""

_CURRENT = """
SELECT * FROM registry.episodes FINAL
WHERE (country, person) IN (SELECT country, person FROM rebuild_persons)
"""

_STORE = f"""
INSERT INTO registry.episodes ({episodes.COLUMNS})
SELECT {episodes.COLUMNS} FROM (
    SELECT *, toUInt64({{version}}) AS version, toUInt8(0) AS is_deleted FROM rebuild_episodes
)
WHERE (country, person, record_uid, content, last_record, ordinal) NOT IN (
    SELECT country, person, record_uid, content, last_record, ordinal FROM rebuild_current
)
UNION ALL
SELECT {episodes.COLUMNS} FROM (
    SELECT * REPLACE (toUInt64({{version}}) AS version, toUInt8(1) AS is_deleted)
    FROM rebuild_current
)
WHERE (country, person, record_uid) NOT IN (
    SELECT country, person, record_uid FROM rebuild_episodes
)
"""

# A touched record has arrived on the first of the days on which a revision of it was received. Of a
# revision that was received twice only the first day is kept, so a day may be known to
# `registry.arrivals` alone.
_ARRIVALS = """
INSERT INTO registry.arrivals (country, received, record_uid, version, is_deleted, family, lag)
SELECT country, arrayJoin(days) AS received, record_uid, {version},
    received != days[1] OR latest.2, latest.1, dateDiff('day', latest.3, received)
FROM (
    SELECT country, record_uid, arraySort(groupUniqArray(day)) AS days,
        argMax((family, is_retracted, event_date), (revision, content_hash)) AS latest
    FROM (
        SELECT country, record_uid, toDate32(received_at) AS day, family, is_retracted, event_date,
            revision, content_hash
        FROM registry.revisions
        UNION ALL
        SELECT country, record_uid, received, family, 0, NULL, 0, toFixedString('', 32)
        FROM registry.arrivals
    )
    WHERE (country, record_uid) IN (SELECT country, record_uid FROM touched)
    GROUP BY country, record_uid
)
"""


@dataclass(frozen=True, slots=True)
class Touched:
    """A record that a batch stored: what must be looked at again."""

    country: str
    family: int
    record_uid: str
    person: str


_TABLES = (
    "touched",
    "rebuild_profiles",
    "rebuild_persons",
    "rebuild_records",
    "rebuild_current",
    "rebuild_outcomes",
    "rebuild_stays",
    "rebuild_episodes",
    "rebuild_months",
)


def everyone(session: Session, country: str) -> list[Touched]:
    """A record of every person of a country: all of its episodes are to be derived again."""
    rows = session.query(
        "SELECT family, any(record_uid), person FROM registry.person_records"
        f" WHERE country = '{country}' GROUP BY family, person ORDER BY person, family"
    )
    admission = FAMILIES["admission"].code
    return [
        Touched(country, admission, str(uid), str(person))
        for family, uid, person in rows
        if family == admission
    ]


def rebuild(
    session: Session, touched: Sequence[Touched], *, as_of: date, profiles: Mapping[str, Profile]
) -> None:
    """Derive the episodes of all persons that the touched records name or ever named.

    Blocks while ClickHouse works. Safe to repeat at any time with the same or more records.

    Args:
        session: connection that the work is done on.
        touched: the records.
        as_of: the day for which staleness is judged.
        profiles: of all countries among `touched`.

    Raises:
        Unavailable: ClickHouse is away; nothing or a repeatable part has been stored.
    """
    for start in range(0, len(touched), AT_ONCE):
        _rebuild(session, touched[start : start + AT_ONCE], as_of, profiles)


def _rebuild(
    session: Session, touched: Sequence[Touched], as_of: date, profiles: Mapping[str, Profile]
) -> None:
    version = session.version()
    with session.tables(*_TABLES):
        session.fill(
            "touched",
            "country FixedString(3), family UInt8, record_uid FixedString(36),"
            " person FixedString(32)",
            {
                "country": [one.country for one in touched],
                "family": [one.family for one in touched],
                "record_uid": [one.record_uid for one in touched],
                "person": [one.person for one in touched],
            },
        )
        session.fill("rebuild_profiles", _PROFILES, _columns(profiles))
        session.keep("rebuild_persons", _PERSONS)
        session.keep("rebuild_records", _RECORDS)
        session.keep("rebuild_current", _CURRENT)
        selects = episodes.statements(as_of=as_of, structured=_STRUCTURED)
        for table, select in selects.items():
            session.keep(table, select)
        session.keep("rebuild_months", months.reached(as_of=as_of))
        if len(touched) <= comparing.FEW:
            comparing.narrow(session, as_of=as_of, profiles=profiles)
        session.execute(months.touch(as_of=as_of, version=version))
        session.execute(_ARRIVALS.format(version=version))
        session.execute(_STORE.format(version=version))


_PROFILES = (
    "of_country FixedString(3), journey_gap_days Int32, entrant_gap_days Int32, stale_days Int32,"
    " alcohol_included UInt8"
)


def _columns(profiles: Mapping[str, Profile]) -> dict[str, list[object]]:
    return {
        "of_country": list(profiles),
        "journey_gap_days": [one.journey_gap_days for one in profiles.values()],
        "entrant_gap_days": [one.entrant_gap_days for one in profiles.values()],
        "stale_days": [one.stale_days for one in profiles.values()],
        "alcohol_included": [int(one.alcohol_included) for one in profiles.values()],
    }
