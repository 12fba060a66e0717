"""Erasure in ClickHouse: finding what is about a person, removing it, and remembering that.

What is being erased stands in `ops.erasing` meanwhile, so that no statement, and so no log of
statements or list of mutations, names a record or a person; an erasure that was interrupted is
found there.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast
from uuid import UUID

from gtms.families import FAMILIES, Family
from gtms.warehouse.client import Connection

PERSONAL: Mapping[Family, str] = {
    FAMILIES["admission"]: "client_pseudonym",
    FAMILIES["outcome"]: "client_pseudonym",
    FAMILIES["training_participant"]: "participant_pseudonym",
}
"""The families whose records are about a person, and the column that names them."""

_WHOLE = """toString(record_uid) IN (
    SELECT toString(record_uid) FROM ops.erasing WHERE country = '{country}' AND person = ''
)"""
_PART = """(toString(record_uid), {person}) IN (
    SELECT toString(record_uid), person FROM ops.erasing
    WHERE country = '{country}' AND person != ''
)"""

_TABLES: Mapping[str, str | None] = {
    **{f"registry.{one.table}": f"toString({person})" for one, person in PERSONAL.items()},
    "registry.revisions": "toString(person)",
    "registry.person_records": "toString(person)",
    "registry.episodes": "toString(person)",
    "registry.arrivals": None,
    "registry.problems": None,
}
"""Where something about a record may be, and what names the person there."""

DERIVED = ("registry.episodes", "registry.arrivals", "registry.problems")
"""Written again by who derives them, to say that something is gone; removed again after that."""

_OF_PERSON = """
SELECT family, record_uid, max(current) AS whole FROM (
    SELECT family, record_uid,
        (country, record_uid) NOT IN (
            SELECT country, record_uid FROM registry.admissions FINAL
            WHERE country = %(country)s AND NOT is_retracted
                AND toString(client_pseudonym) NOT IN (SELECT * FROM erase_named)
            UNION ALL
            SELECT country, record_uid FROM registry.outcomes FINAL
            WHERE country = %(country)s AND NOT is_retracted
                AND toString(client_pseudonym) NOT IN (SELECT * FROM erase_named)
        ) AS current
    FROM registry.person_records
    WHERE country = %(country)s AND toString(person) IN (SELECT * FROM erase_named)
    UNION ALL
    SELECT {participant}, record_uid, 1 FROM registry.training_participants
    WHERE country = %(country)s AND participant_pseudonym IN (SELECT * FROM erase_named)
) GROUP BY family, record_uid
"""

_RECORD = """
SELECT 1 FROM registry.{table}
WHERE country = %(country)s AND toString(record_uid) IN (SELECT * FROM erase_named) LIMIT 1
"""

_OUTCOMES = """
SELECT DISTINCT record_uid FROM registry.outcomes
WHERE country = %(country)s AND toString(episode_uid) IN (SELECT * FROM erase_named)
"""

_REVISIONS = f"""
SELECT toString(record_uid), revision, lower(hex(content_hash)) FROM registry.revisions
WHERE country = '{{country}}' AND ({_WHOLE} OR {_PART.replace("{person}", "toString(person)")})
"""

_NAMED = f"""
SELECT DISTINCT family, toString(record_uid), toString(person) FROM registry.revisions
WHERE country = '{{country}}' AND ({_WHOLE} OR {_PART.replace("{person}", "toString(person)")})
"""

# By the days that records speak of and were received on, and of participants the training's end.
_DAYS = f"""
SELECT DISTINCT assumeNotNull(day), assumeNotNull(day) FROM (
    SELECT arrayJoin([event_date, toDate32(received_at)]) AS day FROM registry.revisions
    WHERE country = '{{country}}' AND ({_WHOLE} OR {_PART.replace("{person}", "toString(person)")})
    UNION ALL
    SELECT end_date FROM registry.training_events WHERE country = '{{country}}' AND event_id IN (
        SELECT event_id FROM registry.training_participants
        WHERE country = '{{country}}' AND {_WHOLE}
    )
) WHERE day IS NOT NULL
"""

# What the whole journeys of the person reach into, and interviews that are due after them.
_SPANS = """
SELECT start, least(ifNull(journey_end, toDate32('{today}')), toDate32('{today}')),
    if(recovery_cohort, end, NULL)
FROM registry.episodes FINAL
WHERE country = '{country}' AND person IN (
    SELECT person FROM registry.revisions WHERE country = '{country}' AND toString(record_uid) IN (
        SELECT toString(record_uid) FROM ops.erasing WHERE country = '{country}'
    )
)
"""


@dataclass(frozen=True, slots=True, order=True)
class Doomed:
    """A record to be erased; with `person`, only the revisions of it that name this pseudonym."""

    family: int
    record_uid: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, and the day an episode of the recovery cohort ended."""

    first: date
    last: date
    ended: date | None = None


def of_person(connection: Connection, country: str, person: str) -> list[Doomed]:
    """The records that ever named the person; in part those that name another one now."""
    statement = _OF_PERSON.format(participant=FAMILIES["training_participant"].code)
    rows = _about(connection, [person], statement, country)
    return sorted(
        Doomed(int(str(family)), str(uid), "" if whole else person) for family, uid, whole in rows
    )


def of_record(connection: Connection, country: str, uid: str) -> list[Doomed]:
    """The record when it is one about a person; nothing when it is none, or not there."""
    return sorted(
        Doomed(one.code, uid)
        for one in PERSONAL
        if _about(connection, [uid], _RECORD.format(table=one.table), country)
    )


def outcomes_of(connection: Connection, country: str, doomed: Iterable[Doomed]) -> list[Doomed]:
    """The outcomes of the admissions that go as a whole."""
    uids = [one.record_uid for one in doomed if not one.person]
    rows = _about(connection, uids, _OUTCOMES, country) if uids else []
    return [Doomed(FAMILIES["outcome"].code, str(uid)) for (uid,) in rows]


def _about(
    connection: Connection, named: Sequence[str], statement: str, country: str
) -> list[tuple[object, ...]]:
    """The rows of a statement over `erase_named`, which holds whom or what it is about."""
    connection.execute("CREATE TEMPORARY TABLE erase_named (name String) ENGINE = Memory")
    try:
        connection.insert("erase_named", {"name": list(named)})
        return connection.execute(statement, {"country": country})
    finally:
        connection.execute("DROP TEMPORARY TABLE IF EXISTS erase_named")


def begin(connection: Connection, country: str, doomed: Sequence[Doomed]) -> None:
    """Note what is being erased."""
    connection.insert(
        "ops.erasing",
        {
            "country": [country] * len(doomed),
            "family": [one.family for one in doomed],
            "record_uid": [one.record_uid for one in doomed],
            "person": [one.person for one in doomed],
        },
    )


def interrupted(connection: Connection, country: str) -> list[Doomed]:
    """What an erasure that did not come to its end was about."""
    rows = connection.execute(
        "SELECT DISTINCT family, toString(record_uid), person FROM ops.erasing"
        " WHERE country = %(country)s",
        {"country": country},
    )
    return sorted(Doomed(int(str(family)), str(uid), str(person)) for family, uid, person in rows)


def forbid(connection: Connection, country: str, digests: Sequence[str]) -> None:
    """Remember records that must not be stored again."""
    connection.insert("ops.erased", {"country": [country] * len(digests), "digest": list(digests)})


def event_keys(connection: Connection, country: str) -> list[tuple[str, int, str]]:
    """Record id, revision and content hash of every revision that goes."""
    rows = connection.execute(_REVISIONS.format(country=country))
    return [(str(uid), int(str(revision)), str(digest)) for uid, revision, digest in rows]


def named(connection: Connection, country: str) -> list[tuple[int, str, str]]:
    """Family, record id and person of what goes, for whoever derives something of it."""
    rows = connection.execute(_NAMED.format(country=country))
    return [(int(str(family)), str(uid), str(person)) for family, uid, person in rows]


def spans(connection: Connection, country: str, today: date) -> list[Span]:
    """The days on which cells may be moved."""
    rows = connection.execute(_DAYS.format(country=country))
    days = [Span(cast("date", first), cast("date", last)) for first, last in rows]
    journeys = connection.execute(_SPANS.format(country=country, today=today.isoformat()))
    return days + [
        Span(cast("date", first), cast("date", last), cast("date | None", ended))
        for first, last, ended in journeys
    ]


def count(connection: Connection, country: str) -> dict[str, int]:
    """How many rows are there of what is being erased, by table; zero where none."""
    counts = {}
    for table, person in _TABLES.items():
        [(number,)] = connection.execute(
            f"SELECT count() FROM {table} WHERE {_condition(country, person)}"
        )
        counts[table] = int(str(number))
    return counts


def remove(connection: Connection, country: str, tables: Iterable[str] = tuple(_TABLES)) -> None:
    """Rewrite the parts without what is being erased; returns when that is done."""
    for table in tables:
        connection.execute(
            f"ALTER TABLE {table} DELETE WHERE {_condition(country, _TABLES[table])}",
            settings={"mutations_sync": 2, "allow_nondeterministic_mutations": 1},
        )


def old_parts(connection: Connection) -> int:
    """Parts that nothing reads any more and ClickHouse has not yet removed from its disk."""
    names = ", ".join(f"'{table.removeprefix('registry.')}'" for table in _TABLES)
    [(number,)] = connection.execute(
        "SELECT count() FROM system.parts"
        f" WHERE NOT active AND database = 'registry' AND table IN ({names})"
    )
    return int(str(number))


def touch(connection: Connection, country: str, months: Sequence[date]) -> datetime:
    """Have the cells of these months computed again; the moment, by the server's clock."""
    aspects = ("people", "trainings")
    [(version,)] = connection.execute("SELECT toUnixTimestamp64Nano(now64(9))")
    rows = [(month, aspect) for month in months for aspect in aspects]
    if rows:
        connection.insert(
            "indicators.touches",
            {
                "country": [country] * len(rows),
                "month": [month for month, _ in rows],
                "aspect": [aspect for _, aspect in rows],
                "version": [version] * len(rows),
            },
        )
    return datetime.fromtimestamp(int(str(version)) / 1e9, UTC)


def finish(
    connection: Connection,
    country: str,
    erasure: UUID,
    gone_at: datetime,
    months: Sequence[date],
    before: Mapping[str, int],
    after: Mapping[str, int],
) -> None:
    """Note that it is done, by when the rows were gone, and forget what it was about."""
    connection.insert(
        "ops.erasures",
        {
            "id": [erasure],
            "country": [country],
            "at": [gone_at],
            "months": [list(months)],
            "before": [dict(before)],
            "after": [dict(after)],
        },
    )
    connection.execute(
        f"ALTER TABLE ops.erasing DELETE WHERE country = '{country}'",
        settings={"mutations_sync": 2},
    )


def months_erased(connection: Connection, country: str, since: datetime) -> frozenset[date]:
    """Months (first days) whose cells may still count what was erased, if begun at this hour.

    Before these are published again: who compares the new figures with the old ones sees what one
    person made of them.
    """
    rows = connection.execute(
        "SELECT arrayJoin(months) FROM ops.erasures WHERE country = %(country)s"
        " AND at > fromUnixTimestamp64Milli(%(since)s)",
        {"country": country, "since": int(since.timestamp() * 1000)},
    )
    return frozenset(cast("date", month) for (month,) in rows)


def _condition(country: str, person: str | None) -> str:
    conditions = [_WHOLE] if person is None else [_WHOLE, _PART.replace("{person}", person)]
    either = " OR ".join(one.format(country=country) for one in conditions)
    return f"country = '{country}' AND ({either})"
