"""Examples of the rules of an outcome and its episode."""

from tests.spec.cross_rules.example import Example
from tests.support.population import (
    admission,
    discharge,
    facility,
    outcome,
    retraction,
    review,
    revised,
)
from tests.support.problems import Finding

CLINIC, RESIDENCE = facility(valid_from="2010-01-01"), facility("F2", settings=[3, 5])
STAY = admission("p1", "2026-05-01")
END = discharge(STAY, "2026-07-01", 11)
OF_ANOTHER = outcome(STAY, 2, "2026-07-01", person="p2", reason=11)
EARLY = discharge(STAY, "2026-04-30", 11)
SECOND_END = discharge(STAY, "2026-06-15", 31)
LATE_REVIEW = review(STAY, "2026-07-02")
DIED = discharge(STAY, "2026-07-01", 60)
DEATH = outcome(STAY, 5, "2026-06-01")
DEATH_AT_LAST = outcome(STAY, 5, "2026-08-01")
AFTER_DEATH = review(STAY, "2026-06-02")
FOLLOW_UP = outcome(STAY, 3, "2026-09-15")
SOON = outcome(STAY, 3, "2026-08-29")
LONG_AGO = admission("p1", "2016-01-01")
LONG_END = discharge(LONG_AGO, "2026-01-01", 11)
NIGHT = admission("p1", "2026-05-01", facility_id="F2", setting=5)
SAME_DAY = discharge(NIGHT, "2026-05-01", 31)

EXAMPLES = (
    Example(
        "R070",
        "an outcome before its admission",
        [CLINIC, END],
        [Finding("R070", END, [STAY], awaiting=True)],
        [STAY],
    ),
    Example(
        "R070",
        "an outcome that names another person",
        [CLINIC, STAY, OF_ANOTHER],
        [Finding("R070", OF_ANOTHER, [STAY])],
        [outcome(STAY, 2, "2026-07-01", reason=11, revision=2)],
    ),
    Example(
        "R070",
        "an admission that names another person, told after its outcome",
        [CLINIC, OF_ANOTHER, STAY],
        [Finding("R070", OF_ANOTHER, [STAY])],
        [revised(admission("p2", "2026-05-01", episode_id=STAY.record.episode_id), 2)],
    ),
    Example(
        "R070",
        "an admission that was taken back",
        [CLINIC, STAY, END, retraction(STAY, 2)],
        [Finding("R070", END, [STAY], awaiting=True)],
        [retraction(END, 2)],
    ),
    Example(
        "R071",
        "a discharge before the admission",
        [CLINIC, STAY, EARLY],
        [Finding("R071", EARLY, [STAY])],
        [retraction(EARLY, 2)],
    ),
    Example(
        "R072",
        "two discharges",
        [CLINIC, STAY, END, SECOND_END],
        [Finding("R072", SECOND_END, [END])],
        [retraction(END, 2)],
    ),
    Example(
        "R072",
        "a review after the discharge",
        [CLINIC, STAY, END, LATE_REVIEW],
        [Finding("R072", LATE_REVIEW, [END])],
        [revised(outcome(STAY, 1, "2026-06-30", outcome_id=LATE_REVIEW.record.outcome_id), 2)],
    ),
    Example(
        "R074",
        "discharged as dead, without a death",
        [CLINIC, STAY, DIED],
        [Finding("R074", DIED)],
        [DEATH_AT_LAST],
    ),
    Example(
        "R075",
        "a review after the death",
        [CLINIC, STAY, DEATH, AFTER_DEATH],
        [Finding("R075", AFTER_DEATH, [DEATH])],
        [revised(outcome(STAY, 5, "2026-06-02", outcome_id=DEATH.record.outcome_id), 2)],
    ),
    Example(
        "R078",
        "a follow-up before the discharge",
        [CLINIC, STAY, FOLLOW_UP],
        [Finding("R078", FOLLOW_UP, [STAY], awaiting=True)],
        [END],
    ),
    Example(
        "R078-W",
        "a follow-up on the day before its window opens",
        [CLINIC, STAY, END, SOON],
        [Finding("R078-W", SOON, [END])],
        [revised(outcome(STAY, 3, "2026-08-30", outcome_id=SOON.record.outcome_id), 2)],
    ),
    Example(
        "R084",
        "more than ten years",
        [CLINIC, LONG_AGO, LONG_END],
        [Finding("R084", LONG_END, [LONG_AGO])],
        [revised(discharge(LONG_AGO, "2025-12-28", 11), 2), retraction(LONG_END, 2)],
    ),
    Example(
        "R084",
        "no night in a residence",
        [CLINIC, RESIDENCE, NIGHT, SAME_DAY],
        [Finding("R012", RESIDENCE), Finding("R084", SAME_DAY, [NIGHT])],
        [retraction(SAME_DAY, 2)],
        left=[Finding("R012", RESIDENCE)],
    ),
)
