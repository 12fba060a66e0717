"""Country profiles: the parameters with which a country's records are counted.

Every value tells the parameters it was computed with, so a profile is data that travels with a
snapshot, never a constant inside a formula.
"""

import json
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from treatment.common.v1.codes_pb2 import AttributeEpisode as Code
from treatment.profiles.v1.profile_pb2 import CountryProfile, CountryProfileRecord

PROFILE_ID = "counting"
"""The natural key: a country has one profile."""

YEAR_STARTS = (1, 4, 7)
"""Months in which a reporting year may start."""


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

#: What a country may set, as both the schema and `Profile` name it; the rest is the same for all.
SETTABLE = tuple(name for name in CountryProfile.DESCRIPTOR.fields_by_name if name != "profile_id")


def profile_of(record: CountryProfileRecord) -> Profile:
    """What the record sets, with the defaults filled in; nothing but them when it is retracted.

    A month in which no year starts, which no rule allows, counts as not said: it would stop the
    counting of every country.
    """
    told = {
        field.name: value for field, value in record.record.ListFields() if field.name in SETTABLE
    }
    first = told.pop("attribute_episode", None) == Code.ATTRIBUTE_EPISODE_FIRST
    if told.get("year_start") not in YEAR_STARTS:
        told.pop("year_start", None)
    described_by = AttributeEpisode.FIRST if first else AttributeEpisode.LAST
    return replace(DEFAULT_PROFILE, attribute_episode=described_by, **told)


def filled_in(profile: Profile) -> CountryProfile:
    """The profile as a message in which nothing is left to a default."""
    told = {name: getattr(profile, name) for name in SETTABLE}
    told["attribute_episode"] = Code.Value(f"ATTRIBUTE_EPISODE_{profile.attribute_episode}")
    return CountryProfile(profile_id=PROFILE_ID, **told)
