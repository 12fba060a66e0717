"""Leaving treatment: discharges."""

from gtms.indicators import dimensions as by
from gtms.indicators.definition import Population
from gtms.indicators.populations import spans

# Outpatient and outreach settings count the day of last contact as a day of treatment (TEDS).
_STAY = "dateDiff('day', start, assumeNotNull(end)) + (setting IN (1, 2, 3, 6, 8, 9))"

DISCHARGES = Population(
    name="discharges from structured treatment",
    rows=f"""
SELECT *, {_STAY} AS stay, start_level = 1 AND end_level = 1 AS stay_known
FROM ({spans.episodes("structured AND isNotNull(end)", spans.ENDS)})
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
