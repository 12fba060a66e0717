"""The populations that indicators count: one row per unit of count and period.

Each reads `view_episodes` (the episodes of the touched countries that reach into the touched
periods) and `view_periods` (id, country, kind, p0, p1, d), which `gtms.processing.cells` puts
beside the statement, and the registry. Definitions: §3.1 of the specification; the symbols are its
symbols.

A date known only to the year counts in years, one known to the month also in quarters and months
(`start_level`, `end_level`: 1 day, 2 month, 3 year).
"""

from gtms.indicators import dimensions as by
from gtms.indicators.definition import Population

# An episode beside each touched period for which `condition` holds; p has id, kind, p0, p1 and d.
_SPANS = """
SELECT e.* EXCEPT (periods), p.id AS period, p.kind AS kind, p.p0 AS p0, p.p1 AS p1, p.d AS d
FROM (
    SELECT *, arrayJoin(arrayFilter(p -> {condition}, periods)) AS p
    FROM view_episodes WHERE {which}
) AS e
"""

_PRECISE = "(p.kind = 1 OR {level} <= 2)"
_STARTS_IN = f"start >= p.p0 AND start < p.p1 AND {_PRECISE.format(level='start_level')}"
_ENDS_IN = f"end >= p.p0 AND end < p.p1 AND {_PRECISE.format(level='end_level')}"
_PRECISE_SPAN = f"{_PRECISE.format(level='greatest(start_level, end_level)')}"

IN_TREATMENT = Population(
    name="people in treatment",
    rows=f"""
SELECT period, person,
    tupleElement(last, 1) AS sex, tupleElement(last, 4) AS substance,
    tupleElement(last, 5) AS client_group,
    toYear(first_day) - tupleElement(last, 2) - (toMonth(first_day) < tupleElement(last, 3)) AS age,
    setting, admin1,
    tupleElement(closed, 1) IN (11, 12) AND NOT open_after AS completed,
    completed AND tupleElement(closed, 2) AS completed_matured,
    completed_matured AND tupleElement(closed, 3) AS returned
FROM (
    SELECT period, person,
        argMax((sex, birth_year, birth_month, substance, client_group),
               (start, record_uid)) AS last,
        greatest(min(start), any(p0)) AS first_day,
        groupUniqArray(setting) AS setting, groupUniqArray(admin1) AS admin1,
        argMaxIf((journey_reason, journey_matured, journey_returned), journey_end,
            journey_end >= p0 AND journey_end < p1 AND (kind = 1 OR journey_level <= 2)
        ) AS closed,
        max(journey_start < p1 AND (journey_end IS NULL OR journey_end >= p1)) AS open_after
    FROM ({
        _SPANS.format(
            which="structured",
            condition="start < p.p1 AND (counted_end IS NULL OR counted_end >= p.p0) AND "
            + _PRECISE_SPAN,
        )
    })
    GROUP BY period, person
)
""",
    dimensions=(
        by.SEX,
        by.AGE_BAND,
        by.AGE_GROUP,
        by.SUBSTANCE,
        by.SUBSTANCE_GROUP,
        by.CLIENT_GROUP,
        by.SETTING,
        by.ADMIN1,
    ),
    sets=frozenset({"setting", "admin1"}),
)

ON_CENSUS_DAY = Population(
    name="people in treatment on the last day of the period, or on the as-of day if that is "
    "earlier",
    rows=f"""
SELECT period, person,
    argMax(sex, (start, record_uid)) AS sex, groupUniqArray(setting) AS setting,
    toUInt8(max(arrayLast(c -> c.1 <= d, oat_changes).2)) AS oat
FROM ({
        _SPANS.format(
            which="structured",
            condition="start <= p.d AND (counted_end IS NULL OR counted_end > p.d) AND "
            + _PRECISE_SPAN,
        )
    })
GROUP BY period, person
""",
    dimensions=(by.SEX, by.SETTING, by.OAT),
    sets=frozenset({"setting"}),
)

ENTRANTS = Population(
    name="treatment entrants",
    rows=f"""
SELECT period, person,
    tupleElement(first, 1) AS status, tupleElement(first, 2) AS first_time,
    multiIf(first_time, 1, status = 99, 0, 2) AS history,
    tupleElement(last, 1) AS sex, tupleElement(last, 2) AS age, tupleElement(last, 3) AS substance,
    tupleElement(last, 4) AS setting, tupleElement(last, 5) AS referral,
    tupleElement(last, 6) AS admin1
FROM (
    SELECT period, person,
        argMinIf((treatment_status, first_time), (start, record_uid), entrant) AS first,
        argMax((sex, age, substance, setting, referral, admin1), (start, record_uid)) AS last
    FROM ({_SPANS.format(which="structured", condition=_STARTS_IN)})
    GROUP BY period, person HAVING max(entrant)
)
""",
    dimensions=(
        by.SEX,
        by.AGE_BAND,
        by.AGE_GROUP,
        by.SUBSTANCE,
        by.SUBSTANCE_GROUP,
        by.SETTING,
        by.REFERRAL,
        by.ADMIN1,
        by.TREATMENT_HISTORY,
    ),
)

ENTRIES = Population(
    name="episodes with which entrants entered treatment",
    rows=_SPANS.format(which="structured AND entrant", condition=_STARTS_IN),
    dimensions=(by.SETTING, by.ADMIN1),
)

ADMISSIONS = Population(
    name="admissions to structured treatment",
    rows=_SPANS.format(which="structured", condition=_STARTS_IN),
    dimensions=(
        by.SEX,
        by.AGE_BAND,
        by.AGE_GROUP,
        by.SUBSTANCE,
        by.SUBSTANCE_GROUP,
        by.SETTING,
        by.ADMISSION_KIND,
    ),
)

# Outpatient and outreach settings count the day of last contact as a day of treatment (TEDS).
_STAY = "dateDiff('day', start, assumeNotNull(end)) + (setting IN (1, 2, 3, 6, 8, 9))"

DISCHARGES = Population(
    name="discharges from structured treatment",
    rows=f"""
SELECT *, {_STAY} AS stay, start_level = 1 AND end_level = 1 AS stay_known
FROM ({_SPANS.format(which="structured AND isNotNull(end)", condition=_ENDS_IN)})
""",
    dimensions=(
        by.SEX,
        by.AGE_BAND,
        by.AGE_GROUP,
        by.SUBSTANCE,
        by.SUBSTANCE_GROUP,
        by.SERVICE,
        by.DISCHARGE_REASON,
        by.REFERRAL,
    ),
)

EPISODES = Population(
    name="episodes of all admissions for own use, structured or not",
    rows=_SPANS.format(which="client_type = 1", condition=_STARTS_IN),
    dimensions=(by.FACILITY,),
)

_FACILITY_ROWS = """
SELECT p.id AS period, f.facility_id AS facility_id,
    argMax((f.status, f.ownership, f.settings, f.admin1_code, f.tdi_centre_type),
           f.valid_from) AS row,
    tupleElement(row, 1) AS status, tupleElement(row, 2) AS ownership,
    tupleElement(row, 3) AS setting, tupleElement(row, 4) AS admin1,
    tupleElement(row, 5) AS centre_type
FROM view_periods AS p
INNER JOIN view_facilities AS f ON f.country = p.country
WHERE {valid}
GROUP BY period, facility_id
"""

FACILITIES = Population(
    name="facilities that are active on the last day of the period",
    rows=f"""SELECT * FROM ({
        _FACILITY_ROWS.format(
            valid="f.valid_from <= p.d AND (f.valid_to IS NULL OR f.valid_to >= p.d)"
        )
    }) WHERE status = 1""",
    dimensions=(by.OWNERSHIP, by.ADMIN1, by.SETTING),
    sets=frozenset({"setting"}),
)

REPORTING_FACILITIES = Population(
    name="facilities that provide treatment in the period, with whether they reported",
    rows=f"""
SELECT f.period AS period, f.admin1 AS admin1, f.centre_type AS centre_type,
    (f.period, f.facility_id) IN (
        SELECT period, facility FROM ({_SPANS.format(which="1", condition=_STARTS_IN)})
        UNION DISTINCT
        SELECT p.id, c.facility_id FROM view_periods AS p
        INNER JOIN view_capacities AS c ON c.country = p.country
        WHERE c.as_of_date >= p.p0 AND c.as_of_date < p.p1
    ) AS reported
FROM ({
        _FACILITY_ROWS.format(
            valid="f.status = 1 AND f.valid_from <= p.d AND (f.valid_to IS NULL OR f.valid_to >= "
            "p.p0)"
        )
    }) AS f
""",
    dimensions=(by.CENTRE_TYPE, by.ADMIN1),
)

# The setting and the region of a facility are those of the row that is valid on the day, else those
# of its first row; both are unknown while the facility is not in the register.
_VALID_ON = "f.valid_from <= {day} AND (f.valid_to IS NULL OR f.valid_to >= {day})"
_ROW_ON = (
    f"if(countIf({_VALID_ON}) > 0,"
    f" argMaxIf((f.settings, f.admin1_code), f.valid_from, {_VALID_ON}),"
    " argMin((f.settings, f.admin1_code), f.valid_from))"
)

BEDS = Population(
    name="the latest count of beds of each facility in the period",
    rows=f"""
SELECT c.period AS period, any(c.beds_occupied) AS occupied, any(c.beds_total) AS total,
    {_ROW_ON.format(day="c.day")} AS row,
    if(empty(row.1), [0], row.1) AS setting, row.2 AS admin1
FROM (
    SELECT p.id AS period, c.country AS country, c.facility_id AS facility_id,
        max(c.as_of_date) AS day,
        argMax(assumeNotNull(c.beds_total), c.as_of_date) AS beds_total,
        argMax(assumeNotNull(c.beds_occupied), c.as_of_date) AS beds_occupied
    FROM view_periods AS p
    INNER JOIN view_capacities AS c ON c.country = p.country
    WHERE c.as_of_date >= p.p0 AND c.as_of_date < p.p1
        AND isNotNull(c.beds_total) AND isNotNull(c.beds_occupied)
    GROUP BY period, country, facility_id
) AS c
LEFT JOIN view_facilities AS f ON f.country = c.country AND f.facility_id = c.facility_id
GROUP BY c.period, c.country, c.facility_id
""",
    dimensions=(by.SETTING, by.ADMIN1),
    sets=frozenset({"setting"}),
)

# Ratings of the latest assessment of each facility before the end of the period (UNODC QA tools).
_LATEST_ASSESSMENTS = """
SELECT p.id AS period, q.country AS country, q.facility_id AS facility_id, any(p.d) AS d,
    argMax((q.criteria_standard_id, q.criteria_rating), (q.assessment_date, q.record_uid)) AS latest
FROM view_periods AS p
INNER JOIN view_assessments AS q ON q.country = p.country
WHERE q.assessment_date <= p.d
GROUP BY period, country, facility_id
"""

ASSESSMENTS = Population(
    name="the latest quality assessment of each facility",
    rows=f"""
SELECT a.period AS period,
    arrayCount(r -> r = 3, tupleElement(any(a.latest), 2)) AS fully,
    arrayCount(r -> r IN (1, 2, 3), tupleElement(any(a.latest), 2)) AS rated,
    {_ROW_ON.format(day="a.d")} AS row, if(empty(row.1), [0], row.1) AS setting
FROM ({_LATEST_ASSESSMENTS}) AS a
LEFT JOIN view_facilities AS f ON f.country = a.country AND f.facility_id = a.facility_id
GROUP BY a.period, a.country, a.facility_id
HAVING rated > 0
""",
    dimensions=(by.SETTING,),
    sets=frozenset({"setting"}),
)

ASSESSED_STANDARDS = Population(
    name="the standards of the latest quality assessment of each facility",
    rows=f"""
SELECT period, standard, countIf(rating = 3) AS fully, countIf(rating IN (1, 2, 3)) AS rated
FROM (
    SELECT period, facility_id, arrayJoin(arrayZip(latest.1, latest.2)) AS criterion,
        criterion.1 AS standard, criterion.2 AS rating
    FROM ({_LATEST_ASSESSMENTS})
)
GROUP BY period, facility_id, standard
HAVING rated > 0
""",
    dimensions=(by.STANDARD,),
)

MISSINGNESS_FIELDS = (
    "education",
    "labour",
    "living_with",
    "living_with_children",
    "housing",
    "referral",
    "voluntariness",
    "treatment_status",
    "primary_substance",
    "primary_route",
    "primary_frequency",
    "injecting",
    "hiv_test",
    "hcv_test",
    "comorbidity",
    "sex",
    "setting",
    "oat_status",
    "pregnancy",
)

ANSWERS = Population(
    name="answers to the fields of admissions that apply",
    rows=f"""
SELECT period, facility, field, countIf(answer IN (97, 99)) AS missing, count() AS asked
FROM (
    SELECT p.id AS period, a.facility_id AS facility,
        arrayJoin(arrayZip([{", ".join(f"'{name}'" for name in MISSINGNESS_FIELDS)}],
                           [{", ".join(f"a.{name}" for name in MISSINGNESS_FIELDS)}])) AS pair,
        pair.1 AS field, pair.2 AS answer
    FROM (
        SELECT country, facility_id, admission_date, admission_date_precision,
            {", ".join(MISSINGNESS_FIELDS)}
        FROM registry.admissions FINAL
        WHERE country IN (SELECT country FROM view_periods) AND NOT is_retracted
    ) AS a
    INNER JOIN view_periods AS p ON p.country = a.country
    WHERE a.admission_date >= p.p0 AND a.admission_date < p.p1
        AND (p.kind = 1 OR a.admission_date_precision != 3)
)
WHERE answer NOT IN (0, 98)
GROUP BY period, facility, field
""",
    dimensions=(by.FIELD, by.FACILITY),
)

RECEIVED_RECORDS = Population(
    name="records by the day on which they were first received",
    rows="""
SELECT p.id AS period, r.latest.1 AS family, dateDiff('day', r.latest.3, r.received) AS lag
FROM (
    SELECT country, record_uid, toDate32(min(received_at)) AS received,
        argMax((family, is_retracted, event_date), (revision, content_hash)) AS latest
    FROM registry.revisions
    WHERE country IN (SELECT country FROM view_periods)
    GROUP BY country, record_uid
    SETTINGS optimize_aggregation_in_order = 1
) AS r
INNER JOIN view_periods AS p ON p.country = r.country
WHERE r.received >= p.p0 AND r.received < p.p1
    AND NOT r.latest.2 AND r.latest.1 IN (2, 3, 4, 5) AND isNotNull(r.latest.3)
""",
    dimensions=(by.FAMILY,),
)
