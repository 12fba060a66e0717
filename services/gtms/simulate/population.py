"""People with their stories: who is admitted where and when, what happens, and how it ends.

Pure: a profile, a network of facilities and a generator of chance in, people out, one at a time, in
the order of their first admission. Nothing here knows messages, revisions or delivery.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import NamedTuple, TypeAlias

from gtms.simulate.clients import Client, Pool, draw_relative
from gtms.simulate.days import Calendar, Span, calendar, year_month
from gtms.simulate.facilities import (
    GENERAL,
    INPATIENT,
    LOW_THRESHOLD,
    OUTPATIENT,
    PRISON,
    Facility,
    Network,
)
from gtms.simulate.profiles import Common, CountryProfile, common
from gtms.simulate.programmes import (
    Interventions,
    planned_interventions,
    teds_service,
    usual_stay,
)
from treatment.common.v1 import codes_pb2 as codes

Next: TypeAlias = "tuple[int, codes.Setting.ValueType, Facility]"

TRANSFERRED = (
    codes.DISCHARGE_REASON_TRANSFERRED_NOT_IN_CUSTODY,
    codes.DISCHARGE_REASON_TRANSFERRED_IN_CUSTODY,
)
DIED = codes.DISCHARGE_REASON_DIED
PLANNED = frozenset((11, 12, 13, 14, 15, 21, 22))
_KIND = (
    codes.ADMISSION_KIND_INITIAL_ADMISSION,
    codes.ADMISSION_KIND_TRANSFER_OR_CHANGE_OF_SERVICE,
)
JOURNEY_GAP = 21  # days within which a transfer arrives (NDTMS)
MOST_EPISODES = 12  # of one person: no story goes on for ever
LOST_AFTER = 90  # days without contact after which the administration closes an episode


class Episode(NamedTuple):
    """One episode. Days are ordinals. A tuple, because millions of them are made."""

    number: int
    facility: Facility
    setting: codes.Setting.ValueType
    service: codes.TedsService.ValueType
    admitted: int
    requested: int | None
    ended: int | None
    reason: codes.DischargeReason.ValueType
    kind: codes.AdmissionKind.ValueType
    preceding: int
    receiving: Facility | None
    interventions: Interventions
    referral: codes.Referral.ValueType
    status: codes.TreatmentStatus.ValueType
    prior: int | None
    on_oat: bool
    forgotten: bool
    month_only: bool


class Person(NamedTuple):
    """One person with everything that happens to them inside the span."""

    pseudonym: str
    birth_year: int
    client: Client
    episodes: tuple[Episode, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """What the stories of a country are drawn from."""

    profile: CountryProfile
    network: Network
    span: Span
    admissions: int


def people(country: Country, rng: Random) -> Iterator[Person]:
    """People until the number of admissions is reached exactly, earliest first admission first."""
    shared, profile = common(), country.profile
    journeys = shared.journeys
    returns = journeys.returns / (1 - journeys.returns)  # some of those who return, return again
    lag = journeys.returns_after_days + 2 * shared.stay["OUTPATIENT"].median
    days = calendar(country.span, profile.growth, returns, lag)
    story = _Story(rng, country, shared, days)
    pool = Pool(rng, profile)
    made = 0
    while made < country.admissions:
        day = days.day((made + rng.random()) / country.admissions)
        person = story.tell(pool, day, made)
        most = country.admissions - made
        yield person if len(person.episodes) <= most else _cut(person, most)
        made += len(person.episodes)


def _cut(person: Person, most: int) -> Person:
    return person._replace(episodes=person.episodes[:most])


class _Story:
    """Draws one person after the other; keeps nothing of them."""

    def __init__(self, rng: Random, country: Country, shared: Common, days: Calendar) -> None:
        self._rng = rng
        self._country = country
        self._profile = country.profile
        self._shared = shared
        self._journeys = shared.journeys
        self._days = days
        offered = {OUTPATIENT: 0.86, PRISON: 0.7, GENERAL: 0.8}
        self._oat = {s: min(1.0, self._profile.oat / share) for s, share in offered.items()}

    def tell(self, pool: Pool, day: int, number: int) -> Person:
        rng, chance = self._rng, self._rng.random()
        relative = chance < self._journeys.other_persons_use
        low_threshold = not relative and chance < (
            self._journeys.other_persons_use + self._journeys.needle_exchange_only
        )
        client = draw_relative(rng, self._profile) if relative else pool.take()
        year, month = year_month(day)
        answers = client.answers
        birth_year = year - answers.age_at_admission - (answers.birth_month > month)
        episodes: tuple[Episode, ...]
        if relative:
            episodes = (self._visit(day, number, OUTPATIENT, (codes.INTERVENTION_FAMILY_THERAPY,)),)
        elif low_threshold:
            exchange = (codes.INTERVENTION_NEEDLE_SYRINGE_PROGRAMME,)
            episodes = (self._visit(day, number, LOW_THRESHOLD, exchange),)
        else:
            episodes = tuple(self._journey(client, day, number))
        return Person(f"{rng.getrandbits(128):032x}", birth_year, client, episodes)

    def _visit(
        self, day: int, number: int, setting: codes.Setting.ValueType, offered: Interventions
    ) -> Episode:
        """A contact that is not structured treatment of a drug use disorder."""
        ended = day + int(self._rng.expovariate(1 / 30))
        return Episode(
            number=number,
            facility=self._country.network.admit(self._rng, setting, day),
            setting=setting,
            service=codes.TEDS_SERVICE_UNSPECIFIED,
            admitted=day,
            requested=None,
            ended=ended if ended <= self._country.span.last else None,
            reason=codes.DISCHARGE_REASON_CLOSED_BY_MUTUAL_AGREEMENT,
            kind=codes.ADMISSION_KIND_INITIAL_ADMISSION,
            preceding=-1,
            receiving=None,
            interventions=offered,
            referral=codes.REFERRAL_SELF,
            status=codes.TREATMENT_STATUS_UNSPECIFIED,
            prior=None,
            on_oat=False,
            forgotten=False,
            month_only=False,
        )

    def _journey(self, client: Client, day: int, number: int) -> Iterator[Episode]:
        setting = self._profile.settings.draw(self._rng)
        facility = self._country.network.admit(self._rng, setting, day)
        previous: Episode | None = None
        for n in range(number, number + MOST_EPISODES):
            episode, following = self._episode(client, n, setting, facility, day, previous)
            yield episode
            if following is None:
                return
            day, setting, facility = following
            previous = episode

    def _episode(
        self,
        client: Client,
        number: int,
        setting: codes.Setting.ValueType,
        facility: Facility,
        day: int,
        previous: Episode | None,
    ) -> tuple[Episode, Next | None]:
        """One episode, and when, where and in which setting the next one begins."""
        rng, journeys = self._rng, self._journeys
        on_oat = client.opioid and facility.oat and rng.random() < self._oat.get(setting, 0.0)
        detox = setting == INPATIENT and rng.random() < 0.6
        ended = self._end(setting, facility, day, on_oat, detox)
        reason = codes.DISCHARGE_REASON_UNSPECIFIED
        following: Next | None = None
        if ended is not None:
            reason, following = self._exit(setting, ended, on_oat)
            if ended == facility.closed and reason != DIED:
                reason = codes.DISCHARGE_REASON_FACILITY_CLOSED
        transfer = previous is not None and previous.receiving is not None
        status, prior = self._status(client, previous, transfer)
        episode = Episode(
            number=number,
            facility=facility,
            setting=setting,
            service=teds_service(rng, setting, detox),
            admitted=day,
            requested=self._request(day, transfer),
            ended=ended,
            reason=reason,
            kind=_KIND[transfer],
            preceding=previous.number if transfer and previous is not None else -1,
            receiving=following[2] if following and reason in TRANSFERRED else None,
            interventions=planned_interventions(rng, client, setting, on_oat, detox),
            referral=self._referral(transfer),
            status=status,
            prior=prior,
            on_oat=on_oat,
            forgotten=ended is None and rng.random() < journeys.forgotten,
            month_only=rng.random() < journeys.month_precision,
        )
        return episode, following

    def _end(
        self,
        setting: codes.Setting.ValueType,
        facility: Facility,
        day: int,
        on_oat: bool,
        detox: bool,
    ) -> int | None:
        if on_oat and self._rng.random() < self._journeys.stays_on_oat:
            ended = self._country.span.last + 1
        else:
            ended = day + self._shared.stay[usual_stay(setting, on_oat, detox)].draw(self._rng)
        if facility.closed is not None:
            ended = min(ended, max(day + 1, facility.closed))
        return ended if ended <= self._country.span.last else None

    def _exit(
        self, setting: codes.Setting.ValueType, ended: int, on_oat: bool
    ) -> tuple[codes.DischargeReason.ValueType, Next | None]:
        """Why an episode ends, and what follows if anything does before the span is over."""
        rng, journeys = self._rng, self._journeys
        chance = rng.random()
        if chance < journeys.died:
            return DIED, None
        if chance < journeys.died + journeys.transferred:
            next_day = ended + int(rng.random() * (JOURNEY_GAP + 1))
            arrives = rng.random() < journeys.transfer_arrives
            following = self._next(next_day) if arrives else None
            return TRANSFERRED[setting == PRISON], following
        reason = self._shared.discharge.draw(rng)
        if reason == codes.DISCHARGE_REASON_COMPLETED_STABLE_ON_MAINTENANCE and not on_oat:
            reason = codes.DISCHARGE_REASON_COMPLETED_ABSTINENT
        if rng.random() > journeys.returns:
            return reason, None
        gap = JOURNEY_GAP + 1 + rng.expovariate(1 / journeys.returns_after_days)
        return reason, self._next(ended + int(gap))

    def _next(self, day: int) -> Next | None:
        if day > self._country.span.last:
            return None
        setting = self._profile.settings.draw(self._rng)
        return day, setting, self._country.network.admit(self._rng, setting, day)

    def _status(
        self, client: Client, previous: Episode | None, transfer: bool
    ) -> tuple[codes.TreatmentStatus.ValueType, int | None]:
        """What they say about earlier treatment; a few deny what the registry knows (R056)."""
        answers = client.answers
        known = answers.prior_episodes_n if answers.HasField("prior_episodes_n") else None
        if previous is None:
            return answers.treatment_status, known
        if not transfer and self._rng.random() < self._journeys.contradicts_registry:
            return codes.TREATMENT_STATUS_NEVER_PREVIOUSLY_TREATED, None
        before = previous.prior if previous.prior is not None else known or 0
        return codes.TREATMENT_STATUS_PREVIOUSLY_TREATED, min(99, before + 1)

    def _request(self, day: int, transfer: bool) -> int | None:
        if transfer or self._rng.random() > self._journeys.wait_reported:
            return None
        low, high = self._shared.wait_days.draw(self._rng)
        waited = low + int(self._rng.random() * (high - low + 1))
        return day - min(360, round(waited * self._profile.wait_factor))

    def _referral(self, transfer: bool) -> codes.Referral.ValueType:
        rng = self._rng
        if transfer:
            return codes.REFERRAL_OTHER_DRUG_TREATMENT_CENTRE
        if rng.random() < self._profile.unknown:
            return codes.REFERRAL_UNKNOWN
        if rng.random() < self._profile.criminal_justice:
            return self._shared.referral_criminal_justice.draw(rng)
        return self._shared.referral_other.draw(rng)
