"""What the query side reads of `registry.problems`, always of one country."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from gtms.families import Family, by_code
from gtms.warehouse.reader import Reader

Name = tuple[int, str]
"""A record: the code of its family, and its id."""

_OUTCOME_KEY = ("facility_id", "outcome_id", "episode_id")

# What narrows the question down, where something is asked for.
_ONLY = {
    "rules": "rule_id IN %(rules)s",
    "families": "family IN %(families)s",
    "facility_id": "facility_id = %(facility_id)s",
}
_CONDITIONS = """
  AND since >= toDateTime64(%(since)s, 3, 'UTC') AND state IN %(states)s
  AND (state != 'AWAITING' OR since <= toDateTime64(%(waited_since)s, 3, 'UTC'))"""

_PROBLEMS = """
SELECT rule_id, family, toString(record_uid), state,
    arrayMap(r -> (r.1, toString(r.2)), related), since
FROM registry.problems FINAL
WHERE country = %(country)s{conditions}
ORDER BY rule_id, family, record_uid
LIMIT %(limit)s
"""

_AFTER = """
  AND (rule_id > %(after_rule)s OR (rule_id = %(after_rule)s
  AND (family > %(after_family)s OR (family = %(after_family)s
  AND record_uid > %(after_record)s))))"""

_SUMMARY = """
SELECT rule_id, sum(open), sum(awaiting), min(oldest), count(),
    arraySlice(arraySort(f -> (-f.2, f.1), groupArray((facility_id, open + awaiting))),
               1, %(most)s)
FROM (
    SELECT rule_id, facility_id, countIf(state = 'OPEN') AS open,
        countIf(state = 'AWAITING') AS awaiting, min(since) AS oldest
    FROM registry.problems FINAL
    WHERE country = %(country)s{conditions}
    GROUP BY rule_id, facility_id
)
GROUP BY rule_id
ORDER BY rule_id
"""

_KEYS = """
SELECT toString(record_uid), {columns}
FROM registry.{table} FINAL
WHERE country = %(country)s AND record_uid IN %(uids)s
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which problems are meant; what is empty means all.

    Attributes:
        rules: ids.
        families: codes.
        facility_id: of the records.
        since: records received since then.
        states: OPEN, AWAITING or both.
        waited_since: of what awaits a record, only what was received until then.
    """

    rules: tuple[str, ...]
    families: tuple[int, ...]
    facility_id: str
    since: datetime
    states: tuple[str, ...]
    waited_since: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of problems."""

    rule_id: str
    family: int
    record_uid: str


@dataclass(frozen=True, slots=True)
class StoredProblem:
    """A problem as it was found."""

    place: Place
    state: str
    related: tuple[Name, ...]
    since: datetime


@dataclass(frozen=True, slots=True)
class RuleCount:
    """The problems of one rule; `most` are the facilities with the most problems."""

    rule_id: str
    open: int
    awaiting: int
    oldest: datetime
    facilities: int
    most: tuple[tuple[str, int], ...]


async def problems(
    reader: Reader, country: str, wanted: Wanted, after: Place | None, limit: int
) -> list[StoredProblem]:
    """The next `limit` problems, in the order of `Place`. Raises Unavailable."""
    parameters = _parameters(wanted) | {"limit": limit}
    conditions = _conditions(parameters)
    if after is not None:
        conditions += _AFTER
        parameters |= {
            "after_rule": after.rule_id,
            "after_family": after.family,
            "after_record": after.record_uid,
        }
    rows = await reader.rows(country, _PROBLEMS.format(conditions=conditions), parameters)
    return [
        StoredProblem(Place(rule, family, uid), state, tuple(related), since.replace(tzinfo=UTC))
        for rule, family, uid, state, related, since in rows
    ]


async def summary(reader: Reader, country: str, wanted: Wanted, most: int) -> list[RuleCount]:
    """How many problems there are of each rule. Raises Unavailable."""
    parameters = _parameters(wanted) | {"most": most}
    statement = _SUMMARY.format(conditions=_conditions(parameters))
    rows = await reader.rows(country, statement, parameters)
    return [
        RuleCount(rule, is_open, awaiting, oldest.replace(tzinfo=UTC), facilities, tuple(found))
        for rule, is_open, awaiting, oldest, facilities, found in rows
    ]


async def keys(
    reader: Reader, country: str, names: Iterable[Name]
) -> Mapping[Name, Mapping[str, str]]:
    """The natural keys, without pseudonyms, of those of the records that have come."""
    uids: dict[int, set[str]] = {}
    for code, uid in names:
        uids.setdefault(code, set()).add(uid)
    found: dict[Name, Mapping[str, str]] = {}
    for code in sorted(uids):
        family = by_code(code)
        if family is None:
            continue
        fields = shown_key(family)
        columns = ", ".join(f"ifNull(toString({field}), '')" for field in fields)
        statement = _KEYS.format(columns=columns, table=family.table)
        for uid, *parts in await reader.rows(country, statement, {"uids": tuple(uids[code])}):
            found[code, uid] = dict(zip(fields, parts, strict=True))
    return found


def shown_key(family: Family) -> tuple[str, ...]:
    """What names a record of the family to its sender: its natural key without a pseudonym."""
    if family.name == "outcome":
        return _OUTCOME_KEY
    return tuple(field for field in family.key_fields if not field.endswith("pseudonym"))


def _conditions(parameters: Mapping[str, object]) -> str:
    only = [condition for name, condition in _ONLY.items() if parameters[name]]
    return "".join(f"\n  AND {condition}" for condition in only) + _CONDITIONS


def _parameters(wanted: Wanted) -> dict[str, object]:
    return {
        "rules": wanted.rules,
        "families": wanted.families,
        "facility_id": wanted.facility_id,
        "since": _written(wanted.since),
        "states": wanted.states,
        "waited_since": _written(wanted.waited_since),
    }


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
