"""The months in which what counts has changed, for the records of `touched`.

Between deriving episodes and storing them: `rebuild_episodes` has them as they will be,
`rebuild_current` as they are. Of the months that the episodes reach into, `comparing` may leave
out those in which the persons are counted as before.
"""

from datetime import date

#: Days after the end of an episode of the recovery cohort on which its interviews are due: the
#: windows of 3, 6, 12 and 24 months close.
DUE_AFTER_DAYS = (120, 225, 425, 790)

_MONTHS = """arrayJoin(arrayMap(
    i -> addMonths(makeDate32(toYear({first}), toMonth({first}), 1), i),
    range(toUInt32(greatest(0, dateDiff('month', {first}, {last}))) + 1)))"""

_LAST_DAY = "ifNull(journey_end, toDate32('{as_of}'))"
_SAME = "(country, person, record_uid, content)"

# Aspects of the indicators that records of a family count in (`indicators.definition.Aspect`).
_ASPECTS_OF_FAMILY = (
    "multiIf(family IN (4, 5, 8), ['people'], family IN (6, 7), ['trainings'],"
    " family IN (2, 3), ['places'], ['people', 'places'])"
)
_REVISIONS_OF_TOUCHED = """registry.revisions
    WHERE (country, record_uid) IN (SELECT country, record_uid FROM touched)"""
_TOUCHED_FACILITIES = """
    SELECT country, facility_id FROM registry.revisions WHERE (country, record_uid) IN (
        SELECT country, record_uid FROM touched WHERE family = 1
    )"""

# Months of the journeys of episodes that appeared or went, and those in which interviews after
# them are due: in all others nothing of the persons has changed.
_REACHED = f"""
SELECT DISTINCT country, {_MONTHS.format(first="first", last="last")} AS month
FROM (
    SELECT country, arrayJoin(arrayConcat([(start, {_LAST_DAY})], if(recovery_cohort AND discharged,
        arrayMap(day -> (day, day), arrayMap(n -> addDays(assumeNotNull(end), n),
                                             {list(DUE_AFTER_DAYS)})), []))) AS span,
        span.1 AS first, span.2 AS last
    FROM (
        SELECT country, start, journey_end, recovery_cohort, end, end IS NOT NULL AS discharged
        FROM rebuild_episodes
        WHERE {_SAME} NOT IN (SELECT {_SAME[1:-1]} FROM rebuild_current)
        UNION ALL
        SELECT country, start, journey_end, recovery_cohort, end, end IS NOT NULL AS discharged
        FROM rebuild_current
        WHERE {_SAME} NOT IN (SELECT {_SAME[1:-1]} FROM rebuild_episodes)
    )
)
"""

# Months of every revision of the touched records, by their date and by the day they were received.
# An estimate is about a year, not about a day of it.
_RECORD_MONTHS = f"""
SELECT country, makeDate32(toYear(day), toMonth(day), 1) AS month,
    arrayJoin({_ASPECTS_OF_FAMILY}) AS aspect
FROM (SELECT country, family,
          arrayJoin([if(family = 8, NULL, event_date), toDate32(received_at)]) AS day
      FROM {_REVISIONS_OF_TOUCHED})
WHERE isNotNull(day)
"""

# A facility's row describes all that ever happened there, an assessment holds until the next one:
# all months since the first of those.
_LASTING_MONTHS = f"""
SELECT country, {_MONTHS.format(first="since", last="toDate32('{as_of}')")} AS month,
    arrayJoin(if(facilities, ['people', 'places'], ['places'])) AS aspect
FROM (
    SELECT country, min(assumeNotNull(day)) AS since,
        country IN (SELECT country FROM touched WHERE family = 1) AS facilities
    FROM (
        SELECT country, event_date AS day FROM registry.revisions
        WHERE (country, record_uid) IN (
            SELECT country, record_uid FROM touched WHERE family IN (1, 3)
        )
        UNION ALL
        SELECT country, start AS day FROM registry.episodes FINAL
        WHERE (country, facility_id) IN ({_TOUCHED_FACILITIES})
        UNION ALL
        SELECT country, as_of_date AS day FROM registry.capacities FINAL
        WHERE (country, facility_id) IN ({_TOUCHED_FACILITIES}) AND NOT is_retracted
        UNION ALL
        SELECT country, assessment_date AS day FROM registry.qa_assessments FINAL
        WHERE (country, facility_id) IN ({_TOUCHED_FACILITIES}) AND NOT is_retracted
    ) WHERE isNotNull(day) GROUP BY country
)
"""

# A participant counts where the training ends.
_TRAINING_MONTHS = """
SELECT country, makeDate32(toYear(end_date), toMonth(end_date), 1) AS month,
    'trainings' AS aspect
FROM registry.training_events FINAL
WHERE NOT is_retracted AND (country, event_id) IN (
    SELECT country, event_id FROM registry.training_participants
    WHERE (country, record_uid) IN (SELECT country, record_uid FROM touched WHERE family = 7)
)
"""

# A country has every month since the first that any revision speaks of, so that the periods that
# it has do not depend on the order in which its records came.
_FIRST_MONTHS = f"""
SELECT country, month, arrayJoin(['people', 'places', 'trainings']) AS aspect FROM (
    SELECT country, {_MONTHS.format(first="since", last="toDate32('{as_of}')")} AS month
    FROM (SELECT country, min(assumeNotNull(event_date)) AS since
          FROM {_REVISIONS_OF_TOUCHED} AND isNotNull(event_date) AND family != 8 GROUP BY country)
) WHERE (country, month) NOT IN (SELECT country, month FROM indicators.touches)
"""

# What a country has already that an estimate of a year or the country's profile puts another way.
# A reporting year may begin as late as July.
_KNOWN_MONTHS = """
SELECT country, month, aspect FROM indicators.touches
WHERE country IN (SELECT country FROM touched WHERE family = 9)
    OR (country, toYear(month)) IN (
        SELECT country, arrayJoin([year, year + 1]) FROM registry.estimates
        WHERE (country, record_uid) IN (SELECT country, record_uid FROM touched WHERE family = 8)
    )
"""

_TOUCH = f"""
INSERT INTO indicators.touches (country, month, aspect, version)
SELECT DISTINCT country, month, aspect, {{version}} FROM (
    SELECT country, month, 'people' AS aspect FROM rebuild_months
    UNION ALL {_RECORD_MONTHS} UNION ALL {_LASTING_MONTHS} UNION ALL {_TRAINING_MONTHS}
    UNION ALL {_FIRST_MONTHS} UNION ALL {_KNOWN_MONTHS}
)
"""


def reached(*, as_of: date) -> str:
    """SELECT: the months of `rebuild_months`, in which persons may be counted otherwise."""
    return _REACHED.format(as_of=as_of.isoformat())


def touch(*, as_of: date, version: int) -> str:
    """The INSERT that notes the months under a version, with those of `rebuild_months`."""
    return _TOUCH.format(as_of=as_of.isoformat(), version=version)
