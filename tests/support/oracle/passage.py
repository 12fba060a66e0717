"""D05 and G10: people who are passed on from one facility to the next."""

from collections.abc import Sequence
from datetime import date

from . import codes
from .cells import Share, Sheet
from .episodes import Episode, by_person, on_oat
from .people import episode_traits
from .periods import Period

TABLES = {
    "D05": (("sex",), ("oat",)),
    "G10": (("setting",),),
}
ARRIVAL_DAYS = 21


def write(
    sheets: dict[str, Sheet], episodes: Sequence[Episode], period: Period, as_of: date
) -> None:
    people = by_person(episodes)
    sheets["D05"].shares(share for own in people for share in _release(own, period, as_of))
    sheets["G10"].shares(
        _arrival(
            each,
            [other for other in own if _facility(other) != _facility(each)],
            as_of,
        )
        for own in people
        for each in own
        if each.discharged_in(period) and each.reason in codes.TRANSFERRED
    )


def _facility(episode: Episode) -> str:
    return episode.admission.facility_id


def _release(own: Sequence[Episode], period: Period, as_of: date) -> list[Share]:
    """The person's last release from a prison in the period, if there was one."""
    released = [
        each
        for each in own
        if each.admission.setting == codes.PRISON
        and each.discharged_in(period)
        and each.reason != codes.DIED
    ]
    outside = [each for each in own if each.admission.setting != codes.PRISON]
    last = sorted(released, key=lambda each: (each.end or date.max, each.record_uid))[-1:]
    return [_arrival(each, outside, as_of) for each in last]


def _arrival(left: Episode, elsewhere: Sequence[Episode], as_of: date) -> Share:
    """Whether one of the episodes elsewhere began within 21 days of the end."""
    assert left.end is not None
    days = [(each.start - left.end).days for each in elsewhere]
    traits = episode_traits(left) | {"oat": codes.yes_or_no(on_oat(left, date.max))}
    return Share(
        traits,
        any(0 <= each <= ARRIVAL_DAYS for each in days),
        (as_of - left.end).days >= ARRIVAL_DAYS,
    )
