"""Rebuilding what follows from a person's records: episodes, journeys, entrants, first-time, stale.

For the persons that a batch touched, ever named by any revision of the touched records, all
episodes are derived again from the latest revisions; the months in which anything that counts has
changed, by what appeared or by what went, are noted in `indicators.touches`. The months are noted
before the episodes are stored: a crash in between leaves a month dirty once too often, never once
too little.

The definitions are those of §3.1 of the specification; the numbers in the SQL are codes of the
lists.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gtms.processing.session import Session
from gtms.records.profiles import Profile

_OAT = "[3, 4, 5]"

_PERSONS = """
SELECT DISTINCT country, person FROM (
    SELECT country, person FROM touched
    UNION ALL
    SELECT country, person FROM registry.revisions
    WHERE (country, record_uid) IN (SELECT country, record_uid FROM touched)
) WHERE person != toFixedString('', 32)
"""

# One row per outcome-bearing episode: its live outcomes, oldest first. An outcome that names
# another person than its admission waits for a correction (R070) and is not joined.
_OUTCOMES = """
SELECT country, episode_uid, client_pseudonym AS person,
    arraySort(groupArray((event_date, record_uid, kind, event_date_precision, discharge_reason,
        setting_at_discharge, hasAny(interventions_received, {structured}),
        hasAny(interventions_received, {oat}), on_oat_at_event, notEmpty(interventions_received)
    ))) AS events
FROM registry.outcomes FINAL
WHERE (country, record_uid) IN (SELECT country, record_uid FROM rebuild_records WHERE family = 5)
    AND NOT is_retracted
GROUP BY country, episode_uid, client_pseudonym
"""

# On opioid agonist treatment on `day`: it was in the latest interventions received by then and
# nobody has said since that it has stopped; or it was planned, and nobody has.
_OAT_ON = """
    if(arrayExists(e -> e.1 <= day AND e.8 AND e.1 = {latest}, told),
       NOT arrayExists(e -> e.1 <= day AND e.9 = 2 AND e.1 >= {latest}, told),
       oat_planned AND NOT arrayExists(e -> e.1 <= day AND e.9 = 2, told))
""".format(latest="arrayMax(x -> if(x.1 <= day AND x.10, x.1, toDate32('1900-01-01')), told)")

# One row per live admission, closed by its latest discharge (R071: none before the admission).
_STAYS = """
SELECT a.country AS country, a.client_pseudonym AS person, a.record_uid AS record_uid,
    a.facility_id AS facility_id, a.client_type AS client_type, a.admission_date AS start,
    multiIf(a.admission_date_precision = 2, 2, a.admission_date_precision = 3, 3, 1) AS start_level,
    arrayFilter(e -> e.1 >= start, o.events) AS events,
    arrayLast(e -> e.3 = 2, events) AS discharge,
    discharge.3 = 2 AS discharged,
    if(discharged, discharge.1, NULL) AS end,
    multiIf(discharge.4 = 2, 2, discharge.4 = 3, 3, 1) AS end_level,
    arrayMax(arrayConcat([start], arrayMap(e -> e.1, events))) AS last_record,
    multiIf(discharged, end, dateDiff('day', last_record, toDate32('{as_of}')) > {stale_days},
            last_record, NULL) AS counted_end,
    a.client_type = 1
        AND (hasAny(a.interventions_planned, {structured})
             OR arrayExists(e -> e.3 IN (1, 2) AND e.7, events))
        AND (a.setting NOT IN (1, 9)
             OR arrayExists(e -> e.3 = 2 AND e.6 NOT IN (0, 1, 9), events)) AS structured,
    hasAny(a.interventions_planned, {oat}) AS oat_planned,
    arrayFilter(e -> e.3 IN (1, 2), events) AS told,
    arrayMap(day -> (day, toUInt8({oat_on})),
             arrayDistinct(arrayConcat([start], arrayMap(e -> e.1, told)))) AS oat_changes,
    discharge.5 AS discharge_reason, a.linkage_level AS linkage_level,
    a.admission_kind AS admission_kind, a.treatment_status AS treatment_status, a.sex AS sex,
    toUInt16(a.birth_year) AS birth_year, toUInt8(ifNull(a.birth_month, 7)) AS birth_month,
    toUInt8(a.age_at_admission) AS age, a.primary_substance AS substance, a.setting AS setting,
    arrayConcat([a.primary_substance], a.other_substances_substance) AS named,
    arrayExists(s -> s NOT IN (0, 80, 81, 96, 99), named) AS other_drug,
    toUInt8(multiIf(arrayExists(s -> s BETWEEN 10 AND 19, named), 1,
                    other_drug AND has(named, 80), 2, other_drug, 3, has(named, 80), 4, 0)
    ) AS client_group,
    a.teds_service AS service, a.referral AS referral,
    dateDiff('day', a.request_date, start) AS wait
FROM registry.admissions AS a FINAL
LEFT JOIN ({outcomes}) AS o
    ON o.country = a.country AND o.episode_uid = a.record_uid AND o.person = a.client_pseudonym
WHERE (a.country, a.record_uid) IN (
        SELECT country, record_uid FROM rebuild_records WHERE family = 4
    )
    AND (a.country, a.client_pseudonym) IN (SELECT country, person FROM rebuild_persons)
    AND NOT a.is_retracted
"""

_FOREVER = (
    2000000  # a day number after every end; an episode that ends on its first day is never active
)
_EARLIER = "ORDER BY start_day, record_uid ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
_BEFORE = "ORDER BY start_day RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"

_EPISODES = f"""
WITH own AS (
    SELECT *, toInt32(start) AS start_day, ifNull(toInt32(counted_end), {_FOREVER}) AS end_day,
        if(end_day > start_day, end_day, -{_FOREVER}) AS active_until
    FROM ({{stays}})
),
ordered AS (
    SELECT *,
        count() OVER (PARTITION BY country, person, structured {_BEFORE}) AS starts_before,
        max(active_until) OVER (PARTITION BY country, person, structured {_BEFORE})
            AS active_before,
        count() OVER (PARTITION BY country, person, structured {_EARLIER}) AS earlier,
        max(end_day) OVER (PARTITION BY country, person, structured {_EARLIER}) AS reach,
        earlier = 0 OR start_day - reach > {{journey_gap_days}} AS opens_journey
    FROM own
),
numbered AS (
    SELECT *, sum(opens_journey) OVER (
        PARTITION BY country, person, structured ORDER BY start_day, record_uid
    ) AS journey
    FROM ordered
),
journeys AS (
    SELECT *,
        min(start_day) OVER journey_rows AS journey_start_day,
        max(end_day) OVER journey_rows AS journey_end_day,
        argMax(discharge_reason, (end_day, record_uid)) OVER journey_rows AS last_reason,
        max(greatest(start_level, end_level)) OVER journey_rows AS coarsest,
        min(start_day) OVER (
            PARTITION BY country, person, structured ORDER BY journey
            RANGE BETWEEN 1 FOLLOWING AND 1 FOLLOWING
        ) AS next_start_day,
        count() OVER (
            PARTITION BY country, person, structured ORDER BY journey
            RANGE BETWEEN 1 FOLLOWING AND 1 FOLLOWING
        ) AS next_rows
    FROM numbered
    WINDOW journey_rows AS (PARTITION BY country, person, structured, journey)
)
SELECT country, person, record_uid, toUInt64({{version}}) AS version, toUInt8(0) AS is_deleted,
    facility_id, client_type, structured, start, start_level, end, end_level, counted_end,
    last_record, discharge_reason, linkage_level, admission_kind, treatment_status, sex, birth_year,
    birth_month, age, substance, client_group, setting, service, referral, wait, oat_changes,
    toUInt8(structured
    AND (starts_before = 0
        OR active_before <= start_day - {{entrant_gap_days}})) AS entrant,
    toUInt8(structured AND treatment_status = 1 AND starts_before = 0) AS first_time,
    toDate32(journey_start_day) AS journey_start,
    if(journey_end_day = {_FOREVER}, NULL, toDate32(journey_end_day)) AS journey_end,
    if(journey_end_day = {_FOREVER}, 0, last_reason) AS journey_reason, coarsest AS journey_level,
    if(next_rows = 0, NULL, toDate32(next_start_day)) AS next_journey_start,
    cityHash64(toString((facility_id, client_type, structured, start, start_level, end, end_level,
        counted_end, discharge_reason, linkage_level, admission_kind, treatment_status, sex,
        birth_year, birth_month, age, substance, client_group, setting, service, referral, wait,
        oat_changes,
        entrant, first_time, journey_start, journey_end, journey_reason, journey_level,
        next_journey_start))) AS content
FROM journeys
"""

_MONTHS = """arrayJoin(arrayMap(
    i -> addMonths(makeDate32(toYear({first}), toMonth({first}), 1), i),
    range(toUInt32(greatest(0, dateDiff('month', {first}, {last}))) + 1)))"""

_LAST_DAY = "ifNull(counted_end, toDate32('{as_of}'))"
_SAME = "(country, person, record_uid, content)"

_REVISIONS_OF_TOUCHED = """registry.revisions
    WHERE (country, record_uid) IN (SELECT country, record_uid FROM touched)"""
_TOUCHED_FACILITIES = """
    SELECT country, facility_id FROM registry.revisions WHERE (country, record_uid) IN (
        SELECT country, record_uid FROM touched WHERE family = 1
    )"""

# Months of the spans of episodes that appeared or went.
_SPAN_MONTHS = f"""
SELECT country, {_MONTHS.format(first="start", last=_LAST_DAY)} AS month
FROM (
    SELECT country, start, counted_end FROM rebuild_episodes
    WHERE {_SAME} NOT IN (SELECT {_SAME[1:-1]} FROM rebuild_current)
    UNION ALL
    SELECT country, start, counted_end FROM rebuild_current
    WHERE {_SAME} NOT IN (SELECT {_SAME[1:-1]} FROM rebuild_episodes)
)
"""

# Months of every revision of the touched records, by their date and by the day they were received.
_RECORD_MONTHS = f"""
SELECT country, makeDate32(toYear(day), toMonth(day), 1) AS month
FROM (SELECT country, arrayJoin([event_date, toDate32(received_at)]) AS day
      FROM {_REVISIONS_OF_TOUCHED})
WHERE isNotNull(day)
"""

# A facility's row describes all that ever happened there, an assessment holds until the next one:
# all months since the first of those.
_LASTING_MONTHS = f"""
SELECT country, {_MONTHS.format(first="since", last="toDate32('{as_of}')")} AS month
FROM (
    SELECT country, min(assumeNotNull(day)) AS since FROM (
        SELECT country, event_date AS day FROM registry.revisions
        WHERE (country, record_uid) IN (
            SELECT country, record_uid FROM touched WHERE family IN (1, 3)
        )
        UNION ALL
        SELECT country, start AS day FROM registry.episodes FINAL
        WHERE (country, facility_id) IN ({_TOUCHED_FACILITIES})
        UNION ALL
        SELECT country, as_of_date AS day FROM registry.capacities FINAL
        WHERE (country, facility_id) IN ({_TOUCHED_FACILITIES}) AND NOT is_retracted
        UNION ALL
        SELECT country, assessment_date AS day FROM registry.qa_assessments FINAL
        WHERE (country, facility_id) IN ({_TOUCHED_FACILITIES}) AND NOT is_retracted
    ) WHERE isNotNull(day) GROUP BY country
)
"""

# A country has every month since the first that any revision speaks of, so that the periods that
# it has do not depend on the order in which its records came.
_FIRST_MONTHS = f"""
SELECT country, month FROM (
    SELECT country, {_MONTHS.format(first="since", last="toDate32('{as_of}')")} AS month
    FROM (SELECT country, min(assumeNotNull(event_date)) AS since
          FROM {_REVISIONS_OF_TOUCHED} AND isNotNull(event_date) GROUP BY country)
) WHERE (country, month) NOT IN (SELECT country, month FROM indicators.touches)
"""

_TOUCHES = f"""
INSERT INTO indicators.touches (country, month, version)
SELECT DISTINCT country, month, {{version}} FROM (
    {_SPAN_MONTHS} UNION ALL {_RECORD_MONTHS} UNION ALL {_LASTING_MONTHS} UNION ALL {_FIRST_MONTHS}
)
"""

_STORE = """
INSERT INTO registry.episodes
SELECT * FROM rebuild_episodes
WHERE (country, person, record_uid, content, last_record) NOT IN (
    SELECT country, person, record_uid, content, last_record FROM rebuild_current
)
UNION ALL
SELECT * REPLACE (toUInt64({version}) AS version, toUInt8(1) AS is_deleted) FROM rebuild_current
WHERE (country, person, record_uid) NOT IN (
    SELECT country, person, record_uid FROM rebuild_episodes
)
"""


@dataclass(frozen=True, slots=True)
class Touched:
    """A record that a batch stored: what must be looked at again."""

    country: str
    family: int
    record_uid: str
    person: str


def rebuild(
    session: Session,
    touched: Sequence[Touched],
    *,
    as_of: date,
    profile: Profile,
    structured: Sequence[int],
) -> None:
    """Derive the episodes of all persons that the touched records name or ever named.

    Blocks while ClickHouse works. Safe to repeat at any time with the same or more records.

    Args:
        session: connection that the work is done on.
        touched: the records.
        as_of: the day for which staleness is judged.
        profile: of all countries among `touched`.
        structured: codes of the interventions that are structured treatment.

    Raises:
        Unavailable: ClickHouse is away; nothing or a repeatable part has been stored.
    """
    columns: dict[str, list[object]] = {
        "country": [t.country for t in touched],
        "family": [t.family for t in touched],
        "record_uid": [t.record_uid for t in touched],
        "person": [t.person for t in touched],
    }
    words = {
        "version": session.version(),
        "as_of": as_of.isoformat(),
        "structured": list(structured),
        "oat": _OAT,
        "oat_on": _OAT_ON,
        "stale_days": profile.stale_days,
        "journey_gap_days": profile.journey_gap_days,
        "entrant_gap_days": profile.entrant_gap_days,
    }
    with session.tables(
        "touched", "rebuild_persons", "rebuild_records", "rebuild_current", "rebuild_episodes"
    ):
        session.fill(
            "touched",
            "country FixedString(3), family UInt8, record_uid FixedString(36), person "
            "FixedString(32)",
            columns,
        )
        session.keep("rebuild_persons", _PERSONS)
        session.keep(
            "rebuild_records",
            "SELECT country, record_uid, family FROM registry.person_records"
            " WHERE (country, person) IN (SELECT country, person FROM rebuild_persons)",
        )
        session.keep(
            "rebuild_current",
            "SELECT * FROM registry.episodes FINAL"
            " WHERE (country, person) IN (SELECT country, person FROM rebuild_persons)",
        )
        stays = _STAYS.format(outcomes=_OUTCOMES.format(**words), **words)
        session.keep("rebuild_episodes", _EPISODES.format(stays=stays, **words))
        session.execute(_TOUCHES.format(**words))
        session.execute(_STORE.format(**words))
