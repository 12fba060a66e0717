"""The CSV template of a family: one column per field of the schema, one row per record.

Two columns of the envelope may stand beside them: `record_version` (1 unless said) and `operation`
(UPSERT unless said; for RETRACT only the key is read).
"""

import csv
import difflib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TextIO, cast

from google.protobuf.descriptor import Descriptor

from gtms.events.envelope import RecordMessage
from gtms.families import FAMILIES, Family
from gtms.interop.columns import LIST_SEPARATOR, Column, column, place, template_columns
from gtms.interop.rows import Converted, Finding, Outgoing
from gtms.interop.source import FileTrouble, Layout, Row
from gtms.interop.values import Unreadable, Value, read
from gtms.records.validation import validate
from treatment.common.v1.codes_pb2 import RecordOp
from treatment.common.v1.envelope_pb2 import Envelope

VERSION, OPERATION = "record_version", "operation"
_ENVELOPE = Envelope.DESCRIPTOR.fields_by_name
_LONGEST_LABEL = 120


def record_fields(family: Family) -> Descriptor:
    """The message of the record itself, inside the message that travels."""
    inside = family.record_type.DESCRIPTOR.fields_by_name["record"].message_type
    return cast("Descriptor", inside)


def header(family: Family) -> list[str]:
    """The column names of the template."""
    named = [found.name for found in template_columns(record_fields(family))]
    return [*named, VERSION, OPERATION]


def write_template(family: Family, file: TextIO) -> None:
    """Write the header line."""
    csv.writer(file, lineterminator="\n").writerow(header(family))


@cache
def mandatory(family_name: str) -> frozenset[str]:
    """The fields that every record must have: what the rules say about an empty one (R001)."""
    empty = cast("RecordMessage", FAMILIES[family_name].record_type())
    empty.record.SetInParent()
    paths = (
        problem.field_path.removeprefix("record.")
        for problem in validate(empty).errors
        if problem.rule_id == "R001"
    )
    return frozenset(path for path in paths if path and not path.startswith("envelope"))


def knows(family: Family, name: str) -> bool:
    """Whether this is the name of a column of the family."""
    name = _plain(name)
    return name in (VERSION, OPERATION) or column(record_fields(family), name) is not None


class TemplateConversion:
    """Converts the rows of one file that has the columns of a family."""

    def __init__(self, family: Family, layout: Layout, revision: int = 1) -> None:
        self._family = family
        self._revision = revision
        self._decimal_comma = layout.separator == ";"
        names = [_plain(name) for name in layout.names]
        _check_names(family, layout.names, names)
        fields = record_fields(family)
        self._columns = [
            (at, found)
            for at, name in enumerate(names)
            if (found := column(fields, name)) is not None
        ]
        self._envelope = {name: names.index(name) for name in (VERSION, OPERATION) if name in names}
        self._key = {name: names.index(name) for name in family.key_fields if name in names}
        self._shown = [at for name, at in self._key.items() if not name.endswith("pseudonym")]

    @property
    def families(self) -> Sequence[Family]:
        """The one family."""
        return [self._family]

    @property
    def notes(self) -> Sequence[str]:
        """Nothing: every column is used."""
        return []

    def convert(self, row: Row) -> Converted:
        """The record of one row, or why the row is none."""
        if row.broken:
            broken = Finding(row.number, "", self._family.name, "ERROR", "FORMAT", "", row.broken)
            return Converted(row.number, findings=[broken])
        cells = [cell.strip() for cell in row.cells]
        label = "/".join(cells[at] for at in self._shown)[:_LONGEST_LABEL]
        record = cast("RecordMessage", self._family.record_type())
        problems = [
            Finding(row.number, label, self._family.name, "ERROR", why.rule_id, name, why.message)
            for name, why in self._fill(record, cells)
        ]
        if problems:
            return Converted(row.number, findings=problems)
        return Converted(row.number, [Outgoing(row.number, self._family, record, label)])

    def _fill(self, record: RecordMessage, cells: list[str]) -> list[tuple[str, Unreadable]]:
        problems = []
        said: dict[str, Value] = {VERSION: self._revision, OPERATION: RecordOp.RECORD_OP_UPSERT}
        for name, at in self._envelope.items():
            try:
                said[name] = read(_ENVELOPE[name], cells[at]) if cells[at] else said[name]
            except Unreadable as why:
                problems.append((name, why))
        record.envelope.record_version = int(said[VERSION])
        record.envelope.operation = RecordOp.ValueType(int(said[OPERATION]))
        if record.envelope.operation == RecordOp.RECORD_OP_RETRACT:
            return problems + self._fill_key(record, cells)
        return problems + self._fill_content(record, cells)

    def _fill_key(self, record: RecordMessage, cells: list[str]) -> list[tuple[str, Unreadable]]:
        problems = []
        record.retraction.SetInParent()
        fields = record.retraction.DESCRIPTOR.fields_by_name
        for name, at in self._key.items():
            if cells[at]:
                try:
                    setattr(record.retraction, name, read(fields[name], cells[at]))
                except Unreadable as why:
                    problems.append((name, why))
        return problems

    def _fill_content(
        self, record: RecordMessage, cells: list[str]
    ) -> list[tuple[str, Unreadable]]:
        problems = []
        record.record.SetInParent()
        for at, found in self._columns:
            if cells[at]:
                try:
                    place(record.record, found, self._value(found, cells[at]))
                except Unreadable as why:
                    problems.append((found.name, why))
        return problems

    def _value(self, found: Column, cell: str) -> Value | list[Value]:
        if not found.repeated:
            return read(found.field, cell, self._decimal_comma)
        parts = (part.strip() for part in cell.split(LIST_SEPARATOR))
        return [read(found.field, part, self._decimal_comma) for part in parts if part]


def _plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "_")


def _check_names(family: Family, said: Sequence[str], names: Sequence[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise FileTrouble(f"the column {twice[0]!r} is there twice")
    strange = [shown for shown, name in zip(said, names, strict=True) if not knows(family, name)]
    if strange:
        raise FileTrouble(_strange(family, strange))
    roots = {name.split(".")[0] for name in names}
    missing = [name for name in family.key_fields if name not in roots | family.key_may_lack]
    missing += sorted(mandatory(family.name) - roots - set(missing))
    if missing:
        raise FileTrouble(
            f"no column {', '.join(missing)}: every record of the family {family.name} has it"
        )


def _strange(family: Family, names: Sequence[str]) -> str:
    known = header(family)
    close: Mapping[str, list[str]] = {
        name: difflib.get_close_matches(_plain(name), known, 1) for name in names
    }
    shown = ", ".join(
        f"{name!r} (did you mean {close[name][0]!r}?)" if close[name] else repr(name)
        for name in names[:5]
    )
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return f"no column of the family {family.name}: {shown}{more}; see `gtms import template`"
