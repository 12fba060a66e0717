"""An import from the first row to the last: read, convert, send, count, report, remember.

Rows go in windows. A window is settled when every record of it has a receipt; then its problems are
in the report and its last row is in the journal. A crash at any point costs at most one window that
is sent again, which changes nothing: the same revision with the same content counts once.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from gtms.interop.journal import Journal
from gtms.interop.report import Report
from gtms.interop.rows import Conversion, Converted, Finding, Outgoing
from gtms.interop.sending import Answering, Answers, Stamp
from gtms.interop.source import Layout, Row, SourceFile, rows
from gtms.interop.tally import Tally

WINDOW_ROWS = 4000
Watch = Callable[[int, Tally, Sequence[Finding]], None]


@dataclass(frozen=True, slots=True)
class Job:
    """What is imported and how. `journal` is None for a dry run, which leaves nothing behind."""

    source: SourceFile
    layout: Layout
    conversion: Conversion
    stamp: Stamp
    answering: Answering
    report: Report
    journal: Journal | None
    window_rows: int = WINDOW_ROWS


async def run(job: Job, tally: Tally, watch: Watch) -> None:
    """Go on behind `tally.last_row` to the end of the file; `tally` is right after every window.

    `watch` is told after each window how many bytes are read, the counts and the new findings.

    Raises:
        Unavailable: a service did not answer within its patience; what was settled is remembered.
        Refused: a service will not take this import, e.g. an unknown token.
        FileTrouble: the file cannot be read any further.
        OSError: the disk takes neither report nor journal.
    """
    for window in _windows(rows(job.source, job.layout, tally.last_row), job.window_rows):
        converted = [job.conversion.convert(row) for row in window]
        answers = await _send(job, converted)
        findings = tally.settle(converted, answers)
        _remember(job, tally, findings)
        watch(window[-1].position, tally, findings)
    tally.finished = True
    _remember(job, tally, ())


def _windows(all_rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    iterator = iter(all_rows)
    while window := list(islice(iterator, size)):
        yield window


async def _send(job: Job, converted: Sequence[Converted]) -> Answers:
    """Family by family, so that what is referred to goes before what refers to it."""
    answers: Answers = []
    for family in job.conversion.families:
        batch: list[Outgoing] = [
            outgoing for row in converted for outgoing in row.records if outgoing.family is family
        ]
        for outgoing in batch:
            job.stamp.put_on(outgoing)
        if batch:
            answers += await job.answering.answers(family, batch)
    return answers


def _remember(job: Job, tally: Tally, findings: Sequence[Finding]) -> None:
    job.report.add(findings)
    if job.journal is not None:
        job.journal.store(tally)
