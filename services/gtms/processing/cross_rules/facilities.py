"""R012, R015, R016: a facility and the capacities that it tells of."""

from gtms.processing.cross_rules.definition import CAPACITY, FACILITY, Check, View, record

# The rows of each facility by valid_from: (valid_from, valid_to, active, offers OAT, record_uid).
REGISTER = """
SELECT country, facility_id,
    arraySort(groupArray((valid_from, valid_to, status = 1, hasAny(interventions, [3, 4, 5]),
                          record_uid))) AS register
FROM registry.facilities FINAL
WHERE country IN ({countries}) AND NOT is_retracted
GROUP BY country, facility_id
"""


def row_on(day: str) -> str:
    """The row of a facility's register that holds on a day; all zero when none does."""
    return f"arrayLast(r -> r.1 <= {day} AND (r.2 IS NULL OR r.2 >= {day}), register)"


# R012: a facility that is residential on the as-of day has told of beds in the twelve months up to
# it. A row that no longer holds, or is not active, is asked nothing.
FACILITIES = View(
    looks_at=frozenset({FACILITY, CAPACITY}),
    rows=f"""
SELECT f.country AS country, toUInt8({FACILITY}) AS family, f.record_uid AS record_uid,
    f.facility_id AS facility_id,
    f.settings AS settings, f.status AS status,
    {row_on("toDate32('{as_of}')")}.5 = f.record_uid AS holds_today, c.days_with_beds AS days
FROM registry.facilities AS f FINAL
INNER JOIN ({REGISTER}) AS g ON g.country = f.country AND g.facility_id = f.facility_id
LEFT JOIN (
    SELECT country, facility_id, groupArray(as_of_date) AS days_with_beds
    FROM registry.capacities FINAL
    WHERE (country, facility_id) IN (SELECT country, facility_id FROM judge_facilities)
        AND NOT is_retracted AND beds_total > 0
    GROUP BY country, facility_id
) AS c ON c.country = f.country AND c.facility_id = f.facility_id
WHERE (f.country, f.facility_id) IN (SELECT country, facility_id FROM judge_facilities)
    AND NOT f.is_retracted
""",
    checks=(
        Check(
            "R012",
            broken="holds_today AND status = 1 AND hasAny(settings, [4, 5]) AND NOT arrayExists("
            "d -> d > addMonths(toDate32('{as_of}'), -12) AND d <= toDate32('{as_of}'), days)",
        ),
    ),
)

# R015: who counts clients on opioid agonist treatment offers it on that day.
# R016: the facility is in the register and active on the day of the census.
CAPACITIES = View(
    looks_at=frozenset({FACILITY, CAPACITY}),
    rows=f"""
SELECT c.country AS country, toUInt8({CAPACITY}) AS family, c.record_uid AS record_uid,
    c.facility_id AS facility_id, c.clients_on_oat AS clients_on_oat, c.as_of_date AS day,
    g.register AS register,
    {row_on("day")} AS row, row.5 != toFixedString('', 36) AS has_row
FROM registry.capacities AS c FINAL
LEFT JOIN ({REGISTER}) AS g ON g.country = c.country AND g.facility_id = c.facility_id
WHERE (c.country, c.facility_id) IN (SELECT country, facility_id FROM judge_facilities)
    AND NOT c.is_retracted
""",
    checks=(
        Check(
            "R015",
            broken="ifNull(clients_on_oat, 0) > 0 AND has_row AND NOT row.4",
            related=record(FACILITY, "row.5"),
        ),
        Check(
            "R016",
            awaiting="empty(register)",
            broken="notEmpty(register) AND NOT row.3",
            related=f"if(has_row, {record(FACILITY, 'row.5')}, [])",
        ),
    ),
)

VIEWS = (FACILITIES, CAPACITIES)
