"""The columns of a record family, read off its .proto: names, types, and what may be in them.

A field becomes a column of the same name; a message inside it becomes columns with its name in
front (``baseline_top_days_alcohol``); a repeated message becomes parallel arrays
(``other_substances_substance``). Codes are UInt8, dates Date32, ``optional`` fields Nullable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from google.protobuf.descriptor import Descriptor, FieldDescriptor

from gtms.events.plausible import FIRST_DAY, LAST_DAY, YEARS, is_date

_SCALARS: Mapping[int, str] = MappingProxyType(
    {
        FieldDescriptor.TYPE_UINT32: "UInt32",
        FieldDescriptor.TYPE_FLOAT: "Float32",
        FieldDescriptor.TYPE_DOUBLE: "Float64",
        FieldDescriptor.TYPE_BOOL: "Bool",
        FieldDescriptor.TYPE_STRING: "String",
    }
)
_FIXED: Mapping[str, int] = MappingProxyType({"client_pseudonym": 32})
"""Strings of one length, in bytes; ClickHouse stores them without it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name and type in the table, and the codes it may have if it has codes."""

    name: str
    type: str
    codes: tuple[int, ...] = ()

    @property
    def sent_as(self) -> str:
        """The type it is read as from a message: of a date it must be seen how it is written."""
        return self.type.replace("Date32", "String")

    def stored(self, sent: str) -> str:
        """SQL for what is stored, given the SQL of what was sent."""
        if "Date32" not in self.type:
            return sent
        return (
            f"toDate32OrNull({sent})" if self.type.startswith("Nullable") else f"toDate32({sent})"
        )

    def doubt(self, sent: str) -> str | None:
        """SQL that is true of what no record may have; None where its type admits nothing bad."""
        many = self.type.startswith("Array(")
        if self.codes:
            known = ", ".join(map(str, self.codes))
            return f"NOT hasAll([{known}], {sent})" if many else f"{sent} NOT IN ({known})"
        if self.name == "year":
            return f"{sent} NOT BETWEEN {YEARS.start} AND {YEARS.stop - 1}"
        if "Date32" in self.type:
            return _doubt_of_date(f"ifNull({sent}, '')")
        if "Float" in self.type:
            return f"NOT isFinite(assumeNotNull({sent}))"
        return None


def content_of(record: Descriptor) -> Descriptor:
    """The message with the fields of a family, inside the record message that travels."""
    return message_of(record.fields_by_name["record"])


def message_of(field: FieldDescriptor) -> Descriptor:
    """The type of message that the field holds; raises TypeError when it holds none."""
    if field.message_type is None:
        raise TypeError(f"{field.full_name} is no message")
    return field.message_type


def columns(descriptor: Descriptor) -> Iterator[Column]:
    """The columns of this message type; raises TypeError for a field that has no column type."""
    for field in descriptor.fields:
        if field.message_type is None:
            yield _column(field)
            continue
        for inner in columns(message_of(field)):
            kind = _array(inner.type) if field.is_repeated else inner.type
            if kind != inner.type and ("Date32" in kind or "Float" in kind):
                raise TypeError(f"{field.full_name}: no check for {kind} is written yet")
            yield Column(f"{field.name}_{inner.name}", kind, inner.codes)


def _doubt_of_date(text: str) -> str:
    outside = f"{text} < '{FIRST_DAY}' OR {text} > '{LAST_DAY}'"
    return f"({text} != '' AND (toString(toDate32OrZero({text})) != {text} OR {outside}))"


def _column(field: FieldDescriptor) -> Column:
    if field.enum_type is not None:
        kind, codes = "UInt8", tuple(sorted(field.enum_type.values_by_number))
    else:
        kind, codes = _type(field), ()
    if field.is_repeated:
        kind = _array(kind)
    elif field.has_presence:
        kind = f"Nullable({kind})"
    return Column(field.name, kind, codes)


def _type(field: FieldDescriptor) -> str:
    if is_date(field):
        return "Date32"
    if field.name in _FIXED:
        return f"FixedString({_FIXED[field.name]})"
    try:
        return _SCALARS[field.type]
    except KeyError:
        raise TypeError(f"{field.full_name}: this type of field has no type of column") from None


def _array(kind: str) -> str:
    if kind.startswith("Array("):
        raise TypeError("an array inside a repeated message has no type of column")
    return f"Array({kind})"
