"""What is said around treatment: how many people need it, and who is trained to give it."""

from dataclasses import dataclass
from datetime import date

from treatment.estimates.v1 import reference_estimate_pb2
from treatment.trainings.v1 import training_event_pb2, training_participant_pb2


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many people there are of a kind in a year; what is absent divides nothing."""

    kind: int
    year: int
    admin1_code: str
    sex: int
    age_lo: int | None
    age_hi: int | None
    substance_group: int
    value: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class TrainingEvent:
    event_id: str
    kind: int
    end_date: date
    country_held: str
    action_plan: int


@dataclass(frozen=True, slots=True)
class TrainingParticipant:
    """One person at one event; scores in hundredths of a point."""

    person: str
    event_id: str
    sex: int
    sector: int
    institution_id: str
    country: str
    completed: bool
    score_before: int | None
    score_after: int | None
    follow_up_status: int
    perception_changed: int


def estimate(record: reference_estimate_pb2.ReferenceEstimate) -> Estimate:
    return Estimate(
        kind=int(record.estimate_kind),
        year=record.year,
        admin1_code=record.admin1_code,
        sex=int(record.sex),
        age_lo=record.age_lo if record.HasField("age_lo") else None,
        age_hi=record.age_hi if record.HasField("age_hi") else None,
        substance_group=int(record.substance_group),
        value=record.value,
        lower=record.lower95 if record.HasField("lower95") else None,
        upper=record.upper95 if record.HasField("upper95") else None,
    )


def training_event(record: training_event_pb2.TrainingEvent) -> TrainingEvent:
    return TrainingEvent(
        event_id=record.event_id,
        kind=int(record.kind),
        end_date=date.fromisoformat(record.end_date),
        country_held=record.country_held,
        action_plan=int(record.action_plan_developed),
    )


def training_participant(
    record: training_participant_pb2.TrainingParticipant,
) -> TrainingParticipant:
    before, after = record.pre_test_score, record.post_test_score
    return TrainingParticipant(
        person=record.participant_pseudonym,
        event_id=record.event_id,
        sex=int(record.sex),
        sector=int(record.sector),
        institution_id=record.institution_id,
        country=record.country_iso3_participant,
        completed=record.completed,
        score_before=round(100 * before) if record.HasField("pre_test_score") else None,
        score_after=round(100 * after) if record.HasField("post_test_score") else None,
        follow_up_status=int(record.follow_up_3m_status),
        perception_changed=int(record.perception_changed),
    )
