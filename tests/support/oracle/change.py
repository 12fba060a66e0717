"""G06 to G09: the same question at the start and at the end of an episode."""

from collections.abc import Callable, Sequence

from . import codes
from .cells import Share, Sheet, Valued
from .episodes import Episode
from .people import episode_traits
from .periods import Period
from .visible import Admission, Outcome

DRUG = (("substance_group",), ("substance",))
TABLES = {
    "G06": DRUG,
    "G07": (*DRUG, ("setting",)),
    "G08": (("sex",),),
    "G09": (("sex",), *DRUG),
}


def write(sheets: dict[str, Sheet], episodes: Sequence[Episode], period: Period) -> None:
    left = [
        (each, each.admission, each.closing)
        for each in episodes
        if each.closing is not None and each.discharged_in(period)
    ]
    _resolved(
        sheets["G06"],
        [(each, end.any_use) for each, start, end in left if _used(start)],
        lambda answer: answer == codes.NO,
    )
    _resolved(
        sheets["G08"],
        [
            (each, end.housing)
            for each, start, end in left
            if start.housing in codes.UNSTABLE_OR_HOMELESS
        ],
        lambda answer: answer == codes.STABLE_HOUSING,
    )
    _resolved(
        sheets["G09"],
        [
            (each, end.injecting)
            for each, start, end in left
            if start.injecting == codes.CURRENTLY_INJECTING
        ],
        lambda answer: answer == codes.NO,
    )
    changes = [(each, _change(start, end)) for each, start, end in left]
    sheets["G07"].means(
        Valued(episode_traits(each), days) for each, days in changes if days is not None
    )
    sheets["G07"].shares(
        (Share(episode_traits(each), days is not None) for each, days in changes),
        measure="paired",
    )


def _used(start: Admission) -> bool:
    """Whether the primary drug was used in the four weeks before the admission."""
    days = start.baseline.days_of(start.substance)
    return (days is not None and days > 0) or start.frequency in codes.USED_IN_LAST_30_DAYS


def _change(start: Admission, end: Outcome) -> int | None:
    """Days of use of the primary drug at the end, less those at the start."""
    before = start.baseline.days_of(start.substance)
    after = end.measures.days_of(start.substance)
    return None if before is None or after is None else after - before


def _resolved(
    sheet: Sheet, answers: Sequence[tuple[Episode, int]], good: Callable[[int], bool]
) -> None:
    """Of those with the problem at the start: without it at the end, and with a known answer."""
    sheet.shares(
        Share(episode_traits(each), good(answer))
        for each, answer in answers
        if codes.is_known(answer)
    )
    sheet.shares(
        (Share(episode_traits(each), codes.is_known(answer)) for each, answer in answers),
        measure="paired",
    )
