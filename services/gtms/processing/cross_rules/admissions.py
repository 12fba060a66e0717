"""R030, R044, R056, R062 to R065, R075, R077: an admission beside others, and its facility."""

from gtms.processing.cross_rules.definition import (
    ADMISSION,
    FACILITY,
    NO_RECORD,
    OUTCOME,
    Check,
    View,
    record,
    records,
)
from gtms.processing.cross_rules.facilities import REGISTER, row_on

_FOREVER = 2000000  # a day number after every end; its negative is before every start

# The persons' admissions, each beside the others of its person. `earlier` are those that start on
# a day before; `before` those that start before in the order of (start, record id).
_OF_PERSON = f"""
SELECT *, toUInt8(4) AS family,
    countIf(structured) OVER earlier AS structured_before,
    argMaxIf(record_uid, (start_day, record_uid), structured) OVER earlier AS structured_latest,
    row_number() OVER same AS number_of_same, first_value(record_uid) OVER same AS first_of_same,
    max(active_until) OVER before_here AS active_before,
    argMax(record_uid, (active_until, record_uid)) OVER before_here AS active_latest,
    min(start_day) OVER last_seven AS seven_since, count() OVER last_seven AS up_to_seven,
    groupArray(record_uid) OVER last_seven AS seven,
    uniqExact(facility_id) OVER on_day AS facilities_on_day,
    groupArray(record_uid) OVER on_day AS all_on_day,
    min(birth_year) OVER person_rows AS earliest_birth,
    max(birth_year) OVER person_rows AS latest_birth,
    argMin(record_uid, (birth_year, record_uid)) OVER person_rows AS born_earliest,
    argMax(record_uid, (birth_year, record_uid)) OVER person_rows AS born_latest,
    countIf(sex = 1) OVER person_rows AS males, minIf(record_uid, sex = 1) OVER person_rows AS male,
    countIf(sex = 2) OVER person_rows AS females,
    minIf(record_uid, sex = 2) OVER person_rows AS female
FROM (
    SELECT e.country AS country, e.person AS person, e.record_uid AS record_uid,
        e.facility_id AS facility_id, client_type, structured, start, end, counted_end,
        treatment_status, sex, birth_year, substance, setting,
        d.died AS died, d.death AS death, g.register AS register,
        {row_on("e.start")} AS row, toInt32(e.start) AS start_day,
        ifNull(toInt32(e.end), {_FOREVER}) AS end_day,
        if(end_day > start_day, end_day, -{_FOREVER}) AS active_until
    FROM judge_episodes AS e
    LEFT JOIN ({REGISTER}) AS g ON g.country = e.country AND g.facility_id = e.facility_id
    LEFT JOIN (
        SELECT country, person, 1 AS died, min((event_date, record_uid)) AS death
        FROM judge_outcomes WHERE kind = 5 GROUP BY country, person
    ) AS d ON d.country = e.country AND d.person = e.person
)
WINDOW
    person_rows AS (PARTITION BY country, person),
    earlier AS (PARTITION BY country, person ORDER BY start_day
                RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
    same AS (PARTITION BY country, person, facility_id, start_day, substance, setting
             ORDER BY record_uid),
    before_here AS (PARTITION BY country, person, facility_id, setting
                    ORDER BY start_day, record_uid
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
    last_seven AS (PARTITION BY country, person ORDER BY start_day, record_uid
                   ROWS BETWEEN 6 PRECEDING AND CURRENT ROW),
    on_day AS (PARTITION BY country, person, start_day)
"""

# The facility is in the register and active on the day of the admission.
IS_ACTIVE = Check(
    "R030",
    awaiting="empty(register)",
    broken="notEmpty(register) AND NOT row.3",
    related=f"if(row.5 != toFixedString('', 36), {record(FACILITY, 'row.5')}, {NO_RECORD})",
)

OF_PERSON = View(
    looks_at=frozenset({ADMISSION, OUTCOME}),
    rows=_OF_PERSON,
    checks=(
        IS_ACTIVE,
        # A country that counts drugs only takes no alcohol or nicotine as the primary substance.
        Check(
            "R044",
            broken="client_type = 1 AND substance IN (80, 81) AND country IN ({drugs_only})",
        ),
        # The person says never treated; the registry knows an earlier structured episode.
        Check(
            "R056",
            broken="treatment_status = 1 AND structured_before > 0",
            related=record(ADMISSION, "structured_latest"),
        ),
        # The same twice: the one with the greater record id is suspected.
        Check(
            "R062",
            broken="number_of_same > 1",
            related=record(ADMISSION, "first_of_same"),
        ),
        # Begins before an earlier one in the same facility and setting was discharged.
        Check(
            "R063",
            broken="active_before > start_day AND active_until > start_day",
            related=record(ADMISSION, "active_latest"),
        ),
        # The seventh admission within 90 days and those after it; a day in four facilities.
        Check(
            "R064",
            broken="(up_to_seven = 7 AND start_day - seven_since < 90) OR facilities_on_day > 3",
            related=records(
                ADMISSION,
                "arrayFilter(uid -> uid != record_uid, if(facilities_on_day > 3,"
                " all_on_day, seven))",
            ),
        ),
        # Another admission of the person has another year of birth, or the other sex.
        Check(
            "R065",
            broken="birth_year - earliest_birth > 1 OR latest_birth - birth_year > 1"
            " OR (males > 0 AND females > 0 AND sex IN (1, 2))",
            related="multiIf("
            f"birth_year - earliest_birth > 1, {record(ADMISSION, 'born_earliest')},"
            f" latest_birth - birth_year > 1, {record(ADMISSION, 'born_latest')},"
            f" sex = 1, {record(ADMISSION, 'female')}, {record(ADMISSION, 'male')})",
        ),
        # Nobody is admitted after the day of death.
        Check(
            "R075",
            broken="died = 1 AND start > death.1",
            related=record(OUTCOME, "death.2"),
        ),
        # Open, and nothing was told for longer than the country's stale_days.
        Check("R077", broken="structured AND end IS NULL AND counted_end IS NOT NULL"),
    ),
)

# The admissions of everybody in a facility whose own record has just come or changed.
IN_FACILITY = View(
    looks_at=frozenset({FACILITY}),
    rows=f"""
SELECT e.country AS country, toUInt8({ADMISSION}) AS family, e.record_uid AS record_uid,
    e.facility_id AS facility_id, g.register AS register, {row_on("e.start")} AS row
FROM registry.episodes AS e FINAL
LEFT JOIN ({REGISTER}) AS g ON g.country = e.country AND g.facility_id = e.facility_id
WHERE (e.country, e.facility_id) IN (SELECT country, facility_id FROM judge_registered)
""",
    checks=(IS_ACTIVE,),
)

VIEWS = (OF_PERSON, IN_FACILITY)
