"""Entering treatment: entrants, the episodes with which they enter, and all admissions."""

from gtms.indicators import dimensions as by
from gtms.indicators.definition import Population
from gtms.indicators.populations import spans

# Which start describes an entrant: the last of all, or the first qualifying one, as the country's
# profile says; the one with the greatest key.
_DESCRIBES = "if(by_first, if(entrant, -toInt64(ordinal), -1000000000), toInt64(ordinal))"

ENTRANTS = Population(
    name="treatment entrants",
    rows=f"""
SELECT *, multiIf(first_time, 1, status = 99, 0, 2) AS history
FROM (
    SELECT period, person,
        argMinIf(treatment_status, ordinal, entrant) AS status,
        argMinIf(first_time, ordinal, entrant) AS first_time,
        {spans.described_by(spans.OF_ADMISSION, _DESCRIBES)},
        argMax(tuple(first_use_lag), {_DESCRIBES}).1 AS first_use_lag
    FROM ({spans.episodes("structured", spans.STARTS)})
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
        by.OAT,
        by.ROUTE,
        by.ATI_STAGE,
        by.ATI_MEASURE,
        by.UNDER_18,
    ),
)

ENTRIES = Population(
    name="episodes with which entrants entered treatment",
    rows=spans.episodes("structured AND entrant", spans.STARTS),
    dimensions=(by.SETTING, by.ADMIN1),
)

ADMISSIONS = Population(
    name="admissions to structured treatment",
    rows=spans.episodes("structured", spans.STARTS),
    dimensions=(
        by.SEX,
        by.AGE_BAND,
        by.AGE_GROUP,
        by.SUBSTANCE,
        by.SUBSTANCE_GROUP,
        by.SETTING,
        by.ADMISSION_KIND,
        by.REFERRAL,
        by.ADMIN1,
        by.OAT,
    ),
)
