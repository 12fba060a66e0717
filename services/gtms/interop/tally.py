"""What an import has done so far, to be counted, stored, and gone on from."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gtms.interop.rows import Converted, Finding, Outgoing
from treatment.common.v1.receipts_pb2 import Receipt, ReceiptStatus, Severity

ACCEPTED, FLAGGED, REJECTED = "accepted", "flagged", "rejected"
_OUTCOMES = {
    ReceiptStatus.RECEIPT_STATUS_ACCEPTED: ACCEPTED,
    ReceiptStatus.RECEIPT_STATUS_ACCEPTED_WITH_FLAGS: FLAGGED,
    ReceiptStatus.RECEIPT_STATUS_REJECTED: REJECTED,
}


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule and how it was broken: the key of the summary by rule."""

    rule_id: str
    severity: str
    message: str


@dataclass(slots=True)
class Tally:
    """Counts of one import. `last_row` is the last row that is settled; rows before it are too.

    `records` by (family, accepted | flagged | rejected); a row is rejected when one of its
    records is, or when it could not become a record. `blank` rows held nothing to import.
    """

    last_row: int = 1
    rows: int = 0
    blank: int = 0
    rejected_rows: int = 0
    records: Counter[tuple[str, str]] = field(default_factory=Counter)
    rules: Counter[Broken] = field(default_factory=Counter)
    losses: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    finished: bool = False

    def settle(
        self, converted: Iterable[Converted], answers: Sequence[tuple[Outgoing, Receipt]]
    ) -> list[Finding]:
        """Count rows whose records are all answered; gives what is to be reported, by row."""
        findings: list[Finding] = []
        bad_rows: set[int] = set()
        for sent, receipt in answers:
            outcome = _OUTCOMES[receipt.status]
            self.records[sent.family.name, outcome] += 1
            findings.extend(_findings(sent, receipt))
            if outcome == REJECTED:
                bad_rows.add(sent.row)
        for row in converted:
            self.last_row = row.row
            self.rows += 1
            self.blank += not row.records and not row.findings
            self.losses.update((loss.column, loss.field, loss.reason) for loss in row.losses)
            findings.extend(row.findings)
            if row.findings:
                bad_rows.add(row.row)
        self.rejected_rows += len(bad_rows)
        self.rules.update(Broken(f.rule_id, f.severity, f.message) for f in findings)
        return sorted(findings, key=lambda finding: finding.row)

    def count(self, outcome: str) -> int:
        """Records of all families with this outcome."""
        return sum(n for (_, found), n in self.records.items() if found == outcome)

    def to_json(self) -> str:
        """As text, for the journal."""
        return json.dumps(
            {
                "last_row": self.last_row,
                "rows": self.rows,
                "blank": self.blank,
                "rejected_rows": self.rejected_rows,
                "finished": self.finished,
                "records": [[*key, n] for key, n in self.records.items()],
                "rules": [
                    [key.rule_id, key.severity, key.message, n] for key, n in self.rules.items()
                ],
                "losses": [[*key, n] for key, n in self.losses.items()],
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Tally:
        """The counts stored by `to_json`. Raises ValueError or KeyError when it is not that."""
        said = json.loads(text)
        tally = cls(
            last_row=int(said["last_row"]),
            rows=int(said["rows"]),
            blank=int(said["blank"]),
            rejected_rows=int(said["rejected_rows"]),
            finished=bool(said["finished"]),
        )
        for family, outcome, n in said["records"]:
            tally.records[family, outcome] = n
        for rule_id, severity, message, n in said["rules"]:
            tally.rules[Broken(rule_id, severity, message)] = n
        for column, name, reason, n in said["losses"]:
            tally.losses[column, name, reason] = n
        return tally


def _findings(sent: Outgoing, receipt: Receipt) -> list[Finding]:
    return [
        Finding(
            row=sent.row,
            label=sent.label,
            family=sent.family.name,
            severity=Severity.Name(problem.severity).removeprefix("SEVERITY_"),
            rule_id=problem.rule_id,
            field=problem.field_path.removeprefix("record."),
            message=problem.message,
        )
        for problem in receipt.problems
    ]
