"""Tables drawn with spaces: a line of column names, then a line per row; `#` begins a note.

person  start       sex
ann     2025-01-10  FEMALE
ben     2025-02-01  -       # an answer that is not there
# a line that is only a note goes on about the row above it
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

NOTHING = "-"
"""Drawn where a row says nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """The words of a row by column, without those that it does not say."""

    columns: tuple[str, ...]
    words: Mapping[str, str]
    note: str


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def drawn(text: str) -> Table:
    """The table that is drawn; of an empty text an empty one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return Table((), ())
    columns = tuple(lines[0].split())
    rows: list[Row] = []
    for line in lines[1:]:
        said, _, note = (part.strip() for part in line.partition("#"))
        if said:
            rows.append(Row(columns, _words(columns, said), note))
        else:
            rows[-1] = replace(rows[-1], note=f"{rows[-1].note} {note}".strip())
    return Table(columns, tuple(rows))


def _words(columns: tuple[str, ...], said: str) -> dict[str, str]:
    words = said.split()
    assert len(words) == len(columns), f"{len(columns)} columns, but: {said}"
    return {name: word for name, word in zip(columns, words, strict=True) if word != NOTHING}
