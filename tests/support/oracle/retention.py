"""F01, F02, F04 and D03: how long people stay, and how they leave."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from . import codes
from .cells import Share, Sheet, grouped
from .episodes import Episode, Journey, by_person, journeys, on_oat
from .people import episode_traits
from .periods import Period, Profile

DRUG = (("substance_group",), ("substance",))
TABLES = {
    "D03": (*DRUG, ("sex",)),
    "F01": (*DRUG, ("setting",)),
    "F02": (("sex",), ("setting",), ("referral",)),
    "F04": (*DRUG, ("setting",)),
}
TWELVE_WEEKS = timedelta(days=84)
OAT_GAP = timedelta(days=28)
OAT_RETENTION = {"months_6": timedelta(days=182), "months_12": timedelta(days=365)}


def write(
    sheets: dict[str, Sheet],
    episodes: Sequence[Episode],
    period: Period,
    as_of: date,
    profile: Profile,
) -> None:
    people = by_person(episodes)
    every = [journey for own in people for journey in journeys(own, profile)]
    begun = [each for each in every if each.starts_in(period)]
    sheets["F01"].shares(
        Share(
            episode_traits(each.first),
            not _left_early(each) or each.reason in codes.PLANNED,
            as_of - each.start >= TWELVE_WEEKS,
        )
        for each in begun
    )
    sheets["F04"].shares(
        Share(
            episode_traits(each.first),
            _left_early(each) and each.reason in codes.UNPLANNED,
            as_of - each.start >= TWELVE_WEEKS,
        )
        for each in begun
    )
    _alternatives(sheets["D03"], [each for each in every if each.ends_in(period)])
    spells = [first for own in people if (first := _first_spell(own, period)) is not None]
    for measure, needed in OAT_RETENTION.items():
        sheets["F02"].shares(
            (
                Share(
                    episode_traits(each.beginning),
                    each.off is None or each.off - each.on >= needed,
                    as_of - each.on >= needed,
                )
                for each in spells
            ),
            measure=measure,
        )


def _left_early(journey: Journey) -> bool:
    return journey.end is not None and journey.end - journey.start < TWELVE_WEEKS


def _alternatives(sheet: Sheet, closed: Sequence[Journey]) -> None:
    """Successful completion after an alternative to punishment, and after any other referral."""
    units = [(episode_traits(each.first), each) for each in closed]
    for grouping in sheet.groupings():
        for key, members in grouped(units, grouping).items():
            alternatives = [
                each.reason in codes.SUCCESSFUL
                for each in members
                if each.first.admission.ati_stage in codes.ALTERNATIVE_STAGES
            ]
            others = [
                each.reason in codes.SUCCESSFUL
                for each in members
                if codes.is_known(each.first.admission.referral)
                and each.first.admission.referral not in codes.CRIMINAL_JUSTICE_REFERRALS
            ]
            for measure, arm in (("alternatives", alternatives), ("others", others)):
                sheet.percent(grouping, key, sum(arm), len(arm), measure=measure)
            smaller = min(len(alternatives), len(others))
            if smaller:
                points = _percent(alternatives) - _percent(others)
                sheet.write(grouping, key, points, None, smaller)
            elif not grouping:
                sheet.not_available(None, 0)


def _percent(arm: Sequence[bool]) -> float:
    return 100 * sum(arm) / len(arm)


@dataclass(frozen=True, slots=True)
class Spell:
    """Days on OAT [on, off) without a gap of more than 28 days; off None: to this day."""

    on: date
    off: date | None
    beginning: Episode
    """The first of the episodes in which the person was on OAT on the first day."""


def _first_spell(own: Sequence[Episode], period: Period) -> Spell | None:
    """The person's first spell that begins in the period."""
    for spell in _spells(own):
        if period.holds(spell.on) and period.counts(spell.beginning.admission.precision):
            return spell
    return None


def _spells(own: Sequence[Episode]) -> list[Spell]:
    found: list[Spell] = []
    for part in sorted(
        (part for each in own for part in _parts_on_oat(each)),
        key=lambda part: (part.on, part.beginning.start, part.beginning.record_uid),
    ):
        last = found[-1] if found else None
        if last is None or (last.off is not None and part.on - last.off > OAT_GAP):
            found.append(part)
        elif last.off is not None and (part.off is None or part.off > last.off):
            found[-1] = Spell(last.on, part.off, last.beginning)
    return found


def _parts_on_oat(episode: Episode) -> list[Spell]:
    """The days [on, off) of one episode on which the person was on OAT."""
    days = {episode.start, *(each.event_date for each in episode.outcomes)}
    turns = sorted(day for day in days if episode.counted_end is None or day < episode.counted_end)
    ends = (*turns[1:], episode.counted_end)
    return [
        Spell(on, off, episode) for on, off in zip(turns, ends, strict=False) if on_oat(episode, on)
    ]
