"""The columns of drawn records: short names for fields, and how the codes in them are spelled."""

from collections.abc import Mapping
from typing import TypeAlias

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor

from treatment.admissions.v1.admission_pb2 import Admission
from treatment.estimates.v1.reference_estimate_pb2 import ReferenceEstimate
from treatment.facilities.v1.facility_capacity_pb2 import FacilityCapacity
from treatment.facilities.v1.facility_pb2 import Facility
from treatment.facilities.v1.qa_assessment_pb2 import QaAssessment
from treatment.outcomes.v1.outcome_pb2 import Outcome
from treatment.trainings.v1.training_event_pb2 import TrainingEvent
from treatment.trainings.v1.training_participant_pb2 import TrainingParticipant

Short: TypeAlias = Mapping[str, tuple[str, str]]

EXIT = "exit."
"""Before the name of a column about the discharge of an episode."""

# Column → argument of the builder, if it has one, and field. Any other column is itself a field.
ADMISSION = {
    "facility": ("facility_id", "facility_id"),
    "precision": ("precision", "admission_date_precision"),
    "setting": ("setting", "setting"),
    "service": ("service", "teds_service"),
    "interventions": ("interventions", "interventions_planned"),
    "client_type": ("client_type", "client_type"),
    "sex": ("sex", "sex"),
    "referral": ("referral", "referral"),
    "status": ("status", "treatment_status"),
    "substance": ("substance", "primary_substance"),
    "kind": ("kind", "admission_kind"),
    "linkage": ("linkage", "linkage_level"),
    "requested": ("request_date", "request_date"),
    "frequency": ("", "primary_frequency"),
    "first_use": ("", "primary_age_first_use"),
    "route": ("", "primary_route"),
    "opioid_days": ("", "baseline_top.days_opioids"),
    "barc": ("", "baseline_barc10.items"),
    "barc_total": ("", "baseline_barc10.total"),
    "whoqol": ("", "baseline_whoqol.items"),
}
OUTCOME = {
    "id": ("outcome_id", "outcome_id"),
    "precision": ("precision", "event_date_precision"),
    "reason": ("reason", "discharge_reason"),
    "interventions": ("interventions", "interventions_received"),
    "on_oat": ("on_oat", "on_oat_at_event"),
    "any_use": ("", "any_use_of_primary_last_28d"),
    "injecting": ("", "injecting_last_28d"),
    "housing": ("", "housing_at_event"),
    "labour": ("", "labour_at_event"),
    "overdoses": ("", "overdoses_since_last_contact"),
    "opioid_days": ("", "top.days_opioids"),
    "barc": ("", "barc10.items"),
    "barc_total": ("", "barc10.total"),
    "whoqol": ("", "whoqol.items"),
    "wave": ("", "follow_up_wave"),
    "status": ("", "follow_up_status"),
    "cause": ("", "death_cause"),
}
FACILITY = {
    "facility": ("facility_id", "facility_id"),
    "from": ("valid_from", "valid_from"),
    "to": ("valid_to", "valid_to"),
    "status": ("status", "status"),
    "admin1": ("admin1", "admin1_code"),
    "ownership": ("ownership", "ownership"),
    "settings": ("settings", "settings"),
    "women": ("", "women_specific_programme"),
    "youth": ("", "youth_programme"),
    "hiv": ("", "hiv_services_onsite"),
}
CAPACITY = {
    "facility": ("facility_id", "facility_id"),
    "day": ("as_of_date", "as_of_date"),
    "beds": ("beds_total", "beds_total"),
    "occupied": ("beds_occupied", "beds_occupied"),
    "places": ("", "outpatient_slots"),
}
ASSESSMENT = {
    "facility": ("facility_id", "facility_id"),
    "day": ("assessment_date", "assessment_date"),
}
TRAINING = {
    "event": ("event_id", "event_id"),
    "start": ("start_date", "start_date"),
    "end": ("end_date", "end_date"),
    "kind": ("kind", "kind"),
    "held_in": ("country_held", "country_held"),
    "plan": ("action_plan", "action_plan_developed"),
}
PARTICIPANT = {
    "event": ("event_id", "event_id"),
    "sex": ("sex", "sex"),
    "sector": ("sector", "sector"),
    "institution": ("institution_id", "institution_id"),
    "country": ("country", "country_iso3_participant"),
    "completed": ("completed", "completed"),
    "pre": ("pre", "pre_test_score"),
    "post": ("post", "post_test_score"),
    "interview": ("follow_up", "follow_up_3m_status"),
    "interviewed_on": ("follow_up_date", "follow_up_date"),
    "changed": ("perception_changed", "perception_changed"),
}
ESTIMATE = {
    "kind": ("kind", "estimate_kind"),
    "year": ("year", "year"),
    "value": ("value", "value"),
    "lower": ("lower", "lower95"),
    "upper": ("upper", "upper95"),
    "admin1": ("admin1", "admin1_code"),
    "sex": ("sex", "sex"),
    "from_age": ("age_lo", "age_lo"),
    "to_age": ("age_hi", "age_hi"),
    "substance": ("substance_group", "substance_group"),
}

RECORDS: Mapping[str, tuple[Descriptor, Short]] = {
    "facilities": (Facility.DESCRIPTOR, FACILITY),
    "capacities": (FacilityCapacity.DESCRIPTOR, CAPACITY),
    "assessments": (QaAssessment.DESCRIPTOR, ASSESSMENT),
    "episodes": (Admission.DESCRIPTOR, ADMISSION),
    "outcomes": (Outcome.DESCRIPTOR, OUTCOME),
    "trainings": (TrainingEvent.DESCRIPTOR, TRAINING),
    "participants": (TrainingParticipant.DESCRIPTOR, PARTICIPANT),
    "estimates": (ReferenceEstimate.DESCRIPTOR, ESTIMATE),
}


def spelled(table: str, column: str, word: str) -> str:
    """The word with every code by its full label."""
    codes = _codes_of(table, column)
    if codes is None:
        return word
    return ", ".join(label_of(codes, code_of(codes, each)) for each in word.split(","))


def _codes_of(table: str, column: str) -> EnumDescriptor | None:
    if table == "episodes" and (column.startswith(EXIT) or column == "reason"):
        table, column = "outcomes", column.removeprefix(EXIT)
    if table not in RECORDS:
        return None
    message, short = RECORDS[table]
    _, path = short.get(column, ("", column))
    field: FieldDescriptor | None = message.fields_by_name.get(path)
    if field is None:
        return None
    if field.message_type:
        field = field.message_type.fields_by_name.get("substance")
    return field.enum_type if field else None


def code_of(codes: EnumDescriptor, word: str) -> int:
    """The number of the code that is called so, or of the only one whose name begins so."""
    if word.isdecimal():
        return int(word)
    labels = {label_of(codes, each.number): each.number for each in codes.values}
    if word in labels:
        return labels[word]
    found = [number for label, number in labels.items() if label.startswith(word)]
    assert len(found) == 1, f"{word}: {len(found)} codes of {codes.name}"
    return found[0]


def label_of(codes: EnumDescriptor, number: int) -> str:
    prefix = codes.values_by_number[0].name.removesuffix("UNSPECIFIED")
    return str(codes.values_by_number[number].name).removeprefix(prefix)
