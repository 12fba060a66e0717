"""Outcomes: from what happens to a person to the message a national system would send."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from gtms.simulate.admission_records import episode_id
from gtms.simulate.clients import days_of_use, top_field
from gtms.simulate.days import iso
from gtms.simulate.happenings import (
    DEATH,
    DISCHARGE,
    FOLLOW_UP,
    INTERVIEWED,
    OVERDOSE,
    REVIEW,
    Happening,
)
from gtms.simulate.population import DIED, PLANNED, TRANSFERRED, Person
from gtms.simulate.profiles import Common, common
from gtms.simulate.stamps import Dispatch, Noise, Role, Stamp
from treatment.common.v1 import codes_pb2 as codes
from treatment.outcomes.v1.outcome_pb2 import Outcome, OutcomeRecord

UNKNOWN_FACILITY = "UNKNOWN"  # R085: said explicitly
_NOT_USED = codes.FREQUENCY_NOT_USED_LAST_30_DAYS
_ABSTINENT = codes.DISCHARGE_REASON_COMPLETED_ABSTINENT
_NO_OR_YES = (codes.YES_NO_NO, codes.YES_NO_YES)


class OutcomeWriter:
    """Writes the outcomes of one country's population."""

    def __init__(self, rng: Random, noise: Noise, stamp: Stamp, tag: str) -> None:
        self._rng = rng
        self._noise = noise
        self._stamp = stamp
        self._tag = tag
        self._shared: Common = common()

    def write(self, person: Person, happening: Happening, number: int) -> Iterator[Dispatch]:
        """The revisions of one outcome."""
        noise, chance = self._noise, self._rng.random()
        if chance < noise.corrected:
            wrong = self.record(person, happening, number)
            if wrong.record.labour_at_event:
                wrong.record.labour_at_event = codes.LABOUR_UNKNOWN
            later = min(happening.day + self._rng.randint(1, 30), self._stamp.span.last)
            wrong.record.event_date = iso(later)
            yield Dispatch("outcome", wrong, Role.NEW)
            right = self.record(person, happening, number, revision=2)
            yield Dispatch("outcome", right, Role.CORRECTION)
            return
        yield Dispatch("outcome", self.record(person, happening, number), Role.NEW)
        chance -= noise.corrected
        if chance < noise.invalid:
            yield self._invalid(person, happening, number)
        elif chance < noise.invalid + noise.retracted and happening.kind in (REVIEW, OVERDOSE):
            yield from self._mistaken(person, happening, number)

    def record(
        self, person: Person, happening: Happening, number: int, revision: int = 1, suffix: str = ""
    ) -> OutcomeRecord:
        """One revision of one outcome, right in every field."""
        made = OutcomeRecord()
        outcome, episode = made.record, happening.episode
        outcome.outcome_id = identity = f"{self._tag}-o{number}{suffix}"
        outcome.kind = happening.kind
        outcome.episode_id = episode_id(self._tag, episode.number)
        outcome.facility_id = episode.facility.facility_id
        outcome.client_pseudonym = person.pseudonym
        outcome.event_date = iso(happening.day)
        outcome.event_date_precision = codes.DATE_PRECISION_DAY
        if happening.kind in (REVIEW, DISCHARGE):
            outcome.interventions_received.extend(episode.interventions)
            self._set_state(outcome, person, happening)
        if happening.kind == DISCHARGE:
            self._set_discharge(outcome, happening)
        elif happening.kind == FOLLOW_UP:
            self._set_follow_up(outcome, person, happening)
        elif happening.kind == OVERDOSE:
            self._set_overdose(outcome, person)
        elif happening.kind == DEATH:
            outcome.death_cause = self._shared.death_cause.draw(self._rng)
        self._stamp.upsert(made, identity, revision, happening.day)
        return made

    def _set_state(self, outcome: Outcome, person: Person, happening: Happening) -> None:
        """How they are doing: use, injecting, work, housing."""
        client, rng = person.client, self._rng
        if not client.drug or (happening.kind == DISCHARGE and happening.episode.reason == DIED):
            _set_not_known(outcome, client.opioid)
            return
        frequency = self._frequency(happening)
        used = frequency != _NOT_USED
        outcome.frequency_at_event = frequency
        outcome.any_use_of_primary_last_28d = _NO_OR_YES[used]
        if frequency == codes.FREQUENCY_UNKNOWN:
            outcome.any_use_of_primary_last_28d = codes.YES_NO_UNKNOWN
        outcome.primary_substance_at_event = client.drug
        outcome.injecting_last_28d = _NO_OR_YES[client.injects and used and rng.random() < 0.6]
        outcome.labour_at_event = client.answers.labour
        if rng.random() < 0.15:
            outcome.labour_at_event = codes.LABOUR_REGULARLY_EMPLOYED
        outcome.housing_at_event = client.answers.housing
        if rng.random() < 0.2:
            outcome.housing_at_event = codes.HOUSING_STABLE
        if client.opioid:
            leaves = happening.kind == DISCHARGE and rng.random() < 0.5
            outcome.on_oat_at_event = _NO_OR_YES[happening.episode.on_oat and not leaves]
            if happening.kind != FOLLOW_UP and rng.random() < 0.2:
                outcome.naloxone_given = codes.YES_NO_YES
        if client.answers.HasField("baseline_top"):
            self._set_measures(outcome, person, frequency)

    def _frequency(self, happening: Happening) -> codes.Frequency.ValueType:
        if happening.kind == DISCHARGE and happening.episode.reason == _ABSTINENT:
            return _NOT_USED
        if self._rng.random() < 0.08:
            return codes.FREQUENCY_UNKNOWN
        return self._shared.frequency_at_discharge.draw(self._rng)

    def _set_measures(self, outcome: Outcome, person: Person, frequency: int) -> None:
        client, rng, before = person.client, self._rng, person.client.answers.baseline_top
        days = days_of_use(rng, frequency)
        if days is None:
            return
        setattr(outcome.top, top_field(client.drug, client.group), days)
        outcome.top.days_alcohol = rng.randint(0, before.days_alcohol)
        outcome.top.days_injected = days if outcome.injecting_last_28d == codes.YES_NO_YES else 0
        for score in ("psychological_health", "physical_health", "quality_of_life"):
            setattr(outcome.top, score, min(20, getattr(before, score) + rng.randint(-1, 6)))

    def _set_discharge(self, outcome: Outcome, happening: Happening) -> None:
        episode, rng = happening.episode, self._rng
        outcome.discharge_reason = episode.reason
        outcome.planned = episode.reason in PLANNED
        outcome.setting_at_discharge = episode.setting
        decided = min(happening.day + int(rng.expovariate(1 / 9)), self._stamp.span.last)
        outcome.discharge_decision_date = iso(min(decided, happening.day + 90))
        if episode.reason in TRANSFERRED:
            receiving = episode.receiving
            outcome.receiving_facility_id = receiving.facility_id if receiving else UNKNOWN_FACILITY

    def _set_follow_up(self, outcome: Outcome, person: Person, happening: Happening) -> None:
        outcome.follow_up_wave = happening.wave
        outcome.follow_up_status = happening.status
        outcome.back_in_treatment = codes.YES_NO_NO
        if happening.status != INTERVIEWED:
            return
        outcome.follow_up_mode = codes.FOLLOW_UP_MODE_PHONE
        if self._rng.random() < 0.6:
            outcome.follow_up_mode = codes.FOLLOW_UP_MODE_FACE_TO_FACE
        self._set_state(outcome, person, happening)
        outcome.rearrested_since_discharge = _NO_OR_YES[self._rng.random() < 0.08]
        outcome.overdoses_since_last_contact = 1 if self._rng.random() < 0.03 else 0
        outcome.barc10.items.extend(self._rng.choices((3, 4, 5, 6), (1, 3, 4, 2), k=10))
        outcome.barc10.total = sum(outcome.barc10.items)

    def _set_overdose(self, outcome: Outcome, person: Person) -> None:
        outcome.overdose_fatal = False
        outcome.overdose_substances.append(person.client.drug)
        outcome.overdose_naloxone_used = _NO_OR_YES[self._rng.random() < 0.5]

    def _mistaken(self, person: Person, happening: Happening, number: int) -> Iterator[Dispatch]:
        mistake = self.record(person, happening, number, suffix="x")
        yield Dispatch("outcome", mistake, Role.MISTAKE)
        back = OutcomeRecord()
        back.retraction.facility_id = mistake.record.facility_id
        back.retraction.outcome_id = mistake.record.outcome_id
        self._stamp.retract(back, mistake.record.outcome_id, 2, happening.day)
        yield Dispatch("outcome", back, Role.RETRACTION)

    def _invalid(self, person: Person, happening: Happening, number: int) -> Dispatch:
        """A record that no service may accept: more days of use than four weeks have (R081)."""
        broken = self.record(person, happening, number, suffix="v")
        broken.record.top.days_other = 29
        return Dispatch("outcome", broken, Role.INVALID)


def _set_not_known(outcome: Outcome, opioid: bool) -> None:
    outcome.frequency_at_event = codes.FREQUENCY_UNKNOWN
    outcome.any_use_of_primary_last_28d = codes.YES_NO_UNKNOWN
    outcome.injecting_last_28d = codes.YES_NO_UNKNOWN
    outcome.labour_at_event = codes.LABOUR_UNKNOWN
    outcome.housing_at_event = codes.HOUSING_UNKNOWN
    if opioid:
        outcome.on_oat_at_event = codes.YES_NO_UNKNOWN
