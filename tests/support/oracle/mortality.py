"""I: deaths in treatment, and of an overdose soon after it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from . import codes
from .cells import Share, Sheet, Traits, grouped
from .deaths import Death
from .episodes import Episode, by_person, on_oat
from .people import InTreatment, episode_traits, in_treatment
from .periods import Period

TABLES = {
    "I01": (("oat",), ("sex",), ("cause",)),
    "I02": (("setting",), ("discharge_reason",)),
}
PER_THOUSAND = 1000
DAYS_OF_A_YEAR = 365.25
SOON_DAYS = 28


def write(
    sheets: dict[str, Sheet],
    episodes: Sequence[Episode],
    deaths: Mapping[str, Death],
    period: Period,
    as_of: date,
) -> None:
    people = in_treatment(episodes, period)
    _crude_mortality(
        sheets["I01"],
        [stay for each in people for stay in _days_in_treatment(each, period, as_of)],
        [death for each in people for death in _death_in_treatment(each, deaths, period)],
    )
    sheets["I02"].shares(
        (share for own in by_person(episodes) for share in _exit(own, deaths, period, as_of)),
        per=PER_THOUSAND,
    )


def _crude_mortality(
    sheet: Sheet, stays: Sequence[tuple[Traits, int]], died: Sequence[Traits]
) -> None:
    """Deaths per 1000 person-years; those of one cause are of the person-years of everybody."""
    for grouping in sheet.groupings():
        by_cause = grouping == ("cause",)
        lost = grouped([(traits, traits) for traits in died], grouping)
        spent = grouped(stays, () if by_cause else grouping)
        for key in lost if by_cause else lost | spent:
            days = sum(spent.get("" if by_cause else key, []))
            years = days / DAYS_OF_A_YEAR
            sheet.percent(grouping, key, len(lost.get(key, [])), years, per=PER_THOUSAND)


def _days_in_treatment(
    person: InTreatment, period: Period, as_of: date
) -> list[tuple[Traits, int]]:
    """How many days of the period on OAT and how many not, with the first and the last day."""
    every, on = set(), set()
    last_day = period.after - timedelta(days=1)
    for each in person.episodes:
        last = min(each.counted_end or min(last_day, as_of), last_day)
        first = max(each.start, period.first)
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        every |= set(days)
        on |= {day for day in days if on_oat(each, day)}
    sex = person.traits["sex"]
    return [
        ({"sex": sex, "oat": codes.yes_or_no(True)}, len(on)),
        ({"sex": sex, "oat": codes.yes_or_no(False)}, len(every - on)),
    ]


def _death_in_treatment(
    person: InTreatment, deaths: Mapping[str, Death], period: Period
) -> list[Traits]:
    death = deaths.get(person.described_by.person)
    if death is None or not period.holds(death.day) or not period.counts(death.precision):
        return []
    during = [
        each
        for each in person.episodes
        if each.start <= death.day and (each.counted_end is None or each.counted_end >= death.day)
    ]
    if not during:
        return []
    return [
        {
            "sex": person.traits["sex"],
            "oat": codes.yes_or_no(any(on_oat(each, death.day) for each in during)),
            "cause": codes.death_cause(death.cause),
        }
    ]


def _exit(
    own: Sequence[Episode], deaths: Mapping[str, Death], period: Period, as_of: date
) -> list[Share]:
    """The person's last exit of the period, if there was one."""
    exits = [
        (each.end, each.record_uid, each)
        for each in own
        if each.end is not None and each.discharged_in(period) and each.reason != codes.DIED
    ]
    if not exits:
        return []
    end, _, episode = max(exits, key=lambda each: each[:2])
    death = deaths.get(episode.person)
    soon = (
        death is not None
        and death.cause == codes.OVERDOSE
        and 0 <= (death.day - end).days <= SOON_DAYS
    )
    return [Share(episode_traits(episode), soon, (as_of - end).days >= SOON_DAYS)]
