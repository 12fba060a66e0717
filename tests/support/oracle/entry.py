"""B, C and D: entering treatment."""

from collections.abc import Sequence

from . import codes
from .cells import Measured, Share, Sheet, Traits, grouped
from .episodes import Episode
from .people import Entrant, entrants, episode_traits
from .periods import Period, Profile

SEX_AGE_SUBSTANCE = ("sex", "age_band", "substance_group")
DETAILS = (("age_group",), ("substance",))

TABLES = {
    "B01": (SEX_AGE_SUBSTANCE, *DETAILS, ("setting",), ("referral",), ("admin1",)),
    "B02": (SEX_AGE_SUBSTANCE, *DETAILS, ("setting",)),
    "B03": (("substance_group",), ("substance",), ("sex",)),
    "B04": (SEX_AGE_SUBSTANCE, *DETAILS, ("setting",), ("admission_kind",)),
    "B05": (("substance", "sex"), ("substance", "treatment_history"), ("substance", "setting")),
    "B06": (("referral", "substance_group"), ("referral", "substance")),
    "B07": (("setting",), ("admin1",)),
    "C01": (("substance_group",), ("substance",), ("setting",), ("referral",)),
    "D01": (("sex",), ("substance_group",), ("substance",), ("admin1",)),
}
WAIT_LEVELS = {"median": 0.5, "p90": 0.9}


def write(
    sheets: dict[str, Sheet], episodes: Sequence[Episode], period: Period, profile: Profile
) -> None:
    who = entrants(episodes, period, profile)
    sheets["B01"].counts(each.traits for each in who)
    sheets["B02"].counts(each.traits for each in who if each.first_time)
    sheets["B03"].shares(Share(each.traits, each.first_time) for each in who if each.status_known)
    sheets["B04"].counts(episode_traits(each) for each in episodes if each.starts_in(period))
    _distribution(
        sheets["B05"],
        "substance",
        [
            each.traits
            for each in who
            if codes.is_known(each.described_by.admission.substance)
            and each.described_by.admission.substance != codes.NO_SUBSTANCE
        ],
    )
    _distribution(
        sheets["B06"],
        "referral",
        [each.traits for each in who if codes.is_known(each.described_by.admission.referral)],
    )
    sheets["B07"].quantiles(_waits(who), WAIT_LEVELS)
    sheets["C01"].shares(
        Share(each.traits, each.traits["sex"] == "FEMALE")
        for each in who
        if codes.is_known(each.described_by.admission.sex)
    )
    sheets["D01"].shares(
        Share(each.traits, each.described_by.admission.referral in codes.CRIMINAL_JUSTICE_REFERRALS)
        for each in who
        if codes.is_known(each.described_by.admission.referral)
    )


def _waits(who: Sequence[Entrant]) -> list[Measured]:
    return [
        Measured(episode_traits(entry), (entry.start - requested).days)
        for each in who
        for entry in each.entries
        if (requested := entry.admission.request_date) is not None
    ]


def _distribution(sheet: Sheet, shared: str, people: Sequence[Traits]) -> None:
    """Of the people of each group the percentage with each value of the shared dimension.

    Only tables that show the shared dimension exist: without it every share would be 100.
    """
    units = [(traits, traits) for traits in people]
    for grouping in sheet.groupings():
        if shared not in grouping:
            continue
        others = tuple(name for name in grouping if name != shared)
        for key, members in grouped(units, grouping).items():
            group = {name: members[0][name] for name in others}
            peers = [each for each in people if {name: each[name] for name in others} == group]
            sheet.percent(grouping, key, len(members), len(peers))
