"""The report of an import: a CSV with one line per problem, safe to open in a spreadsheet.

It names row, record, rule and field, never a value. A text that a spreadsheet would take for a
formula gets an apostrophe in front.
"""

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from gtms.interop.rows import Finding
from gtms.interop.source import FileTrouble

HEADER = ("row", "record", "family", "severity", "rule", "field", "message")
_FORMULA = ("=", "+", "-", "@")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def harmless(text: str) -> str:
    """The text without control characters, and not to be taken for a formula."""
    plain = _CONTROL.sub(" ", text)
    return f"'{plain}" if plain.lstrip().startswith(_FORMULA) else plain


class Report:
    """Writes the report while the import runs; `more` adds to one that was begun before."""

    def __init__(self, path: Path | None, source: Path, more: bool = False) -> None:
        if path is not None:
            _check(path, source)
        self._path = path
        self._more = more and path is not None and path.exists() and path.stat().st_size > 0
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        if self._path is not None:
            mode = "a" if self._more else "w"
            try:
                file = self._path.open(mode, encoding="utf-8", newline="")
            except OSError as error:
                raise FileTrouble(f"{self._path}: {error.strerror}") from None
            if not self._more:
                csv.writer(file).writerow(HEADER)
            self._file = file
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, findings: Iterable[Finding]) -> None:
        """Write them, and let them reach the disk."""
        if self._file is None:
            return
        csv.writer(self._file).writerows(
            (
                finding.row,
                harmless(finding.label),
                finding.family,
                finding.severity,
                finding.rule_id,
                harmless(finding.field),
                harmless(finding.message),
            )
            for finding in findings
        )
        self._file.flush()


def _check(path: Path, source: Path) -> None:
    """A report never replaces anything but a report."""
    if path.is_dir():
        raise FileTrouble(f"{path}: the report must be a file, not a folder")
    if not path.exists():
        return
    if path.samefile(source):
        raise FileTrouble(f"{path}: the report would replace the file to import")
    with path.open("rb") as file:
        first = file.read(len(",".join(HEADER)))
    if first and first != ",".join(HEADER).encode():
        raise FileTrouble(f"{path}: exists and is no import report; name another file")
