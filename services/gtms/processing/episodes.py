"""The SQL that derives episodes from admissions and outcomes, for the persons of `rebuild_persons`.

Three steps, each a temporary table: `rebuild_outcomes` (the live outcomes), `rebuild_stays` (one
row per live admission with what its own outcomes and the person's death say), `rebuild_episodes`
(the same with what the person's other episodes say: journeys, entrants, spells, arrivals). The
definitions are those of §3.1 of the specification; the numbers are codes of the lists.

`rebuild_profiles` has the counting parameters of each country, `of_country`.
"""

from collections.abc import Sequence
from datetime import date

_OAT = "[3, 4, 5]"
_SCORED = ("physical", "psychological", "social", "environment")


def _whoqol(prefix: str) -> str:
    """The four domains as thousandths of the scale 0-100; they are stored on the scale 4-20."""
    return ", ".join(f"toInt32(round(({prefix}whoqol_{domain} - 4) * 6250))" for domain in _SCORED)


OUTCOMES = f"""
SELECT country, episode_uid, client_pseudonym AS person, event_date, record_uid, kind,
    multiIf(event_date_precision = 2, 2, event_date_precision = 3, 3, 1) AS level,
    discharge_reason, setting_at_discharge, interventions_received AS given, on_oat_at_event AS oat,
    any_use_of_primary_last_28d AS any_use, injecting_last_28d AS injecting,
    housing_at_event AS housing, labour_at_event AS labour, naloxone_given AS naloxone,
    follow_up_wave AS wave, follow_up_status AS status, death_cause,
    overdoses_since_last_contact AS overdoses, toUInt8(barc10_total) AS barc,
    [{_whoqol("")}] AS whoqol,
    [top_days_opioids, top_days_crack, top_days_cocaine, top_days_amphetamines, top_days_cannabis,
     top_days_alcohol, top_days_other] AS top
FROM registry.outcomes FINAL
WHERE (country, record_uid) IN (SELECT country, record_uid FROM rebuild_records WHERE family = 5)
    AND NOT is_retracted
"""

# The live outcomes of an episode, oldest first. An outcome that names another person than its
# admission waits for a correction (R070) and is not joined.
_OF_EPISODES = """
SELECT country, episode_uid, person,
    arraySort(e -> (e.event_date, e.record_uid), groupArray((event_date, record_uid, kind, level,
        discharge_reason, setting_at_discharge, given, oat, any_use, injecting, housing, labour,
        naloxone, wave, status, overdoses, barc, whoqol, top)::Tuple(event_date Date32,
        record_uid FixedString(36), kind UInt8, level UInt8, reason UInt8, setting UInt8,
        given Array(UInt8), oat UInt8, any_use UInt8, injecting UInt8, housing UInt8, labour UInt8,
        naloxone UInt8, wave UInt8, status UInt8, overdoses Nullable(UInt32),
        barc Nullable(UInt8), whoqol Array(Nullable(Int32)), top Array(Nullable(UInt32))))) AS
    events
FROM rebuild_outcomes
GROUP BY country, episode_uid, person
"""

_DEATHS = """
SELECT country, person, 1 AS found,
    argMin((event_date, level, death_cause), (event_date, record_uid)) AS death
FROM rebuild_outcomes WHERE kind = 5 GROUP BY country, person
"""

# On opioid agonist treatment on `day`: it was in the latest interventions received by then and
# nobody has said since that it has stopped; or it was planned, and nobody has.
_LATEST_GIVEN = (
    "arrayMax(x -> if(x.event_date <= day AND notEmpty(x.given), x.event_date,"
    " toDate32('1900-01-01')), told)"
)
_OAT_ON = f"""
    if(arrayExists(e -> e.event_date <= day AND hasAny(e.given, {_OAT})
                        AND e.event_date = {_LATEST_GIVEN}, told),
       NOT arrayExists(e -> e.event_date <= day AND e.oat = 2 AND e.event_date >= {_LATEST_GIVEN},
                       told),
       oat AND NOT arrayExists(e -> e.event_date <= day AND e.oat = 2, told))
"""

# Place of the TOP item of the primary substance among `top`: opioids, crack, cocaine, amphetamines,
# cannabis, alcohol, other; 0: it has none.
_TOP_ITEM = """multiIf(substance BETWEEN 10 AND 19, 1, substance = 22, 2,
    substance IN (20, 21, 23, 24), 3, substance BETWEEN 30 AND 38, 4,
    substance BETWEEN 70 AND 74, 5, substance = 80, 6,
    substance BETWEEN 40 AND 69 OR substance IN (90, 91, 92), 7, 0)"""

_STAYS = f"""
SELECT a.country AS country, a.client_pseudonym AS person, a.record_uid AS record_uid,
    a.facility_id AS facility_id, a.client_type AS client_type, a.admission_date AS start,
    multiIf(a.admission_date_precision = 2, 2, a.admission_date_precision = 3, 3, 1) AS start_level,
    arrayFilter(e -> e.event_date >= start, o.events) AS events,
    arrayFilter(e -> e.kind = 2, events) AS discharges, discharges[-1] AS discharge,
    notEmpty(discharges) AS discharged,
    if(discharged, discharge.event_date, NULL) AS end,
    if(discharged, discharge.level, 1) AS end_level,
    arrayMax(arrayConcat([start], tupleElement(events, 'event_date'))) AS last_record,
    multiIf(discharged, end,
            dateDiff('day', last_record, toDate32('{{as_of}}')) > r.stale_days, last_record, NULL)
        AS counted_end,
    if(d.found, d.death.1, NULL) AS death_record, d.death.2 AS death_level,
    d.death.3 AS cause,
    a.primary_substance AS substance, a.setting AS setting,
    arrayFilter(e -> e.kind IN (1, 2), events) AS told,
    arraySort(arrayDistinct(arrayConcat(
        a.interventions_planned, arrayFlatten(tupleElement(told, 'given'))))) AS interventions,
    a.client_type = 1
        AND hasAny(interventions, {{structured}})
        AND (setting NOT IN (1, 9)
             OR arrayExists(e -> e.setting NOT IN (0, 1, 9), discharges))
        AND (r.alcohol_included OR substance NOT IN (80, 81))
        AND (death_record IS NULL OR start <= death_record) AS structured,
    hasAny(a.interventions_planned, {_OAT}) AS oat,
    arrayMap(day -> (day, toUInt8({_OAT_ON})),
             arrayDistinct(arrayConcat([start], tupleElement(told, 'event_date')))) AS oat_told,
    arrayFilter((one, before) -> one.2 != before, oat_told,
                arrayPushFront(arrayPopBack(tupleElement(oat_told, 2)), 2)) AS oat_changes,
    if(discharged, discharge.reason, 0) AS discharge_reason, a.linkage_level AS linkage_level,
    a.admission_kind AS admission_kind, a.treatment_status AS treatment_status, a.sex AS sex,
    toUInt16(a.birth_year) AS birth_year, toUInt8(ifNull(a.birth_month, 7)) AS birth_month,
    toUInt8(a.age_at_admission) AS age, a.primary_route AS route, a.primary_frequency AS frequency,
    toInt16(a.age_at_admission) - toInt16(a.primary_age_first_use) AS first_use_lag,
    arrayConcat([substance], a.other_substances_substance) AS named,
    arrayExists(s -> s NOT IN (0, 80, 81, 96, 99), named) AS other_drug,
    toUInt8(multiIf(arrayExists(s -> s BETWEEN 10 AND 19, named), 1,
                    other_drug AND has(named, 80), 2, other_drug, 3, has(named, 80), 4, 0)
    ) AS client_group,
    a.teds_service AS service, a.referral AS referral, a.ati_stage AS ati_stage,
    a.ati_measure AS ati_measure, a.voluntariness AS voluntariness,
    dateDiff('day', a.request_date, start) AS wait, a.education AS education, a.labour AS labour,
    a.living_with AS living_with, a.living_with_children AS living_with_children,
    a.housing AS housing, a.pregnancy AS pregnancy, a.comorbidity AS comorbidity,
    a.injecting AS injecting, a.hiv_test AS hiv_test, a.hiv_result AS hiv_result,
    a.on_art AS on_art, a.hcv_test AS hcv_test, a.oat_status AS oat_status,
    a.take_home_naloxone = 1 OR arrayExists(e -> e.naloxone = 1, told) AS naloxone,
    if(discharged, discharge.any_use, 0) AS exit_use,
    if(discharged, discharge.injecting, 0) AS exit_injecting,
    if(discharged, discharge.housing, 0) AS exit_housing,
    [a.baseline_top_days_opioids, a.baseline_top_days_crack, a.baseline_top_days_cocaine,
     a.baseline_top_days_amphetamines, a.baseline_top_days_cannabis, a.baseline_top_days_alcohol,
     a.baseline_top_days_other] AS top,
    {_TOP_ITEM} AS top_item,
    toUInt8(if(top_item = 0, NULL, top[top_item])) AS top_start,
    toUInt8(if(top_item = 0 OR NOT discharged, NULL, discharge.top[top_item])) AS top_end,
    toUInt8(ifNull(a.recovery_cohort, 0)) AS recovery_cohort,
    toUInt8(a.baseline_barc10_total) AS barc_start,
    [{_whoqol("a.baseline_")}] AS whoqol_start,
    arrayMap(e -> (e.event_date, e.record_uid, e.wave, e.status, e.any_use, e.labour,
                   toUInt16(e.overdoses), e.barc, e.whoqol),
             arrayFilter(e -> e.kind = 3, events)) AS follow_ups
FROM registry.admissions AS a FINAL
INNER JOIN rebuild_profiles AS r ON r.of_country = a.country
LEFT JOIN ({_OF_EPISODES}) AS o
    ON o.country = a.country AND o.episode_uid = a.record_uid AND o.person = a.client_pseudonym
LEFT JOIN ({_DEATHS}) AS d ON d.country = a.country AND d.person = a.client_pseudonym
WHERE (a.country, a.record_uid) IN (
        SELECT country, record_uid FROM rebuild_records WHERE family = 4
    )
    AND (a.country, a.client_pseudonym) IN (SELECT country, person FROM rebuild_persons)
    AND NOT a.is_retracted
"""

# Spans on opioid agonist treatment, in day numbers: the first day, the day on which it stopped or
# the episode ended, and the last day on it, which is that day only if it had not stopped.
_SPANS_ON_OAT = """
arrayFilter((span, change) -> change.2 = 1 AND span.1 <= span.3,
    arrayMap((change, next) -> (toInt32(change.1), least(end_day, next), least(end_day, next - 1)),
        oat_changes,
        arrayPushBack(arrayMap(change -> toInt32(change.1), arrayPopFront(oat_changes)),
                      toInt32({forever} + 1))),
    oat_changes)
"""

_FOREVER = 2000000  # a day number after every end
_KEPT = (
    "country, person, record_uid, facility_id, client_type, structured, start, start_level, end,"
    " end_level, counted_end, last_record, discharge_reason, linkage_level, admission_kind,"
    " treatment_status, sex, birth_year, birth_month, age, substance, route, frequency,"
    " first_use_lag, client_group, setting, service, referral, ati_stage, ati_measure,"
    " voluntariness, wait, education, labour, living_with, living_with_children, housing,"
    " pregnancy, comorbidity, injecting, hiv_test, hiv_result, on_art, hcv_test, oat_status,"
    " interventions, oat, naloxone, oat_changes, exit_use, exit_injecting, exit_housing, top_start,"
    " top_end, recovery_cohort, barc_start, whoqol_start, follow_ups"
)

STAYS = f"""
SELECT {_KEPT}, toInt32(start) AS start_day, ifNull(toInt32(counted_end), {_FOREVER}) AS end_day,
    if(structured, {_SPANS_ON_OAT.format(forever=_FOREVER)}, []) AS oat_spans,
    structured AND discharge_reason = 60 AS died_in_it,
    multiIf(death_record IS NOT NULL, death_record, died_in_it, end, NULL) AS own_death,
    multiIf(death_record IS NOT NULL, death_level, died_in_it, end_level, 1) AS own_death_level,
    if(death_record IS NOT NULL, cause, 99) AS death_cause
FROM ({_STAYS})
"""

_EARLIER = "ORDER BY start_day, record_uid ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
_BEFORE = "ORDER BY start_day RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
_PERSON = "PARTITION BY country, person, structured"
_SPELL = "PARTITION BY country, person ORDER BY first, start_day, record_uid"

# Spells on opioid agonist treatment over all episodes of a person, by the episode in which they
# begin. A gap of up to 28 days does not end one (F02).
_SPELLS = f"""
SELECT country AS spells_in, record_uid AS spells_of,
    arraySort(groupArray((first, spell_end))) AS spells
FROM (
    SELECT *, max(last) OVER (PARTITION BY country, person, spell) AS spell_end
    FROM (
        SELECT *, sum(opens) OVER ({_SPELL} ROWS UNBOUNDED PRECEDING) AS spell
        FROM (
            SELECT *, count() OVER ({_SPELL} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) = 0
                OR first - max(last) OVER (
                    {_SPELL} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) > 28 AS opens
            FROM (
                SELECT country, person, record_uid, start_day, arrayJoin(oat_spans) AS span,
                    span.1 AS first, span.2 AS last
                FROM rebuild_stays
                WHERE first < last
            )
        )
    )
)
WHERE opens
GROUP BY spells_in, spells_of
"""

# Who was transferred, or left prison, and where they began again within 21 days.
_ARRIVALS = """
SELECT c.country AS arrived_in, c.record_uid AS arrived_from,
    max(s.facility_id != c.facility_id) AS elsewhere, max(s.setting != 7) AS in_community
FROM rebuild_stays AS c
INNER JOIN rebuild_stays AS s ON s.country = c.country AND s.person = c.person
WHERE c.structured AND s.structured AND c.end IS NOT NULL AND s.record_uid != c.record_uid
    AND (c.discharge_reason IN (21, 22) OR c.setting = 7)
    AND s.start_day BETWEEN c.end_day AND c.end_day + 21
GROUP BY arrived_in, arrived_from
"""

_SPANS_AS_DATES = (
    "arrayMap(s -> (toDate32(s.1), if(s.{last} = {forever}, NULL, toDate32(s.{last}))), {spans})"
)

# What counts of a row: everything but version, deletion, the day of the last record and the order.
_COUNTS = _KEPT.replace(" last_record,", "").removeprefix("country, person, record_uid, ") + (
    ", oat_days, oat_spells, arrived_elsewhere, arrived_in_community, died, died_level,"
    " death_cause, entrant, first_time, opens_journey, journey_start, journey_end, journey_reason,"
    " journey_level, next_journey_start"
)

EPISODES = f"""
WITH ordered AS (
    SELECT *, if(end_day > start_day, end_day, -{_FOREVER}) AS active_until,
        count() OVER ({_PERSON} {_BEFORE}) AS starts_before,
        max(active_until) OVER ({_PERSON} {_BEFORE}) AS active_before,
        count() OVER ({_PERSON} {_EARLIER}) AS earlier,
        max(end_day) OVER ({_PERSON} {_EARLIER}) AS reach
    FROM rebuild_stays
),
numbered AS (
    SELECT *, earlier = 0 OR start_day - reach > journey_gap_days AS opens_journey,
        sum(opens_journey) OVER ({_PERSON} ORDER BY start_day, record_uid) AS journey,
        toUInt32(earlier + 1) AS ordinal
    FROM ordered INNER JOIN rebuild_profiles ON of_country = country
),
journeys AS (
    SELECT *,
        min(start_day) OVER journey_rows AS journey_start_day,
        max(end_day) OVER journey_rows AS journey_end_day,
        argMax(discharge_reason, (end_day, record_uid)) OVER journey_rows AS last_reason,
        max(greatest(start_level, end_level)) OVER journey_rows AS coarsest,
        argMin((own_death, own_death_level), (ifNull(own_death, toDate32('2299-12-31')),
            record_uid)) OVER (PARTITION BY country, person) AS death,
        min(start_day) OVER ({_PERSON} ORDER BY journey
            RANGE BETWEEN 1 FOLLOWING AND 1 FOLLOWING) AS next_start_day,
        count() OVER ({_PERSON} ORDER BY journey
            RANGE BETWEEN 1 FOLLOWING AND 1 FOLLOWING) AS next_rows
    FROM numbered
    WINDOW journey_rows AS (PARTITION BY country, person, structured, journey)
),
joined AS (
    SELECT * REPLACE (toUInt8(opens_journey) AS opens_journey),
        {_SPANS_AS_DATES.format(forever=_FOREVER, spans="oat_spans", last=3)} AS oat_days,
        {_SPANS_AS_DATES.format(forever=_FOREVER, spans="spells", last=2)} AS oat_spells,
        toUInt8(elsewhere) AS arrived_elsewhere, toUInt8(in_community) AS arrived_in_community,
        death.1 AS died, toUInt8(if(died IS NULL, 1, death.2)) AS died_level,
        toUInt8(structured AND (starts_before = 0
            OR active_before <= start_day - entrant_gap_days)) AS entrant,
        toUInt8(structured AND treatment_status = 1 AND starts_before = 0) AS first_time,
        toDate32(journey_start_day) AS journey_start,
        if(journey_end_day = {_FOREVER}, NULL, toDate32(journey_end_day)) AS journey_end,
        if(journey_end_day = {_FOREVER}, 0, last_reason) AS journey_reason,
        coarsest AS journey_level,
        if(next_rows = 0, NULL, toDate32(next_start_day)) AS next_journey_start
    FROM journeys
    LEFT JOIN ({_SPELLS}) AS s ON spells_in = country AND spells_of = record_uid
    LEFT JOIN ({_ARRIVALS}) AS t ON arrived_in = country AND arrived_from = record_uid
)
SELECT country, person, record_uid, {_COUNTS}, last_record, ordinal,
    cityHash64(toString(({_COUNTS}))) AS content
FROM joined
"""

#: Of `registry.episodes`.
COLUMNS = (
    f"country, person, record_uid, version, is_deleted, {_COUNTS}, last_record, ordinal, content"
)


def statements(*, as_of: date, structured: Sequence[int]) -> dict[str, str]:
    """The SELECTs of the temporary tables, by name, in the order in which they are made."""
    return {
        "rebuild_outcomes": OUTCOMES,
        "rebuild_stays": STAYS.format(as_of=as_of.isoformat(), structured=list(structured)),
        "rebuild_episodes": EPISODES,
    }
