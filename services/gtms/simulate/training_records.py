"""Trainings of a country: events, who took part, and what they said three months later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from gtms.simulate.days import Span, iso
from gtms.simulate.profiles import common, countries
from gtms.simulate.stamps import Dispatch, Role, Stamp
from treatment.common.v1 import codes_pb2 as codes
from treatment.trainings.v1.training_event_pb2 import TrainingEvent, TrainingEventRecord
from treatment.trainings.v1.training_participant_pb2 import (
    TrainingParticipant,
    TrainingParticipantRecord,
)

YES, NO = codes.YES_NO_YES, codes.YES_NO_NO
POLICYMAKERS = codes.TRAINING_KIND_POLICYMAKERS
INTERVIEWED = (
    codes.FOLLOW_UP_STATUS_INTERVIEWED_FULL,
    codes.FOLLOW_UP_STATUS_INTERVIEWED_PARTIAL,
)
_MODES = (
    *[codes.TRAINING_MODE_IN_PERSON] * 7,
    *[codes.TRAINING_MODE_ONLINE] * 2,
    codes.TRAINING_MODE_BLENDED,
)
_POLICYMAKERS_DAYS, _DAYS = (3, 5), (1, 10)
_FOLLOW_UP_DAYS = (85, 110)  # after the end of the event
_SCORE_SPREAD, _GAIN_SPREAD = 14.0, 9.0
_PEOPLE_REACHED = 25


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part, perhaps in several events."""

    pseudonym: str
    sex: codes.Sex.ValueType
    age: codes.ParticipantAgeBand.ValueType
    sector: codes.Sector.ValueType
    institution: str
    country: str


@dataclass(frozen=True, slots=True)
class Part:
    """One person at one event."""

    number: int
    participant: Participant
    record: TrainingParticipant


@dataclass(frozen=True, slots=True)
class Event:
    """One event. Days are ordinals; `asked` is the day of the follow-up, None if there is none."""

    end: int
    asked: int | None
    record: TrainingEvent
    parts: tuple[Part, ...]


class TrainingWriter:
    """Draws the trainings of one country and writes them."""

    def __init__(self, rng: Random, stamp: Stamp, span: Span, tag: str) -> None:
        self._rng = rng
        self._stamp = stamp
        self._span = span
        self._prefix = f"{stamp.country}-{tag}"
        self._neighbours = _neighbours(stamp.country)
        self._known: list[Participant] = []
        figures = common()
        self._figures = figures.trainings
        self._sectors = [
            figures.sector.draw(rng) for _ in range(self._figures.institutions)
        ]  # of each institution

    def events(self) -> Iterator[Event]:
        """All events of the span, in the order of their last days."""
        count = max(1, round(self._figures.per_year * len(self._span) / 365.25))
        days = sorted(self._rng.randint(self._span.first, self._span.last) for _ in range(count))
        for number, end in enumerate(days, start=1):
            yield self._event(number, end)

    def held(self, event: Event) -> Iterator[Dispatch]:
        """The event and its participants, as they are reported when it is over."""
        yield self._say_event(event, 1)
        for part in event.parts:
            yield self._say_part(event, part, 1)

    def asked(self, event: Event) -> Iterator[Dispatch]:
        """What the follow-up brought: new revisions of the event and its participants."""
        if event.asked is None:
            return
        record = event.record
        record.follow_up_done_3m = YES
        if record.HasField("action_plan_items_total"):
            done = self._rng.uniform(0.3, 1.0)
            record.action_plan_items_done_3m = round(done * record.action_plan_items_total)
        yield self._say_event(event, 2)
        for part in event.parts:
            self._follow_up(part.record, event.asked)
            yield self._say_part(event, part, 2)

    def _say_event(self, event: Event, revision: int) -> Dispatch:
        made = TrainingEventRecord(record=event.record)
        day = event.end if revision == 1 else event.asked or event.end
        self._stamp.upsert(made, event.record.event_id, revision, day)
        return Dispatch("training_event", made, _ROLES[revision])

    def _say_part(self, event: Event, part: Part, revision: int) -> Dispatch:
        made = TrainingParticipantRecord(record=part.record)
        day = event.end if revision == 1 else event.asked or event.end
        self._stamp.upsert(made, f"{event.record.event_id}/{part.number}", revision, day)
        return Dispatch("training_participant", made, _ROLES[revision])

    def _event(self, number: int, end: int) -> Event:
        rng = self._rng
        kind = common().training_kind.draw(rng)
        length = rng.randint(*(_POLICYMAKERS_DAYS if kind == POLICYMAKERS else _DAYS))
        record = TrainingEvent(
            event_id=f"{self._prefix}-t{number:03d}",
            kind=kind,
            start_date=iso(end - length + 1),
            end_date=iso(end),
            country_held=self._stamp.country,
            mode=rng.choice(_MODES),
            curriculum_code=f"SIMULATED-{kind}",
        )
        if kind == POLICYMAKERS:
            record.preparatory_assessment_done = YES if rng.random() < 0.8 else NO
            record.action_plan_developed = YES if rng.random() < 0.85 else NO
        if record.action_plan_developed == YES:
            record.action_plan_items_total = rng.randint(4, 12)
        parts = tuple(self._parts(record))
        record.participants_invited = len(parts) + rng.randint(0, 8)
        day = end + rng.randint(*_FOLLOW_UP_DAYS)
        is_asked = day <= self._span.last and rng.random() < self._figures.followed_up
        return Event(end, day if is_asked else None, record, parts)

    def _parts(self, event: TrainingEvent) -> Iterator[Part]:
        count = self._rng.randint(self._figures.fewest, self._figures.most)
        for number, participant in enumerate(self._participants(count), start=1):
            yield Part(number, participant, self._part(event, participant))

    def _participants(self, count: int) -> Iterable[Participant]:
        """So many different people; some took part before."""
        rng = self._rng
        before = [one for one in self._known if rng.random() < 0.5]
        rng.shuffle(before)
        again = before[: sum(rng.random() < self._figures.known for _ in range(count))]
        new = [self._participant() for _ in range(count - len(again))]
        self._known = [*new, *self._known][:500]
        return [*again, *new]

    def _participant(self) -> Participant:
        rng, figures = self._rng, common()
        institution = rng.randrange(self._figures.institutions)
        abroad = self._neighbours and rng.random() < self._figures.abroad
        return Participant(
            pseudonym=f"{rng.getrandbits(128):032x}",
            sex=codes.SEX_FEMALE if rng.random() < self._figures.women else codes.SEX_MALE,
            age=figures.participant_age.draw(rng),
            sector=self._sectors[institution],
            institution=f"{self._prefix}-i{institution:02d}",
            country=rng.choice(self._neighbours) if abroad else self._stamp.country,
        )

    def _part(self, event: TrainingEvent, participant: Participant) -> TrainingParticipant:
        rng, figures = self._rng, self._figures
        record = TrainingParticipant(
            participant_pseudonym=participant.pseudonym,
            event_id=event.event_id,
            sex=participant.sex,
            age_band=participant.age,
            sector=participant.sector,
            institution_id=participant.institution,
            country_iso3_participant=participant.country,
            completed=rng.random() < figures.completed,
        )
        if rng.random() < figures.tested:
            before = _score(rng.gauss(figures.score_before, _SCORE_SPREAD))
            record.pre_test_score = before
            record.test_form_id = f"{event.curriculum_code}-A"
            if record.completed:
                record.post_test_score = _score(
                    before + rng.gauss(figures.score_gained, _GAIN_SPREAD)
                )
        return record

    def _follow_up(self, record: TrainingParticipant, day: int) -> None:
        rng, figures = self._rng, self._figures
        record.follow_up_3m_status = status = common().training_follow_up.draw(rng)
        if status in INTERVIEWED:
            record.follow_up_date = iso(day)
            record.perception_changed = YES if rng.random() < figures.perception_changed else NO
            record.applied_in_work = YES if rng.random() < figures.applied_in_work else NO
            record.people_reached_since = int(rng.expovariate(1 / _PEOPLE_REACHED))


_ROLES = {1: Role.NEW, 2: Role.CORRECTION}


def _score(value: float) -> float:
    return round(min(100.0, max(0.0, value)), 1)


def _neighbours(country: str) -> tuple[str, ...]:
    regions = countries()
    return tuple(one for one in regions if regions[one] == regions[country] and one != country)
