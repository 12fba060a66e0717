"""Judges one record by the rules in its .proto, and says every finding in the words of the rules.

Standard field rules have no id of ours in the .proto; here they get one: `required` is R001, a
number outside its enum R006, a range, length or pattern R007 (R081 inside a TOP). Rules written in
CEL carry their id themselves. The message of a message-level rule begins with the field it is
about, "field: words"; several findings of one rule are separated by semicolons.
"""

from __future__ import annotations

from dataclasses import dataclass

from google.protobuf.message import Message
from protovalidate import EvaluationError, Validator, Violation, ViolationPb

from gtms.records.rules import RULES, Severity

_VALIDATOR = Validator()
_STANDARD = {"required": "R001", "enum.defined_only": "R006"}
_WORDS = {"R001": "is mandatory", "R006": "is not a code of its list"}
_TOP = ("top", "baseline_top")

LARGEST_RECORD = 64 * 1024
"""Bytes. Far above any honest record, and small enough to judge a record made to be slow."""

MOST_FINDINGS = 50
"""Errors, and flags, that are told of one record; a receipt must fit beside its neighbours'."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: the rule, how severe, where, and one line of words without any value.

    `field_path` starts at the record message ("record.other_substances[1].route", "envelope.
    submitted_at"); it is empty when the finding is about the record as a whole.
    """

    rule_id: str
    severity: Severity
    field_path: str
    message: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong with a record (`errors`: reject it) and what is unlikely (`flags`: keep it)."""

    errors: tuple[Problem, ...] = ()
    flags: tuple[Problem, ...] = ()


_NOTHING = Findings()
_TOO_LARGE = Findings(
    errors=(Problem("R007", Severity.ERROR, "", "a record must not be larger than 64 KiB"),)
)
_BEYOND_JUDGING = Findings(
    errors=(Problem("R007", Severity.ERROR, "", "a value or a list is far beyond any range"),)
)


def validate(record: Message) -> Findings:
    """Judges `record` (an XRecord message) by every rule that it can answer alone. Pure.

    Set `envelope.received_at` before: without it R004 and the upper end of R005 are not judged.
    """
    if record.ByteSize() > LARGEST_RECORD:
        return _TOO_LARGE
    try:
        violations = _VALIDATOR.collect_violations(record)
    except EvaluationError:  # a time beyond the calendar, or more steps than a rule may take
        return _BEYOND_JUDGING
    if not violations:
        return _NOTHING
    problems = [problem for violation in violations for problem in _problems(violation)]
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    flags = [problem for problem in problems if problem.severity is not Severity.ERROR]
    return Findings(tuple(errors[:MOST_FINDINGS]), tuple(flags[:MOST_FINDINGS]))


def _problems(violation: Violation) -> list[Problem]:
    found = violation.proto
    names = _path(found)
    where = ".".join(names)
    if found.rule_id not in RULES:
        rule_id = _STANDARD.get(found.rule_id) or _range_rule(names)
        words = _WORDS.get(rule_id, found.message)
        return [Problem(rule_id, RULES[rule_id].severity, where, words)]
    severity = RULES[found.rule_id].severity
    problems = []
    for finding in found.message.removesuffix("; ").split("; "):
        field, colon, words = finding.partition(": ")
        below = [*names, field] if colon else names
        problems.append(Problem(found.rule_id, severity, ".".join(below), words or finding))
    return problems


def _range_rule(names: list[str]) -> str:
    return "R081" if len(names) > 1 and names[-2] in _TOP else "R007"


def _path(found: ViolationPb) -> list[str]:
    if found.field is None:
        return []
    names = []
    for element in found.field.elements:
        at = element.subscript
        subscript = f"[{at.value}]" if at is not None and at.field == "index" else ""
        names.append(f"{element.field_name}{subscript}")
    return names
