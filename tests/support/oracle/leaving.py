"""F03, G01 and G05: discharges."""

from collections.abc import Sequence
from datetime import date

from . import codes
from .cells import Measured, Share, Sheet
from .episodes import Episode
from .people import episode_traits
from .periods import Period

TABLES = {
    "F03": (("service",), ("substance_group",), ("substance",), ("discharge_reason",)),
    "G01": (
        ("service",),
        ("substance_group",),
        ("substance",),
        ("sex",),
        ("age_band",),
        ("age_group",),
        ("referral",),
    ),
    "G05": (("substance_group",), ("substance",), ("sex",)),
}
STAY_LEVELS = {"p25": 0.25, "median": 0.5, "p75": 0.75}


def write(sheets: dict[str, Sheet], episodes: Sequence[Episode], period: Period) -> None:
    discharged = [each for each in episodes if each.discharged_in(period)]
    sheets["F03"].quantiles(
        (
            Measured(episode_traits(each), _days_of_stay(each, each.end))
            for each in discharged
            if each.end is not None and each.is_dated_to_the_day()
        ),
        STAY_LEVELS,
    )
    sheets["G01"].shares(
        Share(episode_traits(each), each.reason in codes.COMPLETED) for each in discharged
    )
    sheets["G05"].shares(
        Share(episode_traits(each), each.reason in codes.UNPLANNED)
        for each in discharged
        if codes.is_known(each.reason)
    )


def _days_of_stay(episode: Episode, end: date) -> int:
    """Length of stay; a visit-based setting counts its last day (TEDS)."""
    outpatient = episode.admission.setting in codes.OUTPATIENT_SETTINGS
    return (end - episode.start).days + (1 if outpatient else 0)
