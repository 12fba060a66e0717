"""Leaving treatment: discharges."""

from gtms.indicators import dimensions as by
from gtms.indicators.definition import Population
from gtms.indicators.populations import spans

# Outpatient and outreach settings count the day of last contact as a day of treatment (TEDS).
_STAY = "dateDiff('day', start, assumeNotNull(end)) + (setting IN (1, 2, 3, 6, 8, 9))"

# Of a person who is discharged more than once in a period the last exit counts that was no death,
# and the last release from prison.
_EXIT = "discharge_reason != 60"
_RELEASE = "discharge_reason != 60 AND setting = 7"
_SINCE = "(PARTITION BY period, person ORDER BY end DESC, record_uid DESC ROWS UNBOUNDED PRECEDING)"

DISCHARGES = Population(
    name="discharges from structured treatment",
    rows=f"""
SELECT * REPLACE (oat_changes[-1].is_on AS oat), {_STAY} AS stay,
    start_level = 1 AND end_level = 1 AS stay_known,
    dateDiff('day', assumeNotNull(end), as_of) AS days_since,
    {_EXIT} AND sum({_EXIT}) OVER {_SINCE} = 1 AS last_exit,
    {_RELEASE} AND sum({_RELEASE}) OVER {_SINCE} = 1 AS last_release,
    ifNull(dateDiff('day', end, died) BETWEEN 0 AND 28, 0) AS died_soon
FROM ({spans.episodes("structured AND isNotNull(end)", spans.ENDS)})
""",
    dimensions=(
        by.SEX,
        by.AGE_BAND,
        by.AGE_GROUP,
        by.SUBSTANCE,
        by.SUBSTANCE_GROUP,
        by.SETTING,
        by.SERVICE,
        by.DISCHARGE_REASON,
        by.REFERRAL,
        by.OAT,
    ),
)
