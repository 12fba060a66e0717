"""Persons of a period: who entered treatment, who was in it, and what describes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from . import codes
from .cells import Traits
from .episodes import Episode, by_person, is_entry, is_first_ever, on_oat
from .periods import Period, Profile

JULY = 7
ADULT = 18
NO_LONGER_YOUNG = 25


@dataclass(frozen=True, slots=True)
class Entrant:
    """A person who entered treatment in the period, counted once however often."""

    first: Episode
    """The first qualifying start: treatment_status is taken from here."""
    described_by: Episode
    """The last start in the period, or the first qualifying one: everything else is from here."""
    entries: tuple[Episode, ...]
    """The qualifying starts."""
    first_time: bool

    @property
    def status_known(self) -> bool:
        return codes.is_known(self.first.admission.treatment_status)

    @property
    def history(self) -> str:
        if self.first_time:
            return "FIRST_TIME"
        return "PREVIOUS" if self.status_known else codes.UNKNOWN

    @property
    def traits(self) -> Traits:
        return episode_traits(self.described_by) | {"treatment_history": self.history}


@dataclass(frozen=True, slots=True)
class InTreatment:
    """A person with at least one structured episode in the period."""

    episodes: tuple[Episode, ...]
    """Those of the period, by (start, record_uid)."""
    first_day: date
    """First day in treatment inside the period."""

    @property
    def described_by(self) -> Episode:
        return self.episodes[-1]

    @property
    def traits(self) -> Traits:
        admission = self.described_by.admission
        age = age_on(self.first_day, admission.birth_year, admission.birth_month)
        return {
            "sex": codes.sex(admission.sex),
            "age_band": codes.age_band(age),
            "age_group": codes.age_group(age),
            "substance_group": codes.substance_group(admission.substance),
            "substance": codes.substance(admission.substance),
            "client_group": codes.client_group({admission.substance, *admission.others}),
            "setting": frozenset(codes.setting(each.admission.setting) for each in self.episodes),
            "admin1": frozenset(each.admin1 for each in self.episodes),
        }


def age_on(day: date, birth_year: int, birth_month: int | None) -> int:
    """Completed years from birth year and month; an unknown month counts as July."""
    had_no_birthday = day.month < (birth_month or JULY)
    return day.year - birth_year - (1 if had_no_birthday else 0)


def episode_traits(episode: Episode) -> dict[str, str | frozenset[str]]:
    """What one admission says, with the age the facility wrote down."""
    admission = episode.admission
    return {
        "sex": codes.sex(admission.sex),
        "age_band": codes.age_band(admission.age),
        "age_group": codes.age_group(admission.age),
        "substance_group": codes.substance_group(admission.substance),
        "substance": codes.substance(admission.substance),
        "setting": codes.setting(admission.setting),
        "admin1": episode.admin1,
        "referral": codes.referral(admission.referral),
        "under_18": codes.yes_or_no(admission.age < ADULT),
        "oat": codes.yes_or_no(bool(codes.OAT_INTERVENTIONS & set(admission.interventions))),
        "route": codes.route(admission.route),
        "ati_stage": codes.ati_stage(admission.ati_stage),
        "ati_measure": codes.ati_measure(admission.ati_measure),
        "admission_kind": codes.admission_kind(admission.admission_kind),
        "service": codes.service(admission.teds_service),
        "discharge_reason": codes.discharge_reason(episode.reason),
    }


def entrants(episodes: Sequence[Episode], period: Period, profile: Profile) -> list[Entrant]:
    found = []
    for own in by_person(episodes):
        entries = [each for each in own if each.starts_in(period) and is_entry(each, own, profile)]
        if entries:
            last = [each for each in own if each.starts_in(period)][-1]
            found.append(
                Entrant(
                    first=entries[0],
                    described_by=last if profile.attribute_episode == "LAST" else entries[0],
                    entries=tuple(entries),
                    first_time=is_first_ever(entries[0], own),
                )
            )
    return found


def in_treatment(episodes: Sequence[Episode], period: Period) -> list[InTreatment]:
    found = []
    for own in by_person(episodes):
        during = [each for each in own if each.in_treatment(period) and each.is_dated_for(period)]
        if during:
            first_day = max(period.first, min(each.start for each in during))
            found.append(InTreatment(tuple(during), first_day))
    return found


def on_census_day(episodes: Sequence[Episode], period: Period, as_of: date) -> list[Traits]:
    """People with an episode active on the last day of the period, at most the as-of day."""
    day = min(period.after - timedelta(days=1), as_of)
    people = []
    for own in by_person(episodes):
        active = [each for each in own if each.active_on(day) and each.is_dated_for(period)]
        if active:
            people.append(_census_traits(active, day))
    return people


def _census_traits(active: Sequence[Episode], day: date) -> Traits:
    admission = active[-1].admission
    age = age_on(day, admission.birth_year, admission.birth_month)
    return {
        "sex": codes.sex(admission.sex),
        "age_25": "25+" if age >= NO_LONGER_YOUNG else "<25",
        "setting": frozenset(codes.setting(each.admission.setting) for each in active),
        "admin1": frozenset(each.admin1 for each in active),
        "oat": codes.yes_or_no(any(on_oat(each, day) for each in active)),
    }
