"""What an import did, told at its end: records by family, problems by rule, what got lost."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from gtms.interop.report import harmless
from gtms.interop.rows import Finding
from gtms.interop.tally import ACCEPTED, FLAGGED, REJECTED, Tally

SHOWN_FINDINGS = 5
SHOWN_LOSSES = 12


def show(console: Console, tally: Tally, dry_run: bool) -> None:
    """Print the summary."""
    families = sorted({family for family, _ in tally.records})
    table = Table("records", "accepted", "with flags", "rejected", box=None)
    for family in families:
        counts = (tally.records[family, found] for found in (ACCEPTED, FLAGGED, REJECTED))
        table.add_row(family, *(f"{count:,}" for count in counts))
    if families:
        console.print(table)
    _show_rules(console, tally)
    _show_losses(console, tally)
    blank = f", {tally.blank:,} with nothing in them" if tally.blank else ""
    what = "checked, nothing was stored" if dry_run else "settled"
    console.print(f"{tally.rows:,} rows {what}: {tally.rejected_rows:,} rejected{blank}.")


def _show_rules(console: Console, tally: Tally) -> None:
    if not tally.rules:
        return
    table = Table("rule", "severity", "times", "what", box=None)
    for rule, times in tally.rules.most_common():
        table.add_row(rule.rule_id, rule.severity, f"{times:,}", rule.message)
    console.print(table)


def _show_losses(console: Console, tally: Tally) -> None:
    if not tally.losses:
        return
    table = Table("lost from", "in field", "rows", "what", box=None)
    for (column, field, reason), times in tally.losses.most_common(SHOWN_LOSSES):
        table.add_row(column, field, f"{times:,}", reason)
    console.print(table)
    more = len(tally.losses) - SHOWN_LOSSES
    if more > 0:
        console.print(
            f"… and {more} more kinds of loss; `gtms import mapping NAME` lists them all."
        )


def show_first_findings(console: Console, findings: Sequence[Finding], report: Path | None) -> None:
    """The first problems, when there is no report to look into."""
    if report is not None or not findings:
        return
    for finding in findings[:SHOWN_FINDINGS]:
        where = " ".join(part for part in (finding.label, finding.field) if part)
        console.print(
            f"row {finding.row}: {harmless(where)}: {finding.rule_id} {finding.message}",
            markup=False,
        )
    console.print("Each problem of each row: --report report.csv")
