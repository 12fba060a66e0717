"""One valid record of each family, and how to change it: the ground of every example."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from treatment.admissions.v1.admission_pb2 import AdmissionRecord
from treatment.estimates.v1.reference_estimate_pb2 import ReferenceEstimateRecord
from treatment.facilities.v1.facility_capacity_pb2 import FacilityCapacityRecord
from treatment.facilities.v1.facility_pb2 import FacilityRecord
from treatment.facilities.v1.qa_assessment_pb2 import QaAssessmentRecord
from treatment.outcomes.v1.outcome_pb2 import OutcomeRecord
from treatment.profiles.v1.profile_pb2 import CountryProfileRecord
from treatment.trainings.v1.training_event_pb2 import TrainingEventRecord
from treatment.trainings.v1.training_participant_pb2 import TrainingParticipantRecord

Changes: TypeAlias = Mapping[str, object]
Base: TypeAlias = Callable[[], Message]

PSEUDONYM = "0123456789abcdef0123456789abcdef"
ENVELOPE: Changes = {
    "envelope.record_version": 1,
    "envelope.operation": 1,
    "envelope.source_system_id": "registry",
    "envelope.schema_version": "1.0.0",
    "envelope.submitted_at": "2025-06-01T10:00:00Z",
    "envelope.received_at": "2025-06-01T10:00:01Z",
    "envelope.idempotency_key": "attempt-1",
}


def put(record: Message, changes: Changes) -> Message:
    """Sets fields by path: below `record`, or below the envelope with "envelope." in front."""
    for path, value in changes.items():
        *above, name = (
            path.split(".") if path.startswith("envelope.") else ["record", *path.split(".")]
        )
        target = record
        for step in above:
            target = getattr(target, step)
        put_field(target, name, value)
    return record


def put_field(target: Message, name: str, value: object) -> None:
    field = target.DESCRIPTOR.fields_by_name[name]
    target.ClearField(name)
    if value is None:
        return
    here = getattr(target, name)
    if field.is_repeated:
        for item in value:
            here.add(**item) if isinstance(item, Mapping) else here.append(item)
    elif isinstance(here, Timestamp):
        here.FromJsonString(value)
    elif isinstance(here, Message):
        here.SetInParent()
        for inner, inside in value.items():
            put_field(here, inner, inside)
    else:
        setattr(target, name, value)


def facility() -> Message:
    return put(
        FacilityRecord(),
        ENVELOPE
        | {
            "facility_id": "KE-001",
            "name": "Mathare Outpatient Clinic",
            "valid_from": "2024-01-01",
            "status": 1,
            "admin1_code": "KE-30",
            "latitude": -1.26,
            "longitude": 36.85,
            "urban_rural": 1,
            "ownership": 3,
            "settings": [3, 9],
            "tdi_centre_type": 1,
            "interventions": [3, 15, 21],
            "licensed": 1,
            "free_of_charge": 1,
            "accepts_women": 1,
            "women_specific_programme": 2,
            "youth_programme": 2,
            "cj_programme": 1,
            "hiv_services_onsite": 1,
            "hcv_services_onsite": 2,
            "naloxone_available": 1,
            "reports_to_system": 1,
            "opening_hours_per_week": 40,
        },
    )


def capacity() -> Message:
    return put(
        FacilityCapacityRecord(),
        ENVELOPE
        | {
            "facility_id": "KE-001",
            "as_of_date": "2025-03-31",
            "beds_total": 20,
            "beds_occupied": 18,
            "clients_on_census_day": 60,
            "clients_on_oat": 0,
            "staff_fte_total": 7.5,
        },
    )


def assessment() -> Message:
    criteria = [
        {"standard_id": "S1", "criterion_id": f"S1.{number}", "rating": 3} for number in range(1, 6)
    ]
    return put(
        QaAssessmentRecord(),
        ENVELOPE
        | {
            "assessment_id": "QA-2025-1",
            "facility_id": "KE-001",
            "assessment_date": "2025-02-10",
            "tool_code": "UNODC-KQS",
            "tool_version": "1",
            "assessor_kind": 3,
            "criteria": criteria,
            "improvement_plan": 1,
            "next_assessment_due": "2027-02-10",
        },
    )


def admission() -> Message:
    return put(
        AdmissionRecord(),
        ENVELOPE
        | {
            "episode_id": "E-1",
            "facility_id": "KE-001",
            "client_pseudonym": PSEUDONYM,
            "linkage_level": 2,
            "linkage_algo": "slk-581-v1",
            "admission_kind": 1,
            "request_date": "2025-01-20",
            "assessment_date": "2025-01-25",
            "admission_date": "2025-02-01",
            "admission_date_precision": 1,
            "wait_days_attributable": 10,
            "setting": 3,
            "tdi_centre_type": 1,
            "interventions_planned": [3, 15],
            "client_type": 1,
            "birth_year": 1990,
            "age_at_admission": 34,
            "sex": 2,
            "education": 3,
            "labour": 4,
            "living_with": 3,
            "living_with_children": 2,
            "housing": 1,
            "referral": 11,
            "voluntariness": 1,
            "treatment_status": 2,
            "primary_substance": 11,
            "primary_route": 1,
            "primary_frequency": 1,
            "primary_days_used_28": 28,
            "primary_age_first_use": 18,
            "other_substances": [
                {"substance": 70, "route": 21, "frequency": 3, "age_first_use": 16},
                {"substance": 80, "route": 3},
            ],
            "polydrug_problem": 2,
            "injecting": 23,
            "age_first_injection": 20,
            "hiv_test": 22,
            "hiv_result": 1,
            "hcv_test": 1,
            "oat_status": 2,
            "year_first_oat": 2015,
            "comorbidity": 2,
            "pregnancy": 2,
        },
    )


def relative() -> Message:
    """An admission for another person's drug use: no drug field at all."""
    drug_fields = (
        "primary_substance primary_route primary_frequency primary_days_used_28 other_substances "
        "primary_age_first_use polydrug_problem injecting age_first_injection hiv_test hiv_result "
        "hcv_test oat_status year_first_oat comorbidity"
    )
    return put(admission(), {"client_type": 2} | dict.fromkeys(drug_fields.split()))


_OUTCOME: Changes = ENVELOPE | {
    "outcome_id": "O-1",
    "episode_id": "E-1",
    "facility_id": "KE-001",
    "client_pseudonym": PSEUDONYM,
    "event_date": "2025-05-01",
    "event_date_precision": 1,
}
_MEASURED: Changes = {
    "primary_substance_at_event": 11,
    "frequency_at_event": 4,
    "any_use_of_primary_last_28d": 1,
    "injecting_last_28d": 2,
    "labour_at_event": 2,
    "housing_at_event": 1,
    "on_oat_at_event": 1,
}


def review() -> Message:
    changes = {"kind": 1, "interventions_received": [3]}
    return put(OutcomeRecord(), {**_OUTCOME, **_MEASURED, **changes})


def discharge() -> Message:
    changes = {
        "kind": 2,
        "interventions_received": [3, 15],
        "discharge_reason": 11,
        "planned": True,
        "discharge_decision_date": "2025-05-20",
    }
    return put(OutcomeRecord(), {**_OUTCOME, **_MEASURED, **changes})


def follow_up() -> Message:
    changes = {
        "kind": 3,
        "follow_up_wave": 6,
        "follow_up_status": 1,
        "follow_up_mode": 2,
        "back_in_treatment": 2,
    }
    return put(OutcomeRecord(), {**_OUTCOME, **_MEASURED, **changes})


def overdose() -> Message:
    return put(OutcomeRecord(), {**_OUTCOME, "kind": 4, "overdose_fatal": False})


def death() -> Message:
    return put(OutcomeRecord(), {**_OUTCOME, "kind": 5, "death_cause": 1})


def training_event() -> Message:
    return put(
        TrainingEventRecord(),
        ENVELOPE
        | {
            "event_id": "T-2025-1",
            "kind": 1,
            "start_date": "2025-03-03",
            "end_date": "2025-03-07",
            "country_held": "KEN",
            "admin1_code": "KE-30",
            "mode": 1,
            "language": "en",
            "curriculum_code": "UNODC-POLICY",
            "preparatory_assessment_done": 1,
            "action_plan_developed": 1,
            "action_plan_items_total": 8,
            "follow_up_done_3m": 1,
            "action_plan_items_done_3m": 5,
            "participants_invited": 40,
        },
    )


def training_participant() -> Message:
    return put(
        TrainingParticipantRecord(),
        ENVELOPE
        | {
            "participant_pseudonym": PSEUDONYM,
            "event_id": "T-2025-1",
            "sex": 2,
            "age_band": 3,
            "sector": 1,
            "institution_id": "I-7",
            "country_iso3_participant": "KEN",
            "completed": True,
            "pre_test_score": 42.5,
            "post_test_score": 77.5,
            "test_form_id": "POLICY-A",
            "follow_up_3m_status": 1,
            "follow_up_date": "2025-06-01",
            "perception_changed": 1,
            "applied_in_work": 1,
            "people_reached_since": 120,
        },
    )


def estimate() -> Message:
    return put(
        ReferenceEstimateRecord(),
        ENVELOPE
        | {
            "estimate_kind": 1,
            "year": 2024,
            "country_iso3": "KEN",
            "sex": 2,
            "age_lo": 15,
            "age_hi": 64,
            "substance_group": 10,
            "value": 1000,
            "lower95": 800,
            "upper95": 1300,
            "method": "capture-recapture",
            "nature": 1,
            "source_citation": "National survey 2024",
        },
    )


def country_profile() -> Message:
    return put(
        CountryProfileRecord(),
        ENVELOPE | {"profile_id": "counting", "stale_days": 90, "year_start": 4},
    )


BASES: tuple[Base, ...] = (
    facility,
    capacity,
    assessment,
    admission,
    relative,
    review,
    discharge,
    follow_up,
    overdose,
    death,
    training_event,
    training_participant,
    estimate,
    country_profile,
)
