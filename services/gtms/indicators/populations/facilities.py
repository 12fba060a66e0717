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
