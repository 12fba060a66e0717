"""R070, R071, R072, R074, R075, R078, R084: an outcome and the episode that it belongs to."""

from gtms.processing.cross_rules.definition import ADMISSION, OUTCOME, Check, View, record

# The persons' outcomes, each beside its admission when it names the same person (`joined`), the
# discharge that closes the episode (the latest of those not before the admission) and the person's
# deaths.
_ROWS = """
SELECT *, toUInt8(5) AS family,
    maxIf((event_date, record_uid), closes) OVER episode_rows AS closing,
    countIf(closes) OVER episode_rows > 0 AS closed,
    groupArrayIf(event_date, kind = 5) OVER person_rows AS deaths,
    minIf((event_date, record_uid), kind = 5) OVER person_rows AS death,
    (country, episode_uid) IN (
        SELECT country, record_uid FROM registry.admissions FINAL
        WHERE (country, record_uid) IN (
            SELECT country, episode_uid FROM judge_outcomes
            WHERE (country, person, episode_uid) NOT IN (
                SELECT country, person, record_uid FROM judge_episodes
            )
        ) AND NOT is_retracted
    ) AS is_of_another,
    transform(follow_up_wave, [3, 6, 12, 24], [60, 150, 320, 670], 0) AS window_opens,
    transform(follow_up_wave, [3, 6, 12, 24], [120, 225, 425, 790], 0) AS window_closes
FROM (
    SELECT o.*, e.record_uid = o.episode_uid AS joined, e.start AS start, e.setting AS setting,
        joined AND kind = 2 AND event_date >= start AS closes
    FROM judge_outcomes AS o
    LEFT JOIN judge_episodes AS e
        ON e.country = o.country AND e.person = o.person AND e.record_uid = o.episode_uid
)
WINDOW
    episode_rows AS (PARTITION BY country, person, episode_uid),
    person_rows AS (PARTITION BY country, person)
"""

_EPISODE = record(ADMISSION, "episode_uid")
_CLOSING = record(OUTCOME, "closing.2")
_IS_CLOSING = "closes AND record_uid = closing.2"
_STAY = "dateDiff('day', start, event_date)"

VIEWS = (
    View(
        looks_at=frozenset({ADMISSION, OUTCOME}),
        rows=_ROWS,
        checks=(
            # The admission has come, and names the same person.
            Check(
                "R070",
                awaiting="NOT joined AND NOT is_of_another",
                broken="NOT joined AND is_of_another",
                related=_EPISODE,
            ),
            # A review, a discharge or a death is not before the admission.
            Check(
                "R071",
                broken="joined AND kind IN (1, 2, 5) AND event_date < start",
                related=_EPISODE,
            ),
            # One discharge closes the episode; others, and reviews after it, contradict it.
            Check(
                "R072",
                broken="closed AND ((closes AND record_uid != closing.2)"
                " OR (joined AND kind = 1 AND event_date > closing.1))",
                related=_CLOSING,
            ),
            # Who was discharged as dead has a death within 31 days.
            Check(
                "R074",
                broken="kind = 2 AND discharge_reason = 60"
                " AND NOT arrayExists(d -> abs(dateDiff('day', d, event_date)) <= 31, deaths)",
            ),
            # Nobody is reviewed, discharged or met after the day of death.
            Check(
                "R075",
                broken="notEmpty(deaths) AND event_date > death.1 AND (kind = 1"
                " OR (kind = 2 AND discharge_reason != 60)"
                " OR (kind = 3 AND follow_up_status IN (1, 2, 3)))",
                related=record(OUTCOME, "death.2"),
            ),
            # A follow-up comes after a discharge ...
            Check("R078", awaiting="joined AND kind = 3 AND NOT closed", related=_EPISODE),
            # ... inside the window of its wave.
            Check(
                "R078-W",
                broken="joined AND kind = 3 AND closed AND NOT (dateDiff('day', closing.1,"
                " event_date) BETWEEN window_opens AND window_closes)",
                related=_CLOSING,
            ),
            # A stay of more than ten years, or of no day in a bed.
            Check(
                "R084",
                broken=f"{_IS_CLOSING} AND ({_STAY} > 3650 OR ({_STAY} = 0 AND setting IN (4, 5)))",
                related=_EPISODE,
            ),
        ),
    ),
)
