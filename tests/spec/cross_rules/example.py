"""What an example is: records that break a rule, what is found, and what repairs it."""

from collections.abc import Sequence
from dataclasses import dataclass

from gtms.records.profiles import DEFAULT_PROFILE, Profile
from tests.support.oracle import RecordMessage
from tests.support.problems import Finding


@dataclass(frozen=True, slots=True)
class Example:
    """`records` break `rule` and give exactly `found`; after `repair` only `left` is found.

    `country` is said where the ids of records matter, which are different in each.
    """

    rule: str
    case: str
    records: Sequence[RecordMessage]
    found: Sequence[Finding]
    repair: Sequence[RecordMessage]
    left: Sequence[Finding] = ()
    profile: Profile = DEFAULT_PROFILE
    country: str = ""

    def __str__(self) -> str:
        return f"{self.rule}: {self.case}"
