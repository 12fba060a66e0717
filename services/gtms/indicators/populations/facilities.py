"""Facilities, their beds and their quality.

Reads `view_facilities`, `view_capacities` and `view_assessments`, the live records of the touched
countries, beside those of `spans`.
"""

from gtms.indicators import dimensions as by
from gtms.indicators.definition import Aspect, Population
from gtms.indicators.populations import spans

_PLACES = frozenset({Aspect.PLACES})

_FACILITY_ROWS = """
SELECT p.id AS period, f.facility_id AS facility_id,
    argMax((f.status, f.ownership, f.settings, f.admin1_code, f.tdi_centre_type,
            f.women_specific_programme, f.youth_programme, f.hiv_services_onsite,
            hasAny(f.interventions, [3, 4, 5]), f.reports_to_system), f.valid_from) AS row,
    row.1 AS status, row.2 AS ownership, row.3 AS setting, row.4 AS admin1, row.5 AS centre_type,
    row.6 AS women_specific, row.7 AS youth, row.8 AS hiv, row.9 AS offers_oat,
    row.10 = 1 AS reports
FROM view_periods AS p
INNER JOIN view_facilities AS f ON f.country = p.country
WHERE {valid}
GROUP BY period, facility_id
"""

# Who assessed a facility in the 24 months up to the last day of the period.
_ASSESSORS = """
SELECT p.id AS period, q.facility_id AS facility_id, groupUniqArray(q.assessor_kind) AS kinds
FROM view_periods AS p
INNER JOIN view_assessments AS q ON q.country = p.country
WHERE q.assessment_date > addMonths(p.d, -24) AND q.assessment_date <= p.d
GROUP BY period, facility_id
"""

FACILITIES = Population(
    name="facilities that are active on the last day of the period",
    rows=f"""
SELECT *, (period, facility_id) IN (SELECT period, facility_id FROM ({_ASSESSORS})) AS assessed
FROM ({
        _FACILITY_ROWS.format(
            valid="f.valid_from <= p.d AND (f.valid_to IS NULL OR f.valid_to >= p.d)"
        )
    })
WHERE status = 1
""",
    dimensions=(by.OWNERSHIP, by.ADMIN1, by.SETTING),
    sets=frozenset({"setting"}),
    reads=_PLACES,
)

ASSESSORS = Population(
    name="kinds of assessor of each active facility that reports, and one row for the facility",
    rows=f"""
SELECT f.period AS period, arrayJoin(arrayDistinct(arrayConcat([0], a.kinds))) AS assessor_kind
FROM ({FACILITIES.rows}) AS f
LEFT JOIN ({_ASSESSORS}) AS a ON a.period = f.period AND a.facility_id = f.facility_id
WHERE f.reports
""",
    dimensions=(by.ASSESSOR_KIND,),
    reads=_PLACES,
)

REPORTING_FACILITIES = Population(
    name="facilities that provide treatment in the period, with whether they reported",
    rows=f"""
SELECT f.period AS period, f.admin1 AS admin1, f.centre_type AS centre_type,
    (f.period, f.facility_id) IN (
        SELECT period, facility FROM ({spans.episodes("1", spans.STARTS)})
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
    reads=_PLACES | {Aspect.PEOPLE},
)

# The setting and the region of a facility are those of the row that is valid on the day, else those
# of its first row; both are unknown while the facility is not in the register.
_VALID_ON = "f.valid_from <= {day} AND (f.valid_to IS NULL OR f.valid_to >= {day})"
_ROW_ON = (
    f"if(countIf({_VALID_ON}) > 0,"
    f" argMaxIf((f.settings, f.admin1_code), f.valid_from, {_VALID_ON}),"
    " argMin((f.settings, f.admin1_code), f.valid_from))"
)

# What is asked of a count, and what it is set against; the number is `what` in the rows.
_COUNTED = """[
    (1, c.beds_total, c.beds_total), (2, c.outpatient_slots, c.outpatient_slots),
    (3, c.beds_occupied, c.beds_total)
]"""

CAPACITIES = Population(
    name="the latest counts of beds, of places, and of beds with those occupied, of each facility "
    "in the period",
    rows=f"""
SELECT c.period AS period, c.what AS what, any(c.amount) AS amount, any(c.whole) AS whole,
    {_ROW_ON.format(day="c.day")} AS row,
    if(empty(row.1), [0], row.1) AS setting, row.2 AS admin1
FROM (
    SELECT period, country, facility_id, each.1 AS what, max(as_of_date) AS day,
        argMax(assumeNotNull(each.2), as_of_date) AS amount,
        argMax(assumeNotNull(each.3), as_of_date) AS whole
    FROM (
        SELECT p.id AS period, c.country AS country, c.facility_id AS facility_id,
            c.as_of_date AS as_of_date, arrayJoin({_COUNTED}) AS each
        FROM view_periods AS p
        INNER JOIN view_capacities AS c ON c.country = p.country
        WHERE c.as_of_date >= p.p0 AND c.as_of_date < p.p1
    )
    WHERE isNotNull(each.2) AND isNotNull(each.3)
    GROUP BY period, country, facility_id, what
) AS c
LEFT JOIN view_facilities AS f ON f.country = c.country AND f.facility_id = c.facility_id
GROUP BY c.period, c.country, c.facility_id, c.what
""",
    dimensions=(by.SETTING, by.ADMIN1),
    sets=frozenset({"setting"}),
    reads=_PLACES,
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
    reads=_PLACES,
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
    reads=_PLACES,
)
