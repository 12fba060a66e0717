"""Structured episodes, journeys and entrants: the definitions read aloud, one person at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from . import codes
from .deaths import Death, told_death
from .facilities import Register
from .periods import DAY, ESTIMATED, Period, Profile
from .visible import Admission, Live, Outcome

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Episode:
    """One structured episode; its outcomes by (event_date, record_uid).

    `end` and `reason` come from `closing`, its last DISCHARGE (reason 0: none). `counted_end` is
    `end`, or the day of the last record of a stale episode, or None: still open.
    """

    record_uid: str
    admission: Admission
    outcomes: tuple[Outcome, ...]
    admin1: str
    closing: Outcome | None
    end: date | None
    end_precision: int
    reason: int
    counted_end: date | None

    @property
    def start(self) -> date:
        return self.admission.admission_date

    @property
    def person(self) -> str:
        return self.admission.person

    def active_on(self, day: date) -> bool:
        return self.start <= day and (self.counted_end is None or self.counted_end > day)

    def in_treatment(self, period: Period) -> bool:
        ended_before = self.counted_end is not None and self.counted_end < period.first
        return self.start < period.after and not ended_before

    def starts_in(self, period: Period) -> bool:
        return period.holds(self.start) and period.counts(self.admission.precision)

    def discharged_in(self, period: Period) -> bool:
        return self.end is not None and period.holds(self.end) and period.counts(self.end_precision)

    def is_dated_for(self, period: Period) -> bool:
        """Both dates known well enough to say whether the person was in treatment in it."""
        end_is_fine = self.end is None or period.counts(self.end_precision)
        return period.counts(self.admission.precision) and end_is_fine

    def is_dated_to_the_day(self) -> bool:
        return {self.admission.precision, self.end_precision} <= {DAY, ESTIMATED}


@dataclass(frozen=True, slots=True)
class Journey:
    """Episodes of one person with no gap longer than journey_gap_days between them."""

    episodes: tuple[Episode, ...]

    @property
    def start(self) -> date:
        return min(each.start for each in self.episodes)

    @property
    def end(self) -> date | None:
        ends = [each.counted_end for each in self.episodes]
        known = [end for end in ends if end is not None]
        return max(known) if len(known) == len(ends) else None

    @property
    def first(self) -> Episode:
        """What describes the journey."""
        return self.episodes[0]

    def starts_in(self, period: Period) -> bool:
        return self.first.starts_in(period)

    def ends_in(self, period: Period) -> bool:
        """Closed in the period, with every date known well enough to say so."""
        return (
            self.end is not None
            and period.holds(self.end)
            and all(each.is_dated_for(period) for each in self.episodes)
        )

    @property
    def reason(self) -> int:
        """Reason of the episode with the latest end; 0 when that one is open or went stale."""
        latest = max(
            self.episodes, key=lambda each: (each.counted_end or date.max, each.record_uid)
        )
        return latest.reason


def _counts(admission: Admission, death: Death | None, profile: Profile) -> bool:
    """Not in a drugs-only country when it is about alcohol (R044), and not after a death (R075)."""
    if admission.substance in codes.LEGAL_SUBSTANCES and not profile.alcohol_included:
        return False
    return death is None or admission.admission_date <= death.day


def _is_structured(admission: Admission, outcomes: Sequence[Outcome]) -> bool:
    given = set(admission.interventions)
    settings = {admission.setting}
    for outcome in outcomes:
        if outcome.kind in (codes.REVIEW, codes.DISCHARGE):
            given |= set(outcome.interventions)
        if outcome.kind == codes.DISCHARGE and outcome.setting_at_discharge:
            settings.add(outcome.setting_at_discharge)
    return (
        admission.client_type == codes.OWN_USE
        and bool(given & codes.STRUCTURED_INTERVENTIONS)
        and not settings <= codes.LOW_THRESHOLD_SETTINGS
    )


def _episode(
    uid: str,
    admission: Admission,
    outcomes: Sequence[tuple[str, Outcome]],
    register: Register,
    as_of: date,
    profile: Profile,
) -> Episode:
    by_date = [each for _, each in sorted(outcomes, key=lambda told: (told[1].event_date, told[0]))]
    discharges = [each for each in by_date if each.kind == codes.DISCHARGE]
    last = max([admission.admission_date, *(each.event_date for each in by_date)])
    stale = not discharges and (as_of - last).days > profile.stale_days
    discharge = discharges[-1] if discharges else None
    end = discharge.event_date if discharge else None
    return Episode(
        record_uid=uid,
        admission=admission,
        outcomes=tuple(by_date),
        admin1=register.admin1(admission.facility_id, admission.admission_date),
        closing=discharge,
        end=end,
        end_precision=discharge.precision if discharge else DAY,
        reason=discharge.reason if discharge else 0,
        counted_end=last if stale else end,
    )


def structured_episodes(
    live: Sequence[Live], register: Register, as_of: date, profile: Profile
) -> list[Episode]:
    """Every structured episode, by (start, record_uid).

    An outcome belongs to the admission of the same facility and episode id if it names the same
    person and is not dated before the admission (R070, R071); any other waits and counts nowhere.
    """
    found = []
    for record in live:
        admission = record.content
        if not isinstance(admission, Admission):
            continue
        if not _counts(admission, told_death(live, admission.person), profile):
            continue
        outcomes = [
            (other.record_uid, other.content)
            for other in live
            if isinstance(other.content, Outcome)
            and other.content.facility_id == admission.facility_id
            and other.content.episode_id == admission.episode_id
            and other.content.person == admission.person
            and other.content.event_date >= admission.admission_date
        ]
        if _is_structured(admission, [each for _, each in outcomes]):
            found.append(_episode(record.record_uid, admission, outcomes, register, as_of, profile))
    return sorted(found, key=lambda each: (each.start, each.record_uid))


def by_person(episodes: Sequence[Episode]) -> list[list[Episode]]:
    """The episodes of each person, each list by (start, record_uid)."""
    people: dict[str, list[Episode]] = {}
    for episode in episodes:
        people.setdefault(episode.person, []).append(episode)
    return list(people.values())


def journeys(episodes: Sequence[Episode], profile: Profile) -> list[Journey]:
    """Journeys of one person, first to last."""
    found: list[list[Episode]] = []
    for episode in episodes:
        if found and not _begins_anew(episode, found[-1], profile):
            found[-1].append(episode)
        else:
            found.append([episode])
    return [Journey(tuple(each)) for each in found]


def _begins_anew(episode: Episode, so_far: Sequence[Episode], profile: Profile) -> bool:
    for earlier in so_far:
        if earlier.counted_end is None:
            return False
        if (episode.start - earlier.counted_end).days <= profile.journey_gap_days:
            return False
    return True


def is_entry(episode: Episode, episodes: Sequence[Episode], profile: Profile) -> bool:
    """Whether nothing of the person was active in the entrant_gap_days before it began."""
    days_before = [
        episode.start - days * ONE_DAY for days in range(1, profile.entrant_gap_days + 1)
    ]
    return not any(
        other.start < episode.start and any(other.active_on(day) for day in days_before)
        for other in episodes
    )


def is_first_ever(episode: Episode, episodes: Sequence[Episode]) -> bool:
    """First-time: says never treated, and the registry knows no earlier structured episode."""
    return episode.admission.treatment_status == codes.NEVER_TREATED and not any(
        other.start < episode.start for other in episodes
    )


def on_oat(episode: Episode, day: date) -> bool:
    """On opioid agonist treatment on the day, as planned or as last received, and not since ended.

    A REVIEW or DISCHARGE that says "not on OAT" ends what was planned at the admission or received
    on or before its own date; later received OAT begins it again.
    """
    told = sorted(
        (
            each
            for each in episode.outcomes
            if each.kind in (codes.REVIEW, codes.DISCHARGE) and each.event_date <= day
        ),
        key=lambda each: each.event_date,
    )
    evidence = None
    if codes.OAT_INTERVENTIONS & set(episode.admission.interventions):
        evidence = episode.start
    received = [each for each in told if each.interventions]
    if received:
        latest = received[-1].event_date
        if any(
            codes.OAT_INTERVENTIONS & set(each.interventions)
            for each in received
            if each.event_date == latest
        ):
            evidence = latest
    return evidence is not None and not any(
        each.on_oat == codes.NO and each.event_date >= evidence for each in told
    )


def deaths(live: Sequence[Live], episodes: Sequence[Episode]) -> dict[str, Death]:
    """Person → death: of those without a DEATH, the first discharge that says DIED."""
    found = {}
    for own in by_person(episodes):
        told = told_death(live, own[0].person)
        died = [
            (each.end, each.record_uid, each.end_precision)
            for each in own
            if each.end is not None and each.reason == codes.DIED
        ]
        if told is not None:
            found[own[0].person] = told
        elif died:
            day, _, precision = min(died)
            found[own[0].person] = Death(day, precision, codes.CAUSE_UNKNOWN)
    return found
