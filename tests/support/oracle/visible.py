"""The records as everybody can see them: one live content per record, whatever arrived when.

The oracle reads a record message once, here, and keeps only the fields that some indicator needs.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeAlias

from treatment.admissions.v1 import admission_pb2
from treatment.common.v1 import envelope_pb2
from treatment.estimates.v1 import reference_estimate_pb2
from treatment.facilities.v1 import facility_capacity_pb2, facility_pb2, qa_assessment_pb2
from treatment.outcomes.v1 import outcome_pb2
from treatment.trainings.v1 import training_event_pb2, training_participant_pb2

from . import surroundings
from .scales import Measures, measures_of
from .surroundings import Estimate, TrainingEvent, TrainingParticipant

RecordMessage: TypeAlias = (
    facility_pb2.FacilityRecord
    | facility_capacity_pb2.FacilityCapacityRecord
    | qa_assessment_pb2.QaAssessmentRecord
    | admission_pb2.AdmissionRecord
    | outcome_pb2.OutcomeRecord
    | training_event_pb2.TrainingEventRecord
    | training_participant_pb2.TrainingParticipantRecord
    | reference_estimate_pb2.ReferenceEstimateRecord
)

# L02 asks of these fields whether they were answered.
QUALITY_FIELDS = (
    "education",
    "labour",
    "living_with",
    "living_with_children",
    "housing",
    "referral",
    "voluntariness",
    "treatment_status",
    "primary_substance",
    "primary_route",
    "primary_frequency",
    "injecting",
    "hiv_test",
    "hcv_test",
    "comorbidity",
    "sex",
    "setting",
    "oat_status",
    "pregnancy",
)


@dataclass(frozen=True, slots=True)
class Facility:
    facility_id: str
    valid_from: date
    valid_to: date | None
    status: int
    admin1_code: str
    ownership: int
    settings: tuple[int, ...]
    tdi_centre_type: int
    interventions: tuple[int, ...]
    women_specific: int
    youth: int
    hiv_services: int
    reports: int


@dataclass(frozen=True, slots=True)
class Capacity:
    facility_id: str
    as_of_date: date
    beds_total: int | None
    beds_occupied: int | None
    outpatient_slots: int | None


@dataclass(frozen=True, slots=True)
class Assessment:
    facility_id: str
    assessment_date: date
    assessor_kind: int
    ratings: tuple[tuple[str, int], ...]
    """(standard_id, rating) of each criterion."""


@dataclass(frozen=True, slots=True)
class Admission:
    episode_id: str
    facility_id: str
    person: str
    linkage_level: int
    admission_kind: int
    request_date: date | None
    admission_date: date
    precision: int
    setting: int
    teds_service: int
    interventions: tuple[int, ...]
    client_type: int
    birth_year: int
    birth_month: int | None
    age: int
    sex: int
    referral: int
    housing: int
    ati_stage: int
    ati_measure: int
    voluntariness: int
    treatment_status: int
    substance: int
    route: int
    frequency: int
    age_first_use: int | None
    others: tuple[int, ...]
    injecting: int
    hiv_test: int
    hiv_result: int
    on_art: int
    hcv_test: int
    comorbidity: int
    pregnancy: int
    take_home_naloxone: int
    in_recovery_cohort: bool
    baseline: Measures
    answers: tuple[tuple[str, int], ...]
    """(field, code) for every field of QUALITY_FIELDS."""


@dataclass(frozen=True, slots=True)
class Outcome:
    kind: int
    episode_id: str
    facility_id: str
    person: str
    event_date: date
    precision: int
    reason: int
    setting_at_discharge: int
    interventions: tuple[int, ...]
    on_oat: int
    naloxone_given: int
    any_use: int
    injecting: int
    labour: int
    housing: int
    wave: int
    status: int
    overdoses: int | None
    """Since the last contact."""
    death_cause: int
    measures: Measures


Content: TypeAlias = (
    Facility
    | Capacity
    | Assessment
    | Admission
    | Outcome
    | TrainingEvent
    | TrainingParticipant
    | Estimate
)


@dataclass(frozen=True, slots=True)
class Version:
    """One revision of one record as it was received; content None is a retraction."""

    country: str
    record_uid: str
    revision: int
    content_hash: bytes
    received_at: datetime
    content: Content | None


@dataclass(frozen=True, slots=True)
class Live:
    """What a record says now, and the day (UTC) on which anything was first heard of it."""

    record_uid: str
    first_received: date
    content: Content


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _facility(record: facility_pb2.Facility) -> Facility:
    return Facility(
        facility_id=record.facility_id,
        valid_from=_day(record.valid_from),
        valid_to=_day(record.valid_to) if record.HasField("valid_to") else None,
        status=int(record.status),
        admin1_code=record.admin1_code,
        ownership=int(record.ownership),
        settings=tuple(int(setting) for setting in record.settings),
        tdi_centre_type=int(record.tdi_centre_type),
        interventions=tuple(int(each) for each in record.interventions),
        women_specific=int(record.women_specific_programme),
        youth=int(record.youth_programme),
        hiv_services=int(record.hiv_services_onsite),
        reports=int(record.reports_to_system),
    )


def _capacity(record: facility_capacity_pb2.FacilityCapacity) -> Capacity:
    return Capacity(
        facility_id=record.facility_id,
        as_of_date=_day(record.as_of_date),
        beds_total=record.beds_total if record.HasField("beds_total") else None,
        beds_occupied=record.beds_occupied if record.HasField("beds_occupied") else None,
        outpatient_slots=record.outpatient_slots if record.HasField("outpatient_slots") else None,
    )


def _assessment(record: qa_assessment_pb2.QaAssessment) -> Assessment:
    return Assessment(
        facility_id=record.facility_id,
        assessment_date=_day(record.assessment_date),
        assessor_kind=int(record.assessor_kind),
        ratings=tuple((each.standard_id, int(each.rating)) for each in record.criteria),
    )


def _admission(record: admission_pb2.Admission) -> Admission:
    return Admission(
        episode_id=record.episode_id,
        facility_id=record.facility_id,
        person=record.client_pseudonym,
        linkage_level=int(record.linkage_level),
        admission_kind=int(record.admission_kind),
        request_date=_day(record.request_date) if record.HasField("request_date") else None,
        admission_date=_day(record.admission_date),
        precision=int(record.admission_date_precision),
        setting=int(record.setting),
        teds_service=int(record.teds_service),
        interventions=tuple(int(each) for each in record.interventions_planned),
        client_type=int(record.client_type),
        birth_year=record.birth_year,
        birth_month=record.birth_month if record.HasField("birth_month") else None,
        age=record.age_at_admission,
        sex=int(record.sex),
        referral=int(record.referral),
        housing=int(record.housing),
        ati_stage=int(record.ati_stage),
        ati_measure=int(record.ati_measure),
        voluntariness=int(record.voluntariness),
        treatment_status=int(record.treatment_status),
        substance=int(record.primary_substance),
        route=int(record.primary_route),
        frequency=int(record.primary_frequency),
        age_first_use=(
            record.primary_age_first_use if record.HasField("primary_age_first_use") else None
        ),
        others=tuple(int(each.substance) for each in record.other_substances),
        injecting=int(record.injecting),
        hiv_test=int(record.hiv_test),
        hiv_result=int(record.hiv_result),
        on_art=int(record.on_art),
        hcv_test=int(record.hcv_test),
        comorbidity=int(record.comorbidity),
        pregnancy=int(record.pregnancy),
        take_home_naloxone=int(record.take_home_naloxone),
        in_recovery_cohort=record.recovery_cohort,
        baseline=measures_of(record.baseline_top, record.baseline_barc10, record.baseline_whoqol),
        answers=tuple((field, int(getattr(record, field))) for field in QUALITY_FIELDS),
    )


def _outcome(record: outcome_pb2.Outcome) -> Outcome:
    return Outcome(
        kind=int(record.kind),
        episode_id=record.episode_id,
        facility_id=record.facility_id,
        person=record.client_pseudonym,
        event_date=_day(record.event_date),
        precision=int(record.event_date_precision),
        reason=int(record.discharge_reason),
        setting_at_discharge=int(record.setting_at_discharge),
        interventions=tuple(int(each) for each in record.interventions_received),
        on_oat=int(record.on_oat_at_event),
        naloxone_given=int(record.naloxone_given),
        any_use=int(record.any_use_of_primary_last_28d),
        injecting=int(record.injecting_last_28d),
        labour=int(record.labour_at_event),
        housing=int(record.housing_at_event),
        wave=int(record.follow_up_wave),
        status=int(record.follow_up_status),
        overdoses=(
            record.overdoses_since_last_contact
            if record.HasField("overdoses_since_last_contact")
            else None
        ),
        death_cause=int(record.death_cause),
        measures=measures_of(record.top, record.barc10, record.whoqol),
    )


def _content(message: RecordMessage) -> Content | None:
    if message.WhichOneof("content") == "retraction":
        return None
    match message:
        case facility_pb2.FacilityRecord():
            return _facility(message.record)
        case facility_capacity_pb2.FacilityCapacityRecord():
            return _capacity(message.record)
        case qa_assessment_pb2.QaAssessmentRecord():
            return _assessment(message.record)
        case admission_pb2.AdmissionRecord():
            return _admission(message.record)
        case outcome_pb2.OutcomeRecord():
            return _outcome(message.record)
        case training_event_pb2.TrainingEventRecord():
            return surroundings.training_event(message.record)
        case training_participant_pb2.TrainingParticipantRecord():
            return surroundings.training_participant(message.record)
        case reference_estimate_pb2.ReferenceEstimateRecord():
            return surroundings.estimate(message.record)


def version_of(message: RecordMessage) -> Version:
    """The version a message carries; its envelope must hold country, uid, revision, received_at."""
    envelope: envelope_pb2.Envelope = message.envelope
    said = message.retraction if message.WhichOneof("content") == "retraction" else message.record
    return Version(
        country=envelope.country_iso3,
        record_uid=envelope.record_uid,
        revision=envelope.record_version,
        content_hash=hashlib.sha256(said.SerializeToString(deterministic=True)).digest(),
        received_at=envelope.received_at.ToDatetime(tzinfo=UTC),
        content=_content(message),
    )


def live_records(versions: Iterable[Version], country: str) -> list[Live]:
    """One entry per record of the country that is not retracted, in order of record_uid.

    The highest revision wins; of equal revisions the larger content hash (a conflict must come
    out the same on every replay).
    """
    heard: dict[str, list[Version]] = {}
    for version in versions:
        if version.country == country:
            heard.setdefault(version.record_uid, []).append(version)
    current: Mapping[str, Version] = {
        uid: max(told, key=lambda each: (each.revision, each.content_hash))
        for uid, told in heard.items()
    }
    return [
        Live(uid, min(each.received_at for each in heard[uid]).date(), content)
        for uid in sorted(current)
        if (content := current[uid].content) is not None
    ]
