"""Days in treatment, and the deaths that end them."""

from gtms.indicators import dimensions as by
from gtms.indicators.definition import Population
from gtms.indicators.populations import spans

# Days are numbered from 0, the first of the period; a span ends before its second number. An open
# episode goes on to the as-of day.
_FROM = "dateDiff('day', p0, greatest({first}, p0))"
_TO = f"greatest({_FROM}, dateDiff('day', p0, least(ifNull({{last}}, as_of), addDays(p1, -1))) + 1)"
_STAY = {"first": "start", "last": "counted_end"}
_ON_OAT = {"first": "s.first", "last": "s.last"}

_LOST = (
    "ifNull(died >= p0 AND died < p1 AND (kind = 1 OR died_level <= 2)"
    " AND start <= died AND (counted_end IS NULL OR counted_end >= died), 0)"
)
_LOST_ON_OAT = "arrayExists(s -> s.first <= died AND (s.last IS NULL OR s.last >= died), oat_days)"

# Two rows per person: of the days on opioid agonist treatment, and of the others.
TIME_IN_TREATMENT = Population(
    name="time in treatment",
    rows=f"""
SELECT period, sex, cause, arrayJoin([(0, days - oat_days, lost AND NOT lost_on_oat),
                                      (1, oat_days, lost_on_oat)]) AS part,
    part.1 AS oat, part.2 AS part_days, part.3 AS deaths
FROM (
    SELECT period, person, argMax(sex, ordinal) AS sex, max(own_lost) AS lost,
        max(own_lost AND ifNull(own_lost_on_oat, 0)) AS lost_on_oat,
        max(if(own_lost, death_cause, 0)) AS cause,
        toInt64(intervalLengthSum(stay_from, stay_to)) AS days,
        toInt64(intervalLengthSumArray(oat_from, oat_to)) AS oat_days
    FROM (
        SELECT period, person, sex, ordinal, death_cause, {_LOST} AS own_lost,
            {_LOST_ON_OAT} AS own_lost_on_oat,
            {_FROM.format(**_STAY)} AS stay_from, {_TO.format(**_STAY)} AS stay_to,
            arrayMap(s -> {_FROM.format(**_ON_OAT)}, oat_days) AS oat_from,
            arrayMap(s -> {_TO.format(**_ON_OAT)}, oat_days) AS oat_to
        FROM ({spans.episodes("structured", spans.IN_TREATMENT)})
    )
    GROUP BY period, person
)
""",
    dimensions=(by.OAT, by.SEX, by.CAUSE),
)
