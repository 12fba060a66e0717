"""The recovery cohort: the people whose interview of a wave falls due in the period.

A wave is due on the last day of its window. Of a person's discharges whose wave is due in the same
period the latest counts, so that nobody is counted twice; whoever died by that day is `dead`.
"""

from gtms.indicators import dimensions as by
from gtms.indicators.definition import Population
from gtms.indicators.populations import spans

# Code of the wave, first and last day of its window after the discharge.
_WAVES = "[(3, 60, 120), (6, 150, 225), (12, 320, 425), (24, 670, 790)]"

_LAST_DAY = "addDays(assumeNotNull(end), w.3)"
_SOME_FALLS_DUE = (
    f"arrayExists(w -> {_LAST_DAY} >= p.p0 AND {_LAST_DAY} < p.p1, {_WAVES})"
    f" AND {spans.known_to('end_level')}"
)

_DUE = f"""
SELECT *, w.1 AS wave,
    addDays(assumeNotNull(end), w.2) AS opens, {_LAST_DAY} AS due,
    (isNotNull(died) AND assumeNotNull(died) <= due)
        OR arrayExists(f -> f.wave = wave AND f.status = 6, follow_ups) AS dead,
    due <= as_of AS matured,
    matured AND NOT dead AS expected, NOT matured AND NOT dead AS awaited,
    arrayLast(f -> f.wave = wave AND f.status IN (1, 2) AND f.day BETWEEN opens AND due,
              follow_ups) AS talk,
    expected AND talk.status != 0 AS interviewed
FROM (
    SELECT *, arrayJoin(arrayFilter(w -> {_LAST_DAY} >= p0 AND {_LAST_DAY} < p1, {_WAVES})) AS w
    FROM ({spans.episodes("structured AND recovery_cohort AND isNotNull(end)", _SOME_FALLS_DUE)})
)
ORDER BY end DESC, record_uid DESC
LIMIT 1 BY period, person, wave
"""

FOLLOWED_UP = Population(
    name="people of the recovery cohort whose interview of a wave falls due in the period",
    rows=f"""
SELECT period, sex, substance, setting, wave, dead AND matured AS dead, expected, awaited,
    interviewed, interviewed AND talk.any_use = 2 AS no_use,
    interviewed AND talk.labour NOT IN (0, 97, 98, 99) AS labour_known,
    labour_known AND talk.labour IN (1, 2, 3) AS in_work,
    interviewed AND isNotNull(talk.overdoses) AS overdoses_known,
    overdoses_known AND assumeNotNull(talk.overdoses) > 0 AS overdosed,
    interviewed AND isNotNull(talk.barc) AND isNotNull(barc_start) AS barc_paired,
    if(barc_paired, assumeNotNull(talk.barc), 0) AS barc_then,
    if(barc_paired, toInt64(assumeNotNull(talk.barc)) - assumeNotNull(barc_start), 0)
        AS barc_change
FROM ({_DUE})
""",
    dimensions=(by.WAVE, by.SEX, by.SUBSTANCE, by.SUBSTANCE_GROUP, by.SETTING),
)

QUALITY_OF_LIFE = Population(
    name="people of the recovery cohort whose interview of a wave falls due in the period, for "
    "each domain of the WHOQOL-BREF",
    rows=f"""
SELECT period, sex, wave, each.1 AS domain, awaited,
    interviewed AND isNotNull(each.2) AND isNotNull(each.3) AS paired,
    if(paired, toInt64(assumeNotNull(each.3)) - assumeNotNull(each.2), 0) AS change
FROM (
    SELECT *, arrayJoin(arrayMap(n -> (n, whoqol_start[n], talk.whoqol[n]), [1, 2, 3, 4])) AS each
    FROM ({_DUE})
    WHERE interviewed OR awaited
)
""",
    dimensions=(by.WAVE, by.DOMAIN, by.SEX),
)
