"""Trainings: the events that ended in the period, and who came to them."""

from gtms.indicators import dimensions as by
from gtms.indicators.definition import Aspect, Population

_TRAININGS = frozenset({Aspect.TRAININGS})

_EVENTS = """
SELECT p.id AS period, e.country AS country, e.event_id AS event, e.kind AS kind,
    e.end_date AS end_date, e.country_held AS country_held,
    e.action_plan_developed AS action_plan_developed
FROM (
    SELECT country, event_id, kind, end_date, country_held, action_plan_developed
    FROM registry.training_events FINAL
    WHERE country IN (SELECT country FROM view_periods) AND NOT is_retracted
) AS e
INNER JOIN view_periods AS p ON p.country = e.country
WHERE e.end_date >= p.p0 AND e.end_date < p.p1
"""

EVENTS = Population(
    name="trainings that ended in the period",
    rows=_EVENTS,
    dimensions=(by.COUNTRY_HELD,),
    reads=_TRAININGS,
)

# Scores are counted in hundredths of a point.
PARTICIPANTS = Population(
    name="participations in trainings that ended in the period",
    rows=f"""
SELECT e.period AS period, e.event AS event, e.kind AS kind, e.end_date AS end_date,
    c.record_uid AS record_uid, c.participant_pseudonym AS participant, c.sex AS sex,
    c.sector AS sector, c.institution_id AS institution,
    c.country_iso3_participant AS participant_country, ifNull(c.completed, 0) AS completed,
    isNotNull(c.pre_test_score) AND isNotNull(c.post_test_score) AS scored,
    toInt32(round(toFloat64(ifNull(c.pre_test_score, 0)) * 100)) AS before,
    toInt32(round(toFloat64(ifNull(c.post_test_score, 0)) * 100)) AS after,
    c.follow_up_3m_status IN (1, 2) AS interviewed, c.perception_changed AS perception_changed
FROM (
    SELECT * FROM registry.training_participants FINAL
    WHERE country IN (SELECT country FROM view_periods) AND NOT is_retracted
) AS c
INNER JOIN ({_EVENTS}) AS e ON e.country = c.country AND e.event = c.event_id
""",
    dimensions=(by.EVENT, by.TRAINING_KIND, by.SECTOR, by.PARTICIPANT_COUNTRY),
    reads=_TRAININGS,
)

TRAINED = Population(
    name="people who completed a training that ended in the period",
    rows=f"""
SELECT period, participant, groupUniqArray(kind) AS kind,
    argMax(sex, (end_date, record_uid)) AS sex,
    argMax(sector, (end_date, record_uid)) AS sector,
    argMax(participant_country, (end_date, record_uid)) AS participant_country
FROM ({PARTICIPANTS.rows})
WHERE completed
GROUP BY period, participant
""",
    dimensions=(by.TRAINING_KIND, by.SEX, by.SECTOR, by.PARTICIPANT_COUNTRY),
    sets=frozenset({"kind"}),
    reads=_TRAININGS,
)
