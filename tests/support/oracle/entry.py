"""B: entering treatment."""

from collections.abc import Sequence
from fractions import Fraction
from math import sqrt
from statistics import variance

from . import codes
from .cells import Measured, Share, Sheet, Traits, Valued, grouped
from .episodes import Episode
from .people import entrants, episode_traits
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
    "B08": (("setting",), ("admin1",), ("oat",)),
    "B09": (("substance_group",), ("substance",), ("sex",), ("treatment_history",)),
}
WAIT_LEVELS = {"median": 0.5, "p90": 0.9}
SOON_DAYS = 21


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
            if codes.is_known_substance(each.described_by.admission.substance)
        ],
    )
    _distribution(
        sheets["B06"],
        "referral",
        [each.traits for each in who if codes.is_known(each.described_by.admission.referral)],
    )
    sheets["B07"].quantiles(_waits([entry for each in who for entry in each.entries]), WAIT_LEVELS)
    sheets["B08"].shares(
        Share(each.traits, each.days <= SOON_DAYS)
        for each in _waits([each for each in episodes if each.starts_in(period)])
    )
    _lags(
        sheets["B09"],
        [
            Valued(each.traits, each.described_by.admission.age - began)
            for each in who
            if (began := each.described_by.admission.age_first_use) is not None
        ],
    )


def _waits(entries: Sequence[Episode]) -> list[Measured]:
    return [
        Measured(episode_traits(entry), (entry.start - requested).days)
        for entry in entries
        if (requested := entry.admission.request_date) is not None
    ]


def _lags(sheet: Sheet, lags: Sequence[Valued]) -> None:
    """Mean and sample standard deviation of the years from first use to treatment."""
    sheet.means(lags, measure="mean")
    units = [(each.traits, Fraction(each.amount)) for each in lags]
    for grouping in sheet.groupings():
        for key, years in grouped(units, grouping).items():
            if len(years) > 1:
                sheet.write(grouping, key, sqrt(variance(years)), None, len(years), measure="sd")
            elif not grouping:
                sheet.not_available(None, len(years), measure="sd")


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
