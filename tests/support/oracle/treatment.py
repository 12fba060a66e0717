"""A and G02 to G04: being in treatment, and leaving it for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from . import codes
from .cells import Share, Sheet, Traits
from .episodes import Episode, Journey, by_person, journeys
from .people import in_treatment, on_census_day
from .periods import Period, Profile

TABLES = {
    "A02": (
        ("sex", "age_band", "substance_group"),
        ("age_group",),
        ("substance",),
        ("setting",),
        ("admin1",),
    ),
    "A03": (("setting",), ("oat",), ("sex",)),
    "G02": (("client_group",), ("sex",), ("age_band",), ("age_group",)),
    "G03": (("substance_group",),),
    "G04": (("substance_group",), ("admin1",)),
}
RETURN_DAYS = 182


@dataclass(frozen=True, slots=True)
class Success:
    """A person who left treatment in the period as successfully completed."""

    traits: Traits
    left: date
    came_back: bool

    def matured(self, as_of: date) -> bool:
        return (as_of - self.left).days >= RETURN_DAYS


def write(
    sheets: dict[str, Sheet],
    episodes: Sequence[Episode],
    period: Period,
    as_of: date,
    profile: Profile,
) -> None:
    sheets["A02"].counts(each.traits for each in in_treatment(episodes, period))
    sheets["A03"].counts(on_census_day(episodes, period, as_of))
    own = {each[0].person: journeys(each, profile) for each in by_person(episodes)}
    people = [
        (each.traits, _success(own[each.described_by.person], each.traits, period))
        for each in in_treatment(episodes, period)
    ]
    sheets["G02"].shares(Share(traits, success is not None) for traits, success in people)
    sheets["G03"].shares(
        Share(success.traits, success.came_back, success.matured(as_of))
        for _, success in people
        if success is not None
    )
    if period.kind == "year":
        last_day = period.after - timedelta(days=1)
        matured = (as_of - last_day).days >= RETURN_DAYS
        sheets["G04"].shares(
            Share(traits, success is not None and not success.came_back, matured)
            for traits, success in people
        )


def _success(own: Sequence[Journey], traits: Traits, period: Period) -> Success | None:
    """The person's latest journey closed in the period, if successful and none is open after it."""
    closed = [(end, each) for each in own if (end := each.end) is not None and each.ends_in(period)]
    open_after = any(
        each.start < period.after and (each.end is None or each.end >= period.after) for each in own
    )
    if not closed or open_after:
        return None
    left, latest = max(closed, key=lambda pair: pair[0])
    if latest.reason not in codes.SUCCESSFUL:
        return None
    came_back = any(left < each.start <= left + timedelta(days=RETURN_DAYS) for each in own)
    return Success(traits, left, came_back)
