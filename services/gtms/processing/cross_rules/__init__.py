"""Rules that need other records than the one they are about. Each is found by searching its id.

A rule is data: an SQL condition over a view of the registry. `gtms.processing.problems` judges
them; its catalogue entry in `gtms/records/data/rules.csv` says what it means.
"""

from gtms.processing.cross_rules import admissions, facilities, outcomes, revisions, trainings
from gtms.processing.cross_rules.definition import View

VIEWS: tuple[View, ...] = (
    *facilities.VIEWS,
    *admissions.VIEWS,
    *outcomes.VIEWS,
    *trainings.VIEWS,
    *revisions.VIEWS,
)

JUDGED: frozenset[str] = frozenset(check.rule_id for view in VIEWS for check in view.checks)
"""The ids of the rules judged here."""
