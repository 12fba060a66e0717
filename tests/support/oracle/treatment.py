"""A and G02, G03: being in treatment, and leaving it for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from . import codes
from .cells import NOT_MATURED, Share, Sheet, Traits, grouped
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
    shares, successes = [], []
    own = {each[0].person: each for each in by_person(episodes)}
    for person in in_treatment(episodes, period):
        success = _success(
            journeys(own[person.described_by.person], profile), person.traits, period
        )
        shares.append(Share(person.traits, success is not None))
        if success is not None:
            successes.append(success)
    sheets["G02"].shares(shares)
    _returns(sheets["G03"], successes, as_of)


def _success(own: Sequence[Journey], traits: Traits, period: Period) -> Success | None:
    """The person's latest journey closed in the period, if successful and none is open after it."""
    closed = [
        (end, each)
        for each in own
        if (end := each.end) is not None
        and period.holds(end)
        and all(episode.is_dated_for(period) for episode in each.episodes)
    ]
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


def _returns(sheet: Sheet, successes: Sequence[Success], as_of: date) -> None:
    units = [(each.traits, each) for each in successes]
    for grouping in sheet.groupings():
        for key, members in grouped(units, grouping).items():
            ripe = [each for each in members if each.matured(as_of)]
            if members and not ripe:
                sheet.write(grouping, key, None, None, None, status=NOT_MATURED)
            else:
                sheet.percent(grouping, key, sum(each.came_back for each in ripe), len(ripe))
