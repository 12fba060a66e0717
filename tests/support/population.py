"""Complete, valid records to vary: each builder's arguments are what a test is about.

A builder returns the message a national system would send: its envelope holds what the sender
fills in. `received` adds what a server fills in.
"""

import hashlib
import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import TypeVar

from google.protobuf.message import Message as ProtobufMessage

from tests.support.oracle import RecordMessage
from tests.support.scored import scored
from treatment.admissions.v1 import admission_pb2
from treatment.common.v1 import codes_pb2, envelope_pb2
from treatment.estimates.v1 import reference_estimate_pb2
from treatment.facilities.v1 import facility_capacity_pb2, facility_pb2, qa_assessment_pb2
from treatment.outcomes.v1 import outcome_pb2
from treatment.profiles.v1 import profile_pb2
from treatment.trainings.v1 import training_event_pb2, training_participant_pb2

Message = TypeVar(
    "Message",
    facility_pb2.FacilityRecord,
    facility_capacity_pb2.FacilityCapacityRecord,
    qa_assessment_pb2.QaAssessmentRecord,
    admission_pb2.AdmissionRecord,
    outcome_pb2.OutcomeRecord,
    profile_pb2.CountryProfileRecord,
    training_event_pb2.TrainingEventRecord,
    training_participant_pb2.TrainingParticipantRecord,
    reference_estimate_pb2.ReferenceEstimateRecord,
)

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:gtms:record")
COUNTRY = "KEN"
SUBMITTED = datetime(2026, 9, 30, 7, 59, tzinfo=UTC)
RECEIVED = datetime(2026, 9, 30, 8, 0, tzinfo=UTC)

FAMILIES = {
    facility_pb2.FacilityRecord: (1, "FACILITY", ("facility_id", "valid_from")),
    facility_capacity_pb2.FacilityCapacityRecord: (2, "CAPACITY", ("facility_id", "as_of_date")),
    qa_assessment_pb2.QaAssessmentRecord: (3, "QA", ("assessment_id",)),
    admission_pb2.AdmissionRecord: (4, "ADMISSION", ("facility_id", "episode_id")),
    outcome_pb2.OutcomeRecord: (5, "OUTCOME", ("facility_id", "outcome_id")),
    profile_pb2.CountryProfileRecord: (9, "COUNTRY_PROFILE", ("profile_id",)),
    training_event_pb2.TrainingEventRecord: (6, "TRAINING_EVENT", ("event_id",)),
    training_participant_pb2.TrainingParticipantRecord: (
        7,
        "TRAINING_PARTICIPANT",
        ("event_id", "participant_pseudonym"),
    ),
    reference_estimate_pb2.ReferenceEstimateRecord: (
        8,
        "ESTIMATE",
        ("estimate_kind", "year", "admin1_code", "sex", "age_lo", "age_hi", "substance_group"),
    ),
}

YES, NO, NOT_APPLICABLE = 1, 2, 98
PLANNED_EXITS = frozenset({11, 12, 13, 14, 15, 21, 22})
TRANSFERS = frozenset({21, 22})
OPIOIDS = frozenset(range(10, 20))
MALE = 1
OTHER_PERSONS_USE = 2
PRISON = 7
CENTRE_TYPE_OF_SETTING = {
    1: 5, 2: 4, 3: 1, 4: 2, 5: 2, 6: 6, 7: 3, 8: 1, 9: 5, 88: 6, 99: 99,
}  # fmt: skip


def pseudonym(name: str) -> str:
    """32 hexadecimal characters that stand for the person called so in a test."""
    return hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()


def record_uid(country: str, message: RecordMessage) -> str:
    """What every party derives from the natural key alone."""
    _, label, key = FAMILIES[type(message)]
    said = content(message)
    parts = (str(getattr(said, name)) if said_of(said, name) else "" for name in key)
    return str(uuid.uuid5(NAMESPACE, "|".join([country, label, *parts])))


def said_of(said: ProtobufMessage, name: str) -> bool:
    """Whether the field is there; of a number that cannot be absent, whether it is not 0."""
    field = said.DESCRIPTOR.fields_by_name[name]
    return said.HasField(name) if field.has_presence else bool(getattr(said, name))


def content(message: RecordMessage) -> ProtobufMessage:
    """The record or the key that is retracted."""
    said: ProtobufMessage = getattr(message, message.WhichOneof("content") or "record")
    return said


def payload_sha256(message: RecordMessage) -> bytes:
    """Content hash: of the record or retraction alone, as it is stored, without the envelope."""
    return hashlib.sha256(scored(content(message)).SerializeToString(deterministic=True)).digest()


def revised(message: Message, revision: int) -> Message:
    """The same content as another revision."""
    copy = type(message)()
    copy.CopyFrom(message)
    copy.envelope.record_version = revision
    return copy


def retraction(message: Message, revision: int) -> Message:
    """The revision that takes the record back."""
    _, _, key = FAMILIES[type(message)]
    taken_back = type(message)(envelope=_envelope(revision))
    taken_back.envelope.operation = codes_pb2.RECORD_OP_RETRACT
    for name in key:
        if said_of(content(message), name):
            setattr(taken_back.retraction, name, getattr(content(message), name))
    return taken_back


def received(message: Message, country: str = COUNTRY, at: datetime = RECEIVED) -> Message:
    """The message as the server passes it on: identity, hour, content hash, and scales scored."""
    copy = type(message)()
    copy.CopyFrom(message)
    said = content(copy)
    said.CopyFrom(scored(said))
    copy.envelope.record_uid = record_uid(country, message)
    copy.envelope.family = FAMILIES[type(message)][0]
    copy.envelope.country_iso3 = country
    copy.envelope.received_at.FromDatetime(at)
    copy.envelope.payload_sha256 = payload_sha256(message)
    return copy


def unreceived(message: Message) -> Message:
    """The message as a national system sends it, without what the server fills in."""
    copy = type(message)()
    copy.CopyFrom(message)
    for name in ("record_uid", "family", "country_iso3", "received_at", "payload_sha256"):
        copy.envelope.ClearField(name)
    copy.envelope.submitted_at.FromDatetime(SUBMITTED)
    return copy


def _envelope(revision: int) -> envelope_pb2.Envelope:
    envelope = envelope_pb2.Envelope(
        record_version=revision,
        operation=codes_pb2.RECORD_OP_UPSERT,
        source_system_id="dev",
        schema_version="1.0.0",
        idempotency_key=str(revision),
    )
    envelope.submitted_at.FromDatetime(SUBMITTED)
    return envelope


def facility(
    facility_id: str = "F1",
    valid_from: str = "2020-01-01",
    valid_to: str | None = None,
    *,
    status: int = 1,
    admin1: str = "KE-30",
    ownership: int = 3,
    settings: Sequence[int] = (3,),
    revision: int = 1,
) -> facility_pb2.FacilityRecord:
    record = facility_pb2.Facility(
        facility_id=facility_id,
        valid_from=valid_from,
        valid_to=valid_to,
        status=status,
        admin1_code=admin1,
        ownership=ownership,
        settings=settings,
        tdi_centre_type=CENTRE_TYPE_OF_SETTING[settings[0]],
        interventions=[3, 8, 15],
        licensed=YES,
        accepts_women=YES,
        women_specific_programme=NO,
        youth_programme=NO,
        cj_programme=NO,
        hiv_services_onsite=YES,
        hcv_services_onsite=YES,
        naloxone_available=YES,
        reports_to_system=YES,
    )
    return facility_pb2.FacilityRecord(envelope=_envelope(revision), record=record)


def capacity(
    facility_id: str = "F1",
    as_of_date: str = "2025-06-30",
    beds_total: int | None = None,
    beds_occupied: int | None = None,
    *,
    revision: int = 1,
) -> facility_capacity_pb2.FacilityCapacityRecord:
    record = facility_capacity_pb2.FacilityCapacity(
        facility_id=facility_id,
        as_of_date=as_of_date,
        beds_total=beds_total,
        beds_occupied=beds_occupied,
        clients_on_census_day=40,
        clients_on_oat=10,
        staff_fte_total=6.5,
    )
    return facility_capacity_pb2.FacilityCapacityRecord(envelope=_envelope(revision), record=record)


def assessment(
    assessment_id: str = "Q1",
    facility_id: str = "F1",
    assessment_date: str = "2025-03-10",
    ratings: Sequence[tuple[str, int]] = (("S1", 3), ("S1", 2), ("S2", 1)),
    *,
    revision: int = 1,
) -> qa_assessment_pb2.QaAssessmentRecord:
    record = qa_assessment_pb2.QaAssessment(
        assessment_id=assessment_id,
        facility_id=facility_id,
        assessment_date=assessment_date,
        tool_code="UNODC-KQS",
        tool_version="1.0",
        assessor_kind=3,
        criteria=[
            qa_assessment_pb2.QaCriterion(
                standard_id=standard, criterion_id=f"{standard}.{number}", rating=rating
            )
            for number, (standard, rating) in enumerate(ratings, start=1)
        ],
        improvement_plan=YES,
    )
    return qa_assessment_pb2.QaAssessmentRecord(envelope=_envelope(revision), record=record)


def admission(
    person: str,
    start: str,
    *,
    episode_id: str | None = None,
    facility_id: str = "F1",
    precision: int = 1,
    setting: int = 3,
    service: int = 0,
    interventions: Sequence[int] = (8,),
    client_type: int = 1,
    birth_year: int = 1990,
    birth_month: int | None = 1,
    sex: int = MALE,
    referral: int = 11,
    status: int = 2,
    substance: int = 11,
    kind: int = 1,
    linkage: int = 1,
    request_date: str | None = None,
    education: int = 3,
    revision: int = 1,
) -> admission_pb2.AdmissionRecord:
    """One admission; `age_at_admission` is the age in completed years."""
    day = date.fromisoformat(start)
    record = admission_pb2.Admission(
        episode_id=episode_id or f"{person}-{start}",
        facility_id=facility_id,
        client_pseudonym=pseudonym(person),
        linkage_level=linkage,
        linkage_algo="slk-581-v1",
        admission_kind=kind,
        preceding_episode_id="earlier" if kind == 2 else None,
        request_date=request_date,
        admission_date=start,
        admission_date_precision=precision,
        setting=setting,
        tdi_centre_type=CENTRE_TYPE_OF_SETTING[setting],
        teds_service=service,
        interventions_planned=interventions,
        client_type=client_type,
        birth_year=birth_year,
        birth_month=birth_month,
        age_at_admission=day.year - birth_year - (day.month < (birth_month or 7)),
        sex=sex,
        education=education,
        labour=4,
        living_with=5 if setting == PRISON else 1,
        living_with_children=1,
        housing=3 if setting == PRISON else 1,
        referral=referral,
        voluntariness=1,
        treatment_status=status,
        pregnancy=NOT_APPLICABLE if sex == MALE else 2,
    )
    if 71 <= referral <= 79:
        record.ati_stage, record.ati_measure = 5, 5
    if client_type != OTHER_PERSONS_USE:
        _say_own_use(record, substance)
    return admission_pb2.AdmissionRecord(envelope=_envelope(revision), record=record)


def _say_own_use(record: admission_pb2.Admission, substance: int) -> None:
    record.primary_substance = substance
    record.primary_route = 3
    record.primary_frequency = 1
    record.primary_age_first_use = min(15, record.age_at_admission)
    record.polydrug_problem = NO
    record.injecting = 1
    record.hiv_test = 1
    record.hcv_test = 1
    record.comorbidity = 2
    if substance in OPIOIDS:
        record.oat_status = 1


def outcome(
    of: admission_pb2.AdmissionRecord,
    kind: int,
    day: str,
    *,
    outcome_id: str | None = None,
    person: str | None = None,
    precision: int = 1,
    reason: int = 0,
    setting: int = 0,
    interventions: Sequence[int] = (8,),
    on_oat: int = NO,
    revision: int = 1,
) -> outcome_pb2.OutcomeRecord:
    """One outcome of an admission: review (1), discharge (2), follow-up, overdose or death (5)."""
    episode = of.record
    record = outcome_pb2.Outcome(
        outcome_id=outcome_id or f"{episode.episode_id}-{kind}-{day}",
        kind=kind,
        episode_id=episode.episode_id,
        facility_id=episode.facility_id,
        client_pseudonym=pseudonym(person) if person else episode.client_pseudonym,
        event_date=day,
        event_date_precision=precision,
    )
    if kind in (1, 2, 3):
        _say_how_it_goes(record, on_oat)
    if kind in (1, 2):
        record.interventions_received.extend(interventions)
    if kind == 2:
        record.discharge_reason = reason
        record.planned = reason in PLANNED_EXITS
        record.setting_at_discharge = setting
        if reason in TRANSFERS:
            record.receiving_facility_id = "F2"
    if kind == 3:
        record.follow_up_wave, record.follow_up_status, record.follow_up_mode = 3, 1, 1
        record.back_in_treatment = NO
    if kind == 4:
        record.overdose_fatal = False
    if kind == 5:
        record.death_cause = 1
    return outcome_pb2.OutcomeRecord(envelope=_envelope(revision), record=record)


def _say_how_it_goes(record: outcome_pb2.Outcome, on_oat: int) -> None:
    record.frequency_at_event = 4
    record.any_use_of_primary_last_28d = YES
    record.injecting_last_28d = NO
    record.labour_at_event = 4
    record.housing_at_event = 1
    record.on_oat_at_event = on_oat


def review(of: admission_pb2.AdmissionRecord, day: str) -> outcome_pb2.OutcomeRecord:
    return outcome(of, 1, day)


def discharge(
    of: admission_pb2.AdmissionRecord, day: str, reason: int
) -> outcome_pb2.OutcomeRecord:
    return outcome(of, 2, day, reason=reason)


def training_event(
    event_id: str = "T1",
    start_date: str = "2025-03-03",
    end_date: str = "2025-03-07",
    *,
    kind: int = 1,
    country_held: str = COUNTRY,
    action_plan: int = YES,
    revision: int = 1,
) -> training_event_pb2.TrainingEventRecord:
    record = training_event_pb2.TrainingEvent(
        event_id=event_id,
        kind=kind,
        start_date=start_date,
        end_date=end_date,
        country_held=country_held,
        mode=1,
        curriculum_code="UNODC-POLICY",
        action_plan_developed=action_plan,
    )
    return training_event_pb2.TrainingEventRecord(envelope=_envelope(revision), record=record)


def training_participant(
    name: str,
    event_id: str = "T1",
    *,
    sex: int = 2,
    sector: int = 1,
    institution_id: str = "I1",
    country: str = COUNTRY,
    completed: bool = True,
    pre: float | None = None,
    post: float | None = None,
    follow_up: int = 0,
    follow_up_date: str | None = None,
    perception_changed: int = 0,
    revision: int = 1,
) -> training_participant_pb2.TrainingParticipantRecord:
    """One person at one event; an interview (follow_up 1 or 2) needs its date and an answer."""
    record = training_participant_pb2.TrainingParticipant(
        participant_pseudonym=pseudonym(f"participant {name}"),
        event_id=event_id,
        sex=sex,
        sector=sector,
        institution_id=institution_id,
        country_iso3_participant=country,
        completed=completed,
        pre_test_score=pre,
        post_test_score=post,
        test_form_id=None if pre is None and post is None else "FORM-1",
        follow_up_3m_status=follow_up,
        follow_up_date=follow_up_date,
        perception_changed=perception_changed,
    )
    return training_participant_pb2.TrainingParticipantRecord(
        envelope=_envelope(revision), record=record
    )


def estimate(
    kind: int = 1,
    year: int = 2025,
    value: float = 1000.0,
    lower: float | None = None,
    upper: float | None = None,
    *,
    country: str = COUNTRY,
    admin1: str | None = None,
    sex: int = 0,
    age_lo: int | None = None,
    age_hi: int | None = None,
    substance_group: int = 0,
    revision: int = 1,
) -> reference_estimate_pb2.ReferenceEstimateRecord:
    """How many people there are; `country` must be the one that sends it."""
    record = reference_estimate_pb2.ReferenceEstimate(
        estimate_kind=kind,
        year=year,
        country_iso3=country,
        admin1_code=admin1,
        sex=sex,
        age_lo=age_lo,
        age_hi=age_hi,
        substance_group=substance_group,
        value=value,
        lower95=lower,
        upper95=upper,
        method="capture-recapture",
        nature=1,
        source_citation="National survey",
    )
    return reference_estimate_pb2.ReferenceEstimateRecord(
        envelope=_envelope(revision), record=record
    )


def profile(revision: int = 1, **parameters: object) -> profile_pb2.CountryProfileRecord:
    """The parameters that a country sets; what is not named is left to its default."""
    record = profile_pb2.CountryProfile(profile_id="counting", **parameters)
    return profile_pb2.CountryProfileRecord(envelope=_envelope(revision), record=record)
