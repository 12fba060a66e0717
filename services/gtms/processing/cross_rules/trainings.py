"""R092: a participant and the training."""

from gtms.processing.cross_rules.definition import (
    TRAINING_EVENT,
    TRAINING_PARTICIPANT,
    Check,
    View,
    record,
)

# The follow-up is held 60 to 180 days after the end of the training. A participant whose training
# has not come is not counted, whether or not there was a follow-up.
VIEWS = (
    View(
        looks_at=frozenset({TRAINING_EVENT, TRAINING_PARTICIPANT}),
        rows=f"""
SELECT p.country AS country, toUInt8({TRAINING_PARTICIPANT}) AS family, p.record_uid AS record_uid,
    '' AS facility_id, p.follow_up_date AS day, e.record_uid AS event_uid, e.end_date AS end_date,
    event_uid != toFixedString('', 36) AS has_event
FROM judge_participants AS p
LEFT JOIN (
    SELECT country, record_uid, event_id, end_date FROM registry.training_events FINAL
    WHERE (country, event_id) IN (SELECT country, event_id FROM judge_participants)
        AND NOT is_retracted
) AS e ON e.country = p.country AND e.event_id = p.event_id
""",
        checks=(
            Check(
                "R092",
                awaiting="NOT has_event",
                broken="has_event AND isNotNull(day)"
                " AND NOT (dateDiff('day', end_date, assumeNotNull(day)) BETWEEN 60 AND 180)",
                related=f"if(has_event, {record(TRAINING_EVENT, 'event_uid')}, [])",
            ),
        ),
    ),
)
