"""Examples of the rules of a participant and the training."""

from tests.spec.cross_rules.example import Example
from tests.support.population import training_event, training_participant
from tests.support.problems import Finding

TRAINING = training_event()
CAME = training_participant("one")
ASKED_EARLY = training_participant(
    "two", follow_up=1, follow_up_date="2025-05-05", perception_changed=1
)

EXAMPLES = (
    Example(
        "R092",
        "a participant before the training",
        [CAME],
        [Finding("R092", CAME, awaiting=True)],
        [TRAINING],
    ),
    Example(
        "R092",
        "a follow-up on the fifty-ninth day after the training",
        [TRAINING, CAME, ASKED_EARLY],
        [Finding("R092", ASKED_EARLY, [TRAINING])],
        [training_event(start_date="2025-03-02", end_date="2025-03-06", revision=2)],
    ),
)
