"""Examples of the rules of the revisions of one record."""

from tests.spec.cross_rules.example import Example
from tests.support.population import facility, retraction, revised
from tests.support.problems import Finding

SAYS, SAYS_OTHERWISE = facility(), facility(admin1="KE-01")

EXAMPLES = (
    Example(
        "R002",
        "two contents under one revision",
        [SAYS, SAYS_OTHERWISE],
        [Finding("R002", SAYS)],
        [revised(SAYS, 2)],
    ),
    Example(
        "R002",
        "corrected and taken back under one revision",
        [SAYS, revised(SAYS_OTHERWISE, 2), retraction(SAYS, 2)],
        [Finding("R002", SAYS)],
        [retraction(SAYS, 3)],
    ),
)
