"""What findings look like, whatever the rule; the rules themselves are in tests/spec/rules."""

import pytest
from google.protobuf.message import Message
from hypothesis import given, settings
from hypothesis import strategies as st

from buf.validate import validate_pb2
from gtms.families import FAMILIES
from gtms.records.rules import RULES, Severity
from gtms.records.validation import (
    LARGEST_RECORD,
    MOST_FINDINGS,
    Findings,
    Problem,
    validate,
)
from tests.spec.rules.valid import BASES, Base, admission, discharge, put, put_field
from treatment.admissions.v1.admission_pb2 import AdmissionRecord


def errors(record: Message) -> set[tuple[str, str]]:
    return {(problem.rule_id, problem.field_path) for problem in validate(record).errors}


def test_every_missing_field_of_one_rule_is_a_finding_of_its_own() -> None:
    record = put(admission(), {"hiv_test": 0, "hiv_result": 0, "comorbidity": 0, "sex": 0})
    assert errors(record) == {
        ("R001", "record.hiv_test"),
        ("R001", "record.comorbidity"),
        ("R001", "record.sex"),
    }


def test_an_empty_record_says_what_it_needs() -> None:
    assert errors(AdmissionRecord()) == {("R001", "envelope"), ("R001", "content")}


def test_a_retraction_needs_its_key_and_nothing_else() -> None:
    record = put(admission(), {"envelope.operation": 2})
    record.retraction.facility_id = "KE-001"
    assert errors(record) == {("R001", "retraction.episode_id")}
    record.retraction.episode_id = "E-1"
    assert validate(record) == Findings()


@pytest.mark.parametrize(("operation", "retracts"), [(1, True), (2, False)])
def test_operation_and_content_must_agree(operation: int, retracts: bool) -> None:
    record = put(admission(), {"envelope.operation": operation})
    if retracts:
        record.retraction.facility_id = "KE-001"
        record.retraction.episode_id = "E-1"
    assert errors(record) == {("R001", "retraction")}


def test_what_needs_the_time_of_receipt_is_not_judged_before_it() -> None:
    late = {"first_offer_date": "2099-01-01", "envelope.submitted_at": "2099-01-01T00:00:00Z"}
    assert errors(put(admission(), late)) == {
        ("R004", "envelope.submitted_at"),
        ("R005", "record.first_offer_date"),
    }
    assert errors(put(admission(), late | {"envelope.received_at": None})) == set()


def test_flags_do_not_reject() -> None:
    findings = validate(put(admission(), {"voluntariness": 3}))
    problem = Problem("R053", Severity.WARNING, "record.voluntariness", "treatment WITHOUT_CONSENT")
    assert findings == Findings(errors=(), flags=(problem,))


def test_a_record_made_to_be_slow_is_refused_unread() -> None:
    record = admission()
    record.record.interventions_planned.extend([3] * LARGEST_RECORD)
    assert errors(record) == {("R007", "")}


def test_a_receipt_stays_short_however_much_is_wrong() -> None:
    record = put(admission(), {"interventions_planned": [1234] * 10_000})
    assert len(validate(record).errors) == MOST_FINDINGS


def test_a_time_beyond_the_calendar_is_a_finding() -> None:
    record = admission()
    record.envelope.received_at.seconds = 253402300799
    assert errors(record) == {("R007", "")}


def test_a_finding_never_carries_the_value() -> None:
    secret = "SMITHERS-1970"
    for name in ("client_pseudonym", "facility_id", "admission_date", "residence_admin1"):
        findings = validate(put(admission(), {name: secret * 9}))
        assert findings.errors
        assert not any(secret in f"{p.message}{p.field_path}" for p in findings.errors)


def message_rules() -> list[tuple[str, validate_pb2.Rule]]:
    seen: dict[str, validate_pb2.Rule] = {}
    stack = [family.record_type.DESCRIPTOR for family in FAMILIES.values()]
    while stack:
        message = stack.pop()
        rules = message.GetOptions().Extensions[validate_pb2.message].cel
        seen |= {f"{message.full_name} {rule.id}": (message, rule) for rule in rules}
        stack += [
            field.message_type
            for field in message.fields
            if field.message_type and field.message_type.full_name.startswith("treatment.")
        ]
    return [(name, *found) for name, found in seen.items()]


@pytest.mark.parametrize(("name", "message", "rule"), message_rules())
def test_a_message_rule_is_in_the_catalogue_and_names_its_field(name, message, rule) -> None:
    assert rule.id in RULES
    if rule.message:
        field, _, words = rule.message.partition(": ")
        assert field in {*message.fields_by_name}
        assert words
        assert ";" not in words


def any_value(field) -> st.SearchStrategy[object]:
    kinds = {
        field.TYPE_ENUM: st.sampled_from([0, 1, 2, 3, 5, 11, 21, 22, 23, 73, 96, 98, 99, 12345]),
        field.TYPE_UINT32: st.sampled_from([0, 1, 5, 29, 110, 1900, 2025, 2**32 - 1]),
        field.TYPE_STRING: st.sampled_from(["", "x", "2025-02-30", "2024-02-29", "9999-99-99"]),
        field.TYPE_BOOL: st.booleans(),
        field.TYPE_FLOAT: st.sampled_from([0.0, -1.0, float("nan"), float("inf")]),
        field.TYPE_DOUBLE: st.sampled_from([0.0, -91.0, float("nan"), float("inf")]),
    }
    one = kinds[field.type]
    return st.lists(one, max_size=27) if field.is_repeated else one


@settings(max_examples=300)
@given(data=st.data(), base=st.sampled_from(BASES))
def test_no_record_is_beyond_judging(data: st.DataObject, base: Base) -> None:
    record = base()
    plain = [f for f in record.record.DESCRIPTOR.fields if f.type != f.TYPE_MESSAGE]
    for field in data.draw(st.lists(st.sampled_from(plain), max_size=12, unique=True)):
        put_field(record.record, field.name, data.draw(any_value(field)))
    findings = validate(record)
    assert all(p.rule_id in RULES for p in (*findings.errors, *findings.flags))
    assert ("R007", "") not in {(p.rule_id, p.field_path) for p in findings.errors}


def test_judging_twice_says_the_same() -> None:
    record = put(discharge(), {"planned": False, "discharge_reason": 22})
    assert validate(record) == validate(record)
