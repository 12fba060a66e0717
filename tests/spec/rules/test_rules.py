"""Every rule that one record can answer, on a record that keeps it and on one that breaks it."""

import pytest

from gtms.records.rules import RULES, Judged, Severity
from gtms.records.validation import Findings, validate
from tests.spec.rules import admissions, any_record, facilities, outcomes, substances, trainings
from tests.spec.rules.example import Example
from tests.spec.rules.valid import BASES, Base, put

EXAMPLES = (
    *any_record.EXAMPLES,
    *facilities.EXAMPLES,
    *admissions.EXAMPLES,
    *substances.EXAMPLES,
    *outcomes.EXAMPLES,
    *trainings.EXAMPLES,
)


def reported(findings: Findings) -> set[str]:
    return {problem.rule_id for problem in (*findings.errors, *findings.flags)}


@pytest.mark.parametrize("base", BASES, ids=lambda base: base.__name__)
def test_a_valid_record_has_no_findings(base: Base) -> None:
    assert validate(base()) == Findings()


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_record_that_keeps_the_rule_is_not_reported(example: Example) -> None:
    assert example.rule not in reported(validate(put(example.base(), example.passes)))


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_a_record_that_breaks_the_rule_is_reported_by_it(example: Example) -> None:
    findings = validate(put(example.base(), example.fails))
    assert reported(findings) == {example.rule, *example.also}
    place = {(p.rule_id, p.field_path) for p in (*findings.errors, *findings.flags)}
    assert (example.rule, example.at) in place


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_severity_of_a_finding_is_that_of_the_rule(example: Example) -> None:
    findings = validate(put(example.base(), example.fails))
    assert all(RULES[p.rule_id].severity is p.severity is Severity.ERROR for p in findings.errors)
    assert all(RULES[p.rule_id].severity is p.severity is Severity.WARNING for p in findings.flags)


def test_every_rule_that_one_record_can_answer_has_an_example() -> None:
    answered = {rule_id for rule_id, rule in RULES.items() if rule.judged is Judged.RECORD}
    country_in_an_estimate = {"R003"}
    assert {example.rule for example in EXAMPLES} == answered | country_in_an_estimate


def test_the_rules_that_one_record_cannot_answer_are_judged_elsewhere() -> None:
    elsewhere = {
        rule_id: rule.judged for rule_id, rule in RULES.items() if rule.judged is not Judged.RECORD
    }
    registry = (
        "R012 R015 R016 R030 R056 R062 R063 R064 R065 R070 R071 R072 R074 R075 R077 R078 R078-W "
        "R084 R092"
    )
    assert elsewhere == {
        "R002": Judged.PROCESSING,
        "R003": Judged.IDENTITY,
        "R044": Judged.PROFILE,
        "R094": Judged.PROCESSING,
        **dict.fromkeys(registry.split(), Judged.REGISTRY),
    }
