"""People in treatment: in a period, and on its census day."""

from gtms.indicators import dimensions as by
from gtms.indicators.definition import Population
from gtms.indicators.populations import spans

# Nearly everybody has one of each: a set for every person costs more than to look for a second.
_THEIR_SETTINGS_AND_REGIONS = (
    "arrayDistinct(groupArray(setting)) AS setting, arrayDistinct(groupArray(admin1)) AS admin1"
)

IN_TREATMENT = Population(
    name="people in treatment",
    rows=f"""
SELECT *,
    toYear(first_day) - birth_year - (toMonth(first_day) < birth_month) AS age,
    intDiv(closed, 4) IN (11, 12) AND NOT open_after AS completed,
    completed AND bitTest(closed, 1) AS completed_matured,
    completed_matured AND bitTest(closed, 0) AS returned
FROM (
    SELECT period, person,
        {spans.described_by(("sex", "birth_year", "birth_month", "substance", "client_group"))},
        min(greatest(start, p0)) AS first_day, {_THEIR_SETTINGS_AND_REGIONS},
        arrayDistinct(groupArrayArray(interventions)) AS intervention, max(naloxone) AS naloxone,
        argMaxIf(journey_reason * 4 + journey_matured * 2 + journey_returned, journey_end,
            journey_end >= p0 AND journey_end < p1 AND (kind = 1 OR journey_level <= 2)
        ) AS closed,
        max(journey_start < p1 AND (journey_end IS NULL OR journey_end >= p1)) AS open_after,
        max(dateDiff('day', p1, as_of) + 1 >= 182) AS period_matured
    FROM ({spans.episodes("structured", spans.IN_TREATMENT)})
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
        by.INTERVENTION,
    ),
    sets=frozenset({"setting", "admin1", "intervention"}),
)

ON_CENSUS_DAY = Population(
    name="people in treatment on the last day of the period, or on the as-of day if that is "
    "earlier",
    rows=f"""
SELECT *, toYear(day) - birth_year - (toMonth(day) < birth_month) AS age
FROM (
    SELECT period, person, {spans.described_by(("sex", "birth_year", "birth_month"))},
        any(d) AS day, {_THEIR_SETTINGS_AND_REGIONS},
        toUInt8(max(arrayLast(c -> c.1 <= d, oat_changes).2)) AS oat
    FROM ({spans.episodes("structured", spans.ON_THE_DAY)})
    GROUP BY period, person
)
""",
    dimensions=(by.SEX, by.SETTING, by.OAT, by.AGE_25, by.ADMIN1),
    sets=frozenset({"setting", "admin1"}),
)
