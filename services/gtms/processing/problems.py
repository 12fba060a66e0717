"""The problems of touched records, derived again from the registry.

For every record that a batch touched, all that rules find across it and the records around it is
derived anew: the admissions and outcomes of every person that it ever named, the outcomes that
wait for it, the capacities and admissions of the facility that it describes. What differs from
`registry.problems` is stored, what is no longer found is deleted. So the table is a function of the
registry, the day and the countries' profiles, whatever came in which order.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from gtms.processing.cross_rules import VIEWS
from gtms.processing.cross_rules.definition import (
    ADMISSION,
    CAPACITY,
    FACILITY,
    TRAINING_EVENT,
    TRAINING_PARTICIPANT,
    Check,
    View,
)
from gtms.processing.session import Session
from gtms.processing.timelines import Touched
from gtms.records.profiles import Profile
from gtms.records.rules import RULES

#: How many touched records are judged together.
AT_ONCE = 20_000

_TABLES = (
    "judge_touched",
    "judge_facilities",
    "judge_persons",
    "judge_registered",
    "judge_episodes",
    "judge_outcomes",
    "judge_participants",
    "judge_found",
)

_FACILITY_COLUMNS = "country FixedString(3), facility_id String"

_FACILITIES = """
SELECT DISTINCT country, facility_id FROM registry.revisions
WHERE (country, record_uid) IN (
    SELECT country, record_uid FROM judge_touched WHERE family IN ({families})
)
"""

# Every facility of a country whose day has turned: what it told may be too old now ...
_ALL_FACILITIES = """
UNION DISTINCT SELECT country, facility_id FROM registry.facilities
WHERE country IN ({turned})
"""

# ... and everybody of whom nothing was told for too long since.
_BECAME_STALE = """
    UNION ALL
    SELECT country, person FROM registry.episodes FINAL
    WHERE country IN ({turned}) AND structured AND end IS NULL AND counted_end IS NOT NULL
        AND (country, record_uid) NOT IN (
            SELECT country, record_uid FROM registry.problems FINAL
            WHERE country IN ({turned}) AND rule_id = 'R077'
        )
"""

# An outcome that waits for a touched admission, or names another person than it, is looked at too.
_PERSONS = """
SELECT DISTINCT country, person FROM (
    SELECT country, person FROM judge_touched
    UNION ALL
    SELECT country, person FROM registry.revisions
    WHERE (country, record_uid) IN (
        SELECT country, record_uid FROM judge_touched
        UNION ALL
        SELECT country, record_uid FROM registry.problems FINAL
        WHERE country IN (SELECT country FROM judge_touched) AND rule_id = 'R070'
            AND (country, related[1].2) IN (
                SELECT country, record_uid FROM judge_touched WHERE family = 4
            )
    ){stale}
) WHERE person != toFixedString('', 32)
"""

_EPISODES = """
SELECT country, person, record_uid, facility_id, client_type, structured, start, end, counted_end,
    treatment_status, sex, birth_year, substance, setting
FROM registry.episodes FINAL
WHERE (country, person) IN (SELECT country, person FROM judge_persons)
"""

_OUTCOMES = """
SELECT country, client_pseudonym AS person, record_uid, facility_id, episode_uid, kind, event_date,
    discharge_reason, follow_up_wave, follow_up_status
FROM registry.outcomes FINAL
WHERE (country, record_uid) IN (
        SELECT country, record_uid FROM registry.person_records
        WHERE (country, person) IN (SELECT country, person FROM judge_persons) AND family = 5
    )
    AND (country, client_pseudonym) IN (SELECT country, person FROM judge_persons)
    AND NOT is_retracted
"""

_PARTICIPANT_COLUMNS = (
    "country FixedString(3), record_uid FixedString(36), event_id String,"
    " follow_up_date Nullable(Date32)"
)

_PARTICIPANTS = """
SELECT country, record_uid, event_id, follow_up_date FROM registry.training_participants FINAL
WHERE NOT is_retracted AND (country, event_id) IN (
    SELECT country, event_id FROM registry.training_participants
    WHERE (country, record_uid) IN (SELECT country, record_uid FROM judge_touched)
    UNION ALL
    SELECT country, event_id FROM registry.training_events
    WHERE (country, record_uid) IN (SELECT country, record_uid FROM judge_touched)
)
"""

_FOUND = """
SELECT country, finding.1 AS rule_id, record_uid, finding.2 AS severity,
    if(finding.4, 'AWAITING', 'OPEN') AS state, family, facility_id, finding.5 AS related
FROM ({rows})
ARRAY JOIN arrayFilter(f -> f.3 OR f.4, [{checks}]) AS finding
"""

# Rows that this call has derived again: those of the records that it has looked at.
_STORED = """
SELECT country, rule_id, record_uid, severity, state, family, facility_id, related, since
FROM registry.problems FINAL
WHERE country IN ({countries})
    AND (
        (country, record_uid) IN (SELECT country, record_uid FROM judge_touched)
        OR (rule_id IN ('R012', 'R015', 'R016')
            AND (country, facility_id) IN (SELECT country, facility_id FROM judge_facilities))
        OR (rule_id = 'R030'
            AND (country, facility_id) IN (SELECT country, facility_id FROM judge_registered))
        OR (family IN (4, 5) AND rule_id != 'R002' AND (country, record_uid) IN (
            SELECT country, record_uid FROM judge_episodes
            UNION ALL SELECT country, record_uid FROM judge_outcomes
        ))
        OR (rule_id = 'R092' AND (country, record_uid) IN (
            SELECT country, record_uid FROM judge_participants
        ))
    )
"""

_STORE = f"""
INSERT INTO registry.problems (country, rule_id, record_uid, severity, state, family, facility_id,
    related, since, version, is_deleted)
SELECT country, rule_id, record_uid, row.1, row.2, row.3, row.4, row.5, row.6,
    {{version}}, now_found = 0
FROM (
    SELECT country, rule_id, record_uid, max(is_found) AS now_found,
        argMax((severity, state, family, facility_id, related, since), is_found) AS row,
        uniqExact((severity, state, family, facility_id, related, since)) > 1
            OR min(is_found) = max(is_found) AS differs
    FROM (
        SELECT f.*, r.since AS since, 1 AS is_found FROM judge_found AS f
        INNER JOIN (
            SELECT country, record_uid, argMax(received_at,
                (revision, content_hash, -toUnixTimestamp64Milli(received_at))) AS since
            FROM registry.revisions
            WHERE (country, record_uid) IN (SELECT country, record_uid FROM judge_found)
            GROUP BY country, record_uid
        ) AS r ON r.country = f.country AND r.record_uid = f.record_uid
        UNION ALL
        SELECT *, 0 AS is_found FROM ({_STORED})
    )
    GROUP BY country, rule_id, record_uid
)
WHERE differs
"""


def judge(
    session: Session,
    touched: Sequence[Touched],
    turned: Iterable[str],
    *,
    as_of: date,
    profiles: Mapping[str, Profile],
) -> None:
    """Bring the problems of the touched records, and of those around them, up to date.

    The episodes of the persons that they name must have been rebuilt. Blocks while ClickHouse
    works. Safe to repeat at any time with the same or more records.

    Args:
        session: connection that the work is done on.
        touched: the records.
        turned: countries whose day has turned: what has grown too old meanwhile is found.
        as_of: the day for which facilities are judged.
        profiles: of the countries among `touched`; others count with what all begin with.

    Raises:
        Unavailable: ClickHouse is away; nothing or a repeatable part has been stored.
    """
    batches = [touched[start : start + AT_ONCE] for start in range(0, len(touched), AT_ONCE)]
    new_day = frozenset(turned)
    if new_day and not batches:
        batches = [touched]
    for batch in batches:
        _judge(session, batch, new_day, as_of=as_of, profiles=profiles)
        new_day = frozenset()


def _judge(
    session: Session,
    touched: Sequence[Touched],
    turned: frozenset[str],
    *,
    as_of: date,
    profiles: Mapping[str, Profile],
) -> None:
    families = {t.family for t in touched} | ({FACILITY, ADMISSION} if turned else set())
    countries = _listed({t.country for t in touched} | turned)
    new_day = _listed(turned)
    version = session.version()
    words = {
        "as_of": as_of.isoformat(),
        "countries": countries,
        "drugs_only": _listed(
            country for country, each in profiles.items() if not each.alcohol_included
        )
        or "''",
    }
    with session.tables(*_TABLES):
        session.fill(
            "judge_touched",
            "country FixedString(3), family UInt8, record_uid FixedString(36), person "
            "FixedString(32)",
            {
                "country": [t.country for t in touched],
                "family": [t.family for t in touched],
                "record_uid": [t.record_uid for t in touched],
                "person": [t.person for t in touched],
            },
        )
        if families & {FACILITY, CAPACITY}:
            facilities = _FACILITIES.format(families=f"{FACILITY}, {CAPACITY}")
            session.keep("judge_facilities", facilities + _of_turned(_ALL_FACILITIES, new_day))
            session.keep("judge_registered", _FACILITIES.format(families=FACILITY))
        else:
            session.fill("judge_facilities", _FACILITY_COLUMNS, {})
            session.fill("judge_registered", _FACILITY_COLUMNS, {})
        session.keep("judge_persons", _PERSONS.format(stale=_of_turned(_BECAME_STALE, new_day)))
        session.keep("judge_episodes", _EPISODES)
        session.keep("judge_outcomes", _OUTCOMES)
        if families & {TRAINING_EVENT, TRAINING_PARTICIPANT}:
            session.keep("judge_participants", _PARTICIPANTS)
        else:
            session.fill("judge_participants", _PARTICIPANT_COLUMNS, {})
        views = [view for view in VIEWS if not view.looks_at or view.looks_at & families]
        session.keep("judge_found", " UNION ALL ".join(_found(view, words) for view in views))
        session.execute(_STORE.format(version=version, countries=countries))


def _of_turned(select: str, countries: str) -> str:
    return select.format(turned=countries) if countries else ""


def _found(view: View, words: Mapping[str, str]) -> str:
    """The findings of all checks of a view."""
    checks = ",\n    ".join(map(_finding, view.checks))
    filled = _FOUND.replace("{rows}", view.rows).replace("{checks}", checks)
    for name, value in words.items():
        filled = filled.replace(f"{{{name}}}", value)
    return filled


def _finding(check: Check) -> str:
    severity = RULES[check.rule_id].severity.name
    return (
        f"('{check.rule_id}', '{severity}', ({check.broken}) = 1, ({check.awaiting}) = 1,"
        f" {check.related})"
    )


def _listed(countries: Iterable[str]) -> str:
    return ", ".join(f"'{country}'" for country in sorted(countries))
