"""Country profiles: the parameters with which a country's records are counted.

Every value tells the parameters it was computed with, so a profile is data that travels with a
snapshot, never a constant inside a formula.
"""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """Counting parameters of one country.

    Attributes:
        journey_gap_days: a new journey begins when more days than this lie between the end of one
            structured episode and the start of the next (NDTMS).
        entrant_gap_days: an entrant had no structured episode active in so many days before (TDI).
        stale_days: an open episode without any record for longer than this counts as ended on the
            date of its last record (TDI uses 6 months, AODTS 3 months).
        representation_days: a new journey within so many days after a successful completion is a
            re-presentation (NDTMS, PHOF).
        year_start: month in which the reporting year starts (1 January, 4 April, 7 July).
        min_linkage: share of episodes, in percent, that must be linked nationally before person
            counts may be called persons.
    """

    journey_gap_days: int = 21
    entrant_gap_days: int = 180
    stale_days: int = 180
    representation_days: int = 182
    year_start: int = 1
    min_linkage: float = 90.0

    def parameters(self) -> str:
        """The profile as canonical JSON, as stored beside a snapshot."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))


DEFAULT_PROFILE = Profile()
