"""Rows of a CSV file, or lines of a pipe, with pseudonyms in place of identities.

No identity is in any message: what is wrong is said by line and column.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gtms.privacy.identities import PARTS, Identity, Unreadable
from gtms.privacy.keys import Key
from gtms.privacy.pseudonyms import EPISODE_ONLY, Pseudonym, Subject, pseudonym
from gtms.trouble import Trouble

KEPT = frozenset({"sex"})
"""Parts that a record has too, so that their columns stay."""

ADDED: Mapping[Subject, Sequence[str]] = {
    Subject.CLIENT: ("client_pseudonym", "linkage_level", "linkage_algo"),
    Subject.PARTICIPANT: ("participant_pseudonym",),
}
"""Columns that a file gets, named as the fields of the record."""

MAPPING = ("old_pseudonym", "old_algo", "new_pseudonym", "new_algo", "linkage_level")


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the pseudonyms of one key and form."""

    key: Key
    form: str

    def of(self, identity: Identity) -> Pseudonym:
        """The pseudonym; raises Unreadable."""
        return pseudonym(self.key.secret, self.key.algorithm(self.form), identity)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file: where it begins, counted from 1, its cells and the identity in them."""

    line: int
    cells: Sequence[str]
    identity: Identity


def decoded(lines: Iterable[bytes]) -> Iterator[str]:
    """The lines of a UTF-8 file, with or without a byte order mark.

    Raises:
        Trouble: a line is not UTF-8.
    """
    for number, line in enumerate(lines, 1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise Trouble(f"line {number}: is not UTF-8") from None


class Table:
    """The rows of a CSV file that has a header line.

    Args:
        names: what the file calls a part of the identity, if not by its own name.
        drop: further columns that must not go on.

    Raises (also while it is read):
        Trouble: a column is missing or there twice, a row is not as long as the header or not CSV.
    """

    def __init__(
        self, lines: Iterable[str], names: Mapping[str, str], drop: Sequence[str], delimiter: str
    ) -> None:
        self._reader = csv.reader(lines, delimiter=delimiter, strict=True)
        self.header: Sequence[str] = self._next() or ()
        self._at = self._parts(names)
        for column in drop:
            self._place(column)
        gone = {names.get(part, part) for part in PARTS if part not in KEPT} | set(drop)
        self._kept = [at for at, name in enumerate(self.header) if name not in gone]

    def rows(self) -> Iterator[Row]:
        """Every row that is not empty."""
        line = self._reader.line_num + 1
        while (cells := self._next()) is not None:
            if cells and len(cells) != len(self.header):
                raise Trouble(f"line {line}: {len(cells)} cells, the header has {len(self.header)}")
            if cells:
                said = {part: cells[at] for part, at in self._at.items()}
                yield Row(line, cells, Identity(**said))
            line = self._reader.line_num + 1

    def column(self, part: str) -> str:
        """What the file calls a part of the identity."""
        return self.header[self._at[part]]

    def kept(self, cells: Sequence[str]) -> list[str]:
        """The cells of a row, or the header, without those that identify."""
        return [cells[at] for at in self._kept]

    def _next(self) -> list[str] | None:
        try:
            return next(self._reader, None)
        except csv.Error:
            raise Trouble(f"line {self._reader.line_num}: is not CSV") from None

    def _parts(self, names: Mapping[str, str]) -> Mapping[str, int]:
        unknown = sorted(set(names) - set(PARTS))
        if unknown:
            raise Trouble(f"{unknown[0]} is no part of an identity: {', '.join(PARTS)}")
        for part in names:
            self._place(names[part])
        found = {part: names.get(part, part) for part in PARTS}
        at = {part: self._place(name) for part, name in found.items() if name in self.header}
        if not set(at) - KEPT:
            raise Trouble(f"line 1: no column of an identity: {', '.join(PARTS)}")
        return at

    def _place(self, column: str) -> int:
        times = list(self.header).count(column)
        if times != 1:
            raise Trouble(f"line 1: column {column} is there {times} times instead of once")
        return list(self.header).index(column)


def pseudonymised(table: Table, maker: Maker, levels: Counter[int]) -> Iterator[Sequence[str]]:
    """Header and rows with pseudonyms, without what identifies; `levels` counts as it goes.

    Raises:
        Trouble: as `Table`; a column of its own is there already; a part cannot be read.
    """
    added = ADDED[maker.key.subject]
    header = table.kept(table.header)
    twice = [name for name in added if name in header]
    if twice:
        raise Trouble(f"line 1: column {twice[0]} is there already")
    yield [*header, *added]
    for row in table.rows():
        made = _made(table, row, maker)
        levels[made.linkage_level] += 1
        answer = (made.value, str(made.linkage_level), made.algo_id)
        yield [*table.kept(row.cells), *answer[: len(added)]]


def mapping(table: Table, old: Maker, new: Maker) -> Iterator[Sequence[str]]:
    """Which new pseudonym stands for which old one: a header, then each pair once, by the old one.

    The order is that of random-looking digits, so it says nothing of the file. A key of fillers
    belongs to nobody and is left out.

    Raises:
        Trouble: as `Table`; a part cannot be read; the two make the same pseudonyms.
    """
    if old.key.subject is not new.key.subject:
        raise Trouble("one key is for people in treatment, the other for participants of trainings")
    if old.key.algorithm(old.form) == new.key.algorithm(new.form):
        raise Trouble(
            "both are the same algorithm: a new key is made with keygen --number, one more than "
            "the old key's"
        )
    pairs = set()
    for row in table.rows():
        before, after = _made(table, row, old), _made(table, row, new)
        level = max(before.linkage_level, after.linkage_level)
        if level < EPISODE_ONLY:
            pairs.add((before.value, before.algo_id, after.value, after.algo_id, str(level)))
    yield MAPPING
    yield from sorted(pairs)


def _made(table: Table, row: Row, maker: Maker) -> Pseudonym:
    try:
        return maker.of(row.identity)
    except Unreadable as wrong:
        column = table.column(wrong.part)
        raise Trouble(f"line {row.line}, column {column}: {wrong.why}") from None
