from uuid import NAMESPACE_URL, uuid5

import pytest

from gtms.families import FAMILIES, by_code, by_event_type
from gtms.records.identifiers import (
    GTMS_NAMESPACE,
    content,
    episode_uid,
    natural_key,
    record_uid,
)
from treatment.admissions.v1.admission_pb2 import AdmissionRecord
from treatment.common.v1.codes_pb2 import RecordFamily
from treatment.estimates.v1.reference_estimate_pb2 import ReferenceEstimateRecord
from treatment.outcomes.v1.outcome_pb2 import OutcomeRecord

VECTORS = [
    ("facility", ("KE-001", "2024-01-01"), "KEN|FACILITY|KE-001|2024-01-01"),
    ("capacity", ("KE-001", "2025-03-31"), "KEN|CAPACITY|KE-001|2025-03-31"),
    ("qa_assessment", ("QA-1",), "KEN|QA|QA-1"),
    ("admission", ("KE-001", "E-1"), "KEN|ADMISSION|KE-001|E-1"),
    ("outcome", ("KE-001", "O-1"), "KEN|OUTCOME|KE-001|O-1"),
    ("training_event", ("T-1",), "KEN|TRAINING_EVENT|T-1"),
    ("training_participant", ("T-1", "ab" * 16), f"KEN|TRAINING_PARTICIPANT|T-1|{'ab' * 16}"),
    ("estimate", ("1", "2025", "", "2", "", "", "10"), "KEN|ESTIMATE|1|2025||2|||10"),
    ("profile", ("counting",), "KEN|COUNTRY_PROFILE|counting"),
]


@pytest.mark.parametrize(("family", "key", "name"), VECTORS)
def test_a_record_id_is_a_uuid_of_country_family_and_key(
    family: str, key: tuple[str, ...], name: str
) -> None:
    expected = str(uuid5(uuid5(NAMESPACE_URL, "urn:gtms:record"), name))
    assert record_uid("KEN", FAMILIES[family], *key) == expected


def test_a_record_id_never_changes_between_versions_of_the_program() -> None:
    assert str(GTMS_NAMESPACE) == "82289d42-ef7f-5f57-87be-ee247772c58e"
    admission = FAMILIES["admission"]
    assert record_uid("KEN", admission, "F1", "E1") == "d5dd8cc0-27c9-59d5-8b08-337462773acd"


def test_countries_and_families_never_share_an_id() -> None:
    ids = {record_uid(c, f, "A", "B") for c in ("KEN", "UGA") for f in FAMILIES.values()}
    assert len(ids) == 2 * len(FAMILIES)


def test_an_outcome_finds_its_episode() -> None:
    assert episode_uid("KEN", "F1", "E1") == record_uid("KEN", FAMILIES["admission"], "F1", "E1")


def test_the_natural_key_comes_from_the_record_or_its_retraction() -> None:
    family = FAMILIES["outcome"]
    record = OutcomeRecord()
    record.record.facility_id, record.record.outcome_id = "F1", "O1"
    retraction = OutcomeRecord()
    retraction.retraction.facility_id, retraction.retraction.outcome_id = "F1", "O1"
    assert natural_key(family, record) == natural_key(family, retraction) == ("F1", "O1")


def test_a_record_without_its_key_has_no_id() -> None:
    record = AdmissionRecord()
    assert content(record) is None
    assert natural_key(FAMILIES["admission"], record) is None
    record.record.facility_id = "F1"
    assert natural_key(FAMILIES["admission"], record) is None


def test_a_key_may_lack_some_of_its_parts() -> None:
    family = FAMILIES["estimate"]
    record = ReferenceEstimateRecord()
    record.record.estimate_kind, record.record.age_lo = 4, 0
    assert natural_key(family, record) is None
    record.record.year = 2025
    assert natural_key(family, record) == ("4", "2025", "", "", "0", "", "")


def test_the_register_of_families_agrees_with_the_protos() -> None:
    for name, family in FAMILIES.items():
        assert family.name == name
        assert RecordFamily.Name(family.code) == f"RECORD_FAMILY_{family.label}"
        fields = family.record_type.DESCRIPTOR.fields_by_name
        assert [f.name for f in fields["retraction"].message_type.fields] == [*family.key_fields]
        inside = fields["record"].message_type.fields_by_name
        assert {family.event_date_field, family.person_field} - {None} <= set(inside)
        assert by_code(family.code) is by_event_type(family.event_type) is family
        assert family.key_may_lack <= set(family.key_fields)
    assert by_code(RecordFamily.RECORD_FAMILY_UNSPECIFIED) is None
    assert by_event_type("treatment.admissions.v1.Admission") is None
