"""Country profiles: the parameters with which a country's records are counted.

Every value tells the parameters it was computed with, so a profile is data that travels with a
snapshot, never a constant inside a formula.
"""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum


class AttributeEpisode(StrEnum):
    """Which qualifying start of a period describes an entrant (TDI: the last)."""

    LAST = "LAST"
    FIRST = "FIRST"


@dataclass(frozen=True, slots=True)
class Profile:
    """Counting parameters of one country.

    Attributes:
        journey_gap_days: a new journey begins when more days than this lie between the end of one
            structured episode and the start of the next (NDTMS).
        entrant_gap_days: an entrant had no structured episode active in so many days before (TDI).
        stale_days: an open episode without any record for longer than this counts as ended on the
            date of its last record (TDI uses 6 months, AODTS 3 months).
        attribute_episode: which qualifying start of the period describes an entrant.
        alcohol_included: whether an episode with alcohol or nicotine as its primary substance
            counts as treatment (R044; SDG 3.5.1 keeps drugs and alcohol apart).
        representation_days: a new journey within so many days after a successful completion is a
            re-presentation (NDTMS, PHOF); the same for every country.
        year_start: month in which the reporting year starts (1 January, 4 April, 7 July).
        k_threshold: the smallest number of people that may be published.
        rounding_base: published counts are multiples of it.
        min_linkage: share of episodes, in percent, that must be linked nationally before person
            counts may be called persons.
    """

    journey_gap_days: int = 21
    entrant_gap_days: int = 180
    stale_days: int = 180
    attribute_episode: AttributeEpisode = AttributeEpisode.LAST
    alcohol_included: bool = True
    representation_days: int = 182
    year_start: int = 1
    k_threshold: int = 5
    rounding_base: int = 5
    min_linkage: float = 90.0

    def parameters(self) -> str:
        """The profile as canonical JSON, as stored beside a snapshot."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))


DEFAULT_PROFILE = Profile()
