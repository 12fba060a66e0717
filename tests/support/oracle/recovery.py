"""H: how the people of the recovery cohort are, months after their discharge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from . import codes
from .cells import Share, Sheet, Traits, Valued
from .deaths import Death
from .episodes import Episode, by_person
from .people import episode_traits
from .periods import Period
from .scales import WHOQOL_DOMAINS, Measures
from .visible import Outcome

BY_DRUG = (("substance_group", "wave"), ("substance", "wave"), ("sex", "wave"))
TABLES: dict[str, tuple[tuple[str, ...], ...]] = {
    "H01": (("sex", "wave"), ("setting", "wave")),
    "H02": BY_DRUG,
    "H03": BY_DRUG,
    "H04": (("sex", "wave"),),
    "H05": (("domain", "sex", "wave"),),
    "H06": BY_DRUG,
}
WINDOWS = {3: (60, 120), 6: (150, 225), 12: (320, 425), 24: (670, 790)}
"""Wave → first and last day after the discharge."""
RECOVERED = 47


@dataclass(frozen=True, slots=True)
class Due:
    """A person whose follow-up of one wave falls due in the period."""

    traits: Traits
    matured: bool
    dead: bool
    before: Measures
    interview: Outcome | None

    @property
    def after(self) -> Measures | None:
        return self.interview.measures if self.interview else None


def write(
    sheets: dict[str, Sheet],
    episodes: Sequence[Episode],
    deaths: Mapping[str, Death],
    period: Period,
    as_of: date,
) -> None:
    cohort = [
        row
        for own in by_person(episodes)
        for wave in WINDOWS
        if (row := _due(own, wave, deaths, period, as_of)) is not None
    ]
    due = [each for each in cohort if not each.dead]
    by_wave = {
        indicator: sheets[indicator].part(tables, within=("wave",))
        for indicator, tables in TABLES.items()
    }
    by_wave["H01"].shares(
        Share(each.traits, each.interview is not None, each.matured) for each in due
    )
    by_wave["H01"].counts(
        (each.traits for each in cohort if each.dead and each.matured), measure="deaths"
    )
    abstinent = [
        (each, each.interview is not None and each.interview.any_use == codes.NO) for each in due
    ]
    by_wave["H02"].shares(
        (Share(each.traits, answer, each.matured) for each, answer in abstinent), measure="of_due"
    )
    by_wave["H02"].shares(
        Share(each.traits, answer, each.matured)
        for each, answer in abstinent
        if each.interview or not each.matured
    )
    _recovery_capital(by_wave["H03"], due)
    by_wave["H04"].shares(
        Share(each.traits, labour in codes.WORKING_OR_STUDYING, each.matured)
        for each, labour in ((each, each.interview.labour if each.interview else 0) for each in due)
        if codes.is_known(labour) or not each.matured
    )
    _quality_of_life(sheets["H05"].part(TABLES["H05"], within=("domain", "wave")), due)
    by_wave["H06"].shares(
        Share(each.traits, bool(overdoses), each.matured)
        for each, overdoses in (
            (each, each.interview.overdoses if each.interview else None) for each in due
        )
        if overdoses is not None or not each.matured
    )


def _due(
    own: Sequence[Episode], wave: int, deaths: Mapping[str, Death], period: Period, as_of: date
) -> Due | None:
    """The person's last discharge of which the wave falls due in the period."""
    first, last = (timedelta(days=days) for days in WINDOWS[wave])
    discharged = [
        (each.end, each.record_uid, each)
        for each in own
        if each.admission.in_recovery_cohort
        and each.end is not None
        and period.holds(each.end + last)
        and period.counts(each.end_precision)
    ]
    if not discharged:
        return None
    end, _, episode = max(discharged, key=lambda each: each[:2])
    death = deaths.get(episode.person)
    told = [each for each in episode.outcomes if each.kind == codes.FOLLOW_UP and each.wave == wave]
    found_dead = any(each.status == codes.FOUND_DEAD for each in told)
    interviews = [
        each
        for each in told
        if each.status in codes.INTERVIEWED and end + first <= each.event_date <= end + last
    ]
    matured = end + last <= as_of
    return Due(
        traits=episode_traits(episode) | {"wave": codes.wave(wave)},
        matured=matured,
        dead=found_dead or (death is not None and death.day <= end + last),
        before=episode.admission.baseline,
        interview=interviews[-1] if interviews and matured else None,
    )


def _recovery_capital(sheet: Sheet, due: Sequence[Due]) -> None:
    paired = [
        (each, after, before)
        for each in due
        if (before := each.before.barc10) is not None
        and each.after is not None
        and (after := each.after.barc10) is not None
    ]
    awaited = [each.traits for each in due if not each.matured]
    sheet.means(
        [
            *(Valued(each.traits, after - before) for each, after, before in paired),
            *(Valued(traits, 0, matured=False) for traits in awaited),
        ],
        measure="mean_change",
    )
    sheet.shares(
        [
            *(Share(each.traits, after >= RECOVERED) for each, after, _ in paired),
            *(Share(traits, in_numerator=False, matured=False) for traits in awaited),
        ],
        measure="at_least_47",
    )


def _quality_of_life(sheet: Sheet, due: Sequence[Due]) -> None:
    changes = []
    for each in due:
        before = dict(each.before.whoqol)
        after = dict(each.after.whoqol) if each.after else {}
        for domain in WHOQOL_DOMAINS:
            traits = {**each.traits, "domain": domain}
            if not each.matured:
                changes.append(Valued(traits, 0, matured=False))
            elif domain in before and domain in after:
                changes.append(Valued(traits, after[domain] - before[domain]))
    sheet.means(changes)
