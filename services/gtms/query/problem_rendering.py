"""Problems as tables for people and as CSV. Pure."""

import csv
import io
from collections.abc import Iterable, Mapping

from google.protobuf.timestamp_pb2 import Timestamp
from rich import box
from rich.markup import escape
from rich.table import Table

from gtms.query.rendering import harmless
from treatment.common.v1.codes_pb2 import RecordFamily
from treatment.common.v1.receipts_pb2 import Severity
from treatment.quality.v1 import quality_pb2 as pb

_COLUMNS = (
    *("rule", "severity", "state", "family", "record_uid", "key", "related", "since"),
    *("message", "effect", "excluded_from"),
)


def state_name(state: "pb.ProblemState.ValueType") -> str:
    """The state without the prefix of the .proto: OPEN, AWAITING."""
    return pb.ProblemState.Name(state).removeprefix("PROBLEM_STATE_")


def family_name(family: "RecordFamily.ValueType") -> str:
    """The family without the prefix of the .proto, in small letters: admission."""
    return RecordFamily.Name(family).removeprefix("RECORD_FAMILY_").lower()


def severity_name(severity: "Severity.ValueType") -> str:
    """The severity without the prefix of the .proto: ERROR, CROSS."""
    return Severity.Name(severity).removeprefix("SEVERITY_")


def problems_table(problems: Iterable[pb.Problem]) -> Table:
    """One line per problem; a record that has no key here has not come."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("rule", "state", "family", "record", "with", "since"):
        table.add_column(name)
    for each in problems:
        table.add_row(
            each.rule_id,
            state_name(each.state).lower(),
            family_name(each.record.family),
            escape(_named(each.record)),
            escape("\n".join(f"{family_name(r.family)} {_named(r)}" for r in each.related)),
            _day(each.since),
        )
    return table


def rules_table(problems: Iterable[pb.Problem]) -> Table:
    """What the rules of these problems say and do, each once."""
    said = {(each.rule_id, state_name(each.state)): each for each in problems}
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("rule", "state", "says", "effect on counting"):
        table.add_column(name, overflow="fold")
    for (rule_id, state), each in sorted(said.items()):
        table.add_row(rule_id, state.lower(), escape(each.message), escape(each.effect))
    return table


def summary_table(rules: Iterable[pb.RuleSummary]) -> Table:
    """One line per rule."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("rule", "severity", "open", "awaiting", "since", "facilities", "most", "says"):
        right = name in ("open", "awaiting", "facilities")
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    for each in rules:
        table.add_row(
            *(each.rule_id, severity_name(each.severity).lower()),
            *(str(each.open), str(each.awaiting), _day(each.oldest), str(each.facilities)),
            escape(_most(each)),
            escape(each.message),
        )
    return table


def problems_csv(problems: Iterable[pb.Problem]) -> str:
    """One line per problem, with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for each in problems:
        writer.writerow(
            [
                *(each.rule_id, severity_name(each.severity), state_name(each.state)),
                *(family_name(each.record.family), each.record.record_uid),
                harmless(_key(each.record.key)),
                " ".join(other.record_uid for other in each.related),
                each.since.ToJsonString(),
                *(harmless(each.message), harmless(each.effect), " ".join(each.excluded_from)),
            ]
        )
    return out.getvalue()


def summary_csv(rules: Iterable[pb.RuleSummary]) -> str:
    """One line per rule, with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    counts = ("open", "awaiting", "oldest", "facilities", "most")
    writer.writerow(["rule", "severity", *counts, "message"])
    for each in rules:
        writer.writerow(
            [
                *(each.rule_id, severity_name(each.severity), each.open, each.awaiting),
                *(each.oldest.ToJsonString(), each.facilities),
                *(harmless(_most(each)), harmless(each.message)),
            ]
        )
    return out.getvalue()


def _named(record: pb.RecordName) -> str:
    """The parts of the natural key, or the id of a record that has not come."""
    return " ".join(record.key[name] for name in sorted(record.key)) or record.record_uid


def _key(key: Mapping[str, str]) -> str:
    return " ".join(f"{name}={key[name]}" for name in sorted(key))


def _most(rule: pb.RuleSummary) -> str:
    return ", ".join(f"{each.facility_id or '-'} {each.problems}" for each in rule.most)


def _day(moment: Timestamp) -> str:
    return moment.ToJsonString()[:10]
