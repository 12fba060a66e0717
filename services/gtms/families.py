"""THE register of record families: family → proto, topic, key, table. Open this file first.

A record family is one kind of thing a national system reports. Everything that differs between
families and is not a rule is said here, once; adding a family begins with an entry here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from google.protobuf.message import Message

from treatment.admissions.v1.admission_pb2 import AdmissionRecord
from treatment.common.v1.codes_pb2 import RecordFamily
from treatment.estimates.v1.reference_estimate_pb2 import ReferenceEstimateRecord
from treatment.facilities.v1.facility_capacity_pb2 import FacilityCapacityRecord
from treatment.facilities.v1.facility_pb2 import FacilityRecord
from treatment.facilities.v1.qa_assessment_pb2 import QaAssessmentRecord
from treatment.outcomes.v1.outcome_pb2 import OutcomeRecord
from treatment.profiles.v1.profile_pb2 import CountryProfileRecord
from treatment.trainings.v1.training_event_pb2 import TrainingEventRecord
from treatment.trainings.v1.training_participant_pb2 import TrainingParticipantRecord

#: Version of the schemas in `protos/`, as records made here say it.
SCHEMA_VERSION = "1.0.0"


@dataclass(frozen=True, slots=True)
class Family:
    """One record family.

    `code` is its number in `RecordFamily`, `label` the name of that number ("QA"), which record ids
    are made of. `record_type` is the message that travels (envelope and record or retraction);
    `event_type` its full name, the `ce_type` of events. `topic` is the Kafka topic, `table` the
    table in the database `registry`. `key_fields` make the natural key, in this order; a record
    may lack those in `key_may_lack`. `event_date_field` is the date the record is about, of a year
    its first day, or None when it is about no day; `person_field` the pseudonym it names, or None
    when the family knows no person in treatment.
    """

    name: str
    label: str
    code: int
    record_type: type[Message]
    topic: str
    table: str
    key_fields: tuple[str, ...]
    event_date_field: str | None
    person_field: str | None
    key_may_lack: frozenset[str] = frozenset()

    @property
    def event_type(self) -> str:
        """Full message name, e.g. "treatment.admissions.v1.AdmissionRecord"."""
        return str(self.record_type.DESCRIPTOR.full_name)


_ALL = (
    Family(
        name="facility",
        label="FACILITY",
        code=RecordFamily.RECORD_FAMILY_FACILITY,
        record_type=FacilityRecord,
        topic="gtms.facilities.v1",
        table="facilities",
        key_fields=("facility_id", "valid_from"),
        event_date_field="valid_from",
        person_field=None,
    ),
    Family(
        name="capacity",
        label="CAPACITY",
        code=RecordFamily.RECORD_FAMILY_CAPACITY,
        record_type=FacilityCapacityRecord,
        topic="gtms.facilities.v1",
        table="capacities",
        key_fields=("facility_id", "as_of_date"),
        event_date_field="as_of_date",
        person_field=None,
    ),
    Family(
        name="qa_assessment",
        label="QA",
        code=RecordFamily.RECORD_FAMILY_QA,
        record_type=QaAssessmentRecord,
        topic="gtms.facilities.v1",
        table="qa_assessments",
        key_fields=("assessment_id",),
        event_date_field="assessment_date",
        person_field=None,
    ),
    Family(
        name="admission",
        label="ADMISSION",
        code=RecordFamily.RECORD_FAMILY_ADMISSION,
        record_type=AdmissionRecord,
        topic="gtms.admissions.v1",
        table="admissions",
        key_fields=("facility_id", "episode_id"),
        event_date_field="admission_date",
        person_field="client_pseudonym",
    ),
    Family(
        name="outcome",
        label="OUTCOME",
        code=RecordFamily.RECORD_FAMILY_OUTCOME,
        record_type=OutcomeRecord,
        topic="gtms.outcomes.v1",
        table="outcomes",
        key_fields=("facility_id", "outcome_id"),
        event_date_field="event_date",
        person_field="client_pseudonym",
    ),
    Family(
        name="training_event",
        label="TRAINING_EVENT",
        code=RecordFamily.RECORD_FAMILY_TRAINING_EVENT,
        record_type=TrainingEventRecord,
        topic="gtms.trainings.v1",
        table="training_events",
        key_fields=("event_id",),
        event_date_field="end_date",
        person_field=None,
    ),
    Family(
        name="training_participant",
        label="TRAINING_PARTICIPANT",
        code=RecordFamily.RECORD_FAMILY_TRAINING_PARTICIPANT,
        record_type=TrainingParticipantRecord,
        topic="gtms.trainings.v1",
        table="training_participants",
        key_fields=("event_id", "participant_pseudonym"),
        event_date_field=None,
        person_field=None,  # a participant's pseudonym is of another kind than a patient's
    ),
    Family(
        name="estimate",
        label="ESTIMATE",
        code=RecordFamily.RECORD_FAMILY_ESTIMATE,
        record_type=ReferenceEstimateRecord,
        topic="gtms.estimates.v1",
        table="estimates",
        key_fields=(
            "estimate_kind",
            "year",
            "admin1_code",
            "sex",
            "age_lo",
            "age_hi",
            "substance_group",
        ),
        event_date_field="year",
        person_field=None,
        key_may_lack=frozenset({"admin1_code", "sex", "age_lo", "age_hi", "substance_group"}),
    ),
    Family(
        name="profile",
        label="COUNTRY_PROFILE",
        code=RecordFamily.RECORD_FAMILY_COUNTRY_PROFILE,
        record_type=CountryProfileRecord,
        topic="gtms.profiles.v1",
        table="profiles",
        key_fields=("profile_id",),
        event_date_field=None,
        person_field=None,
    ),
)

FAMILIES: Mapping[str, Family] = MappingProxyType({family.name: family for family in _ALL})
#: What national systems report, many records at a time; an administrator sets the profile.
REPORTED: Mapping[str, Family] = MappingProxyType(
    {name: family for name, family in FAMILIES.items() if name != "profile"}
)
_BY_EVENT_TYPE = MappingProxyType({family.event_type: family for family in _ALL})
_BY_CODE = MappingProxyType({family.code: family for family in _ALL})


def by_event_type(event_type: str) -> Family | None:
    """The family whose events carry this `ce_type`; None when it is not one of ours."""
    return _BY_EVENT_TYPE.get(event_type)


def by_code(code: int) -> Family | None:
    """The family with this `RecordFamily` number; None when it is not received here."""
    return _BY_CODE.get(code)
