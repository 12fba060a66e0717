"""The columns of a record family, read off its .proto: names, types, and how to fill them fast.

A field becomes a column of the same name; a message inside it becomes columns with its name in
front (``baseline_top_days_alcohol``); a repeated message becomes parallel arrays
(``other_substances_substance``). Codes are UInt8, dates Date32, ``optional`` fields Nullable.

Columns travel in plainer types than they are stored in (a date as its day number, "absent" as a
number no field can have), and columns in which nothing is set do not travel at all: what costs
time is work per value in the interpreter, so there is one call of C code per column and batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from operator import attrgetter
from types import MappingProxyType

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from gtms.events.plausible import FIRST_DAY, LAST_DAY, is_date

Values = Sequence[object]
Sink = MutableMapping[str, Values]
Read = Callable[[Sequence[Message], Sink], None]

_EPOCH_DAY = FIRST_DAY.replace(year=1970).toordinal()
_NO_DAY = -(2**31)
_ABSENT = -1

_SCALARS: Mapping[int, str] = MappingProxyType(
    {
        FieldDescriptor.TYPE_UINT32: "UInt32",
        FieldDescriptor.TYPE_FLOAT: "Float32",
        FieldDescriptor.TYPE_DOUBLE: "Float64",
        FieldDescriptor.TYPE_BOOL: "Bool",
        FieldDescriptor.TYPE_STRING: "String",
    }
)
_LENGTHS: Mapping[str, int] = MappingProxyType({"client_pseudonym": 32})
"""Strings that always have the same length; ClickHouse stores them without it."""


class UnreadableColumn(Exception):
    """Some record of the batch has a value that no table holds; the message names the field."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name and type in the table, how it travels and how it is turned back.

    `restore` makes the stored value of the travelling one; ``{}`` stands for the latter.
    """

    name: str
    type: str
    wire: str
    restore: str
    default: object


@dataclass(frozen=True, slots=True)
class Layout:
    """All columns of a message, and the function that fills those in which something is set."""

    columns: tuple[Column, ...]
    read: Read

    def named(self) -> dict[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}


@cache
def layout(descriptor: Descriptor) -> Layout:
    """The columns of this message type; raises TypeError for a field that has no column type."""
    parts = tuple(_field(field) for field in descriptor.fields)
    columns = tuple(chain.from_iterable(part.columns for part in parts))
    reads = tuple(part.read for part in parts)

    def read(messages: Sequence[Message], sink: Sink) -> None:
        for part in reads:
            part(messages, sink)

    return Layout(columns, read)


def _field(field: FieldDescriptor) -> Layout:
    if field.message_type is not None:
        return _repeated_message(field) if field.is_repeated else _message(field)
    if field.is_repeated:
        return _repeated(field)
    if field.enum_type is not None:
        return _code(field)
    if is_date(field):
        return _date(field)
    if field.type == FieldDescriptor.TYPE_STRING:
        return _string(field)
    return _optional_number(field) if field.has_presence else _number(field)


def _code(field: FieldDescriptor) -> Layout:
    get, known = attrgetter(field.name), _codes(field)
    name = field.name

    def read(messages: Sequence[Message], sink: Sink) -> None:
        codes = _packed(name, known, map(get, messages))
        if codes.count(0) != len(codes):
            sink[name] = codes

    return Layout((Column(name, "UInt8", "UInt8", "{}", 0),), read)


def _date(field: FieldDescriptor) -> Layout:
    get, name = attrgetter(field.name), field.name
    numbers = _day_numbers(_NO_DAY if field.has_presence else 0)
    column = (
        Column(name, "Nullable(Date32)", "Int32", f"toDate32(nullIf({{}}, {_NO_DAY}))", _NO_DAY)
        if field.has_presence
        else Column(name, "Date32", "Int32", "toDate32({})", 0)
    )

    def read(messages: Sequence[Message], sink: Sink) -> None:
        days = list(map(get, messages))
        if any(days):
            try:
                sink[name] = list(map(numbers.__getitem__, days))
            except KeyError:
                raise UnreadableColumn(name) from None

    return Layout((column,), read)


def _string(field: FieldDescriptor) -> Layout:
    get, name = attrgetter(field.name), field.name
    length = _LENGTHS.get(name)
    if length is not None:
        column = Column(name, f"FixedString({length})", f"FixedString({length})", "{}", "")
    elif field.has_presence:  # an empty string says no more than none does
        column = Column(name, "Nullable(String)", "String", "nullIf({}, '')", "")
    else:
        column = Column(name, "String", "String", "{}", "")

    def read(messages: Sequence[Message], sink: Sink) -> None:
        strings = list(map(get, messages))
        if any(strings):
            if length is not None and max(map(len, strings)) > length:
                raise UnreadableColumn(name)
            sink[name] = strings

    return Layout((column,), read)


def _number(field: FieldDescriptor) -> Layout:
    get, name = attrgetter(field.name), field.name
    kind = _SCALARS[field.type]

    def read(messages: Sequence[Message], sink: Sink) -> None:
        numbers = list(map(get, messages))
        if any(numbers):
            sink[name] = numbers

    return Layout((Column(name, kind, kind, "{}", 0),), read)


def _optional_number(field: FieldDescriptor) -> Layout:
    get, name = attrgetter(field.name), field.name
    column = _optional_column(name, _SCALARS[field.type])
    absent = column.default

    def read(messages: Sequence[Message], sink: Sink) -> None:
        # Zero is an answer and absent is none; only for a zero it must be asked which it is.
        numbers = [
            number or (number if message.HasField(name) else absent)
            for number, message in zip(map(get, messages), messages, strict=True)
        ]
        if numbers.count(absent) != len(numbers):
            sink[name] = numbers

    return Layout((column,), read)


def _optional_column(name: str, kind: str) -> Column:
    if kind.startswith("Float"):  # -1 may be a longitude
        return Column(name, f"Nullable({kind})", f"Nullable({kind})", "{}", None)
    wire = "Int8" if kind == "Bool" else "Int64"
    restore = f"CAST(nullIf({{}}, {_ABSENT}), 'Nullable({kind})')"
    return Column(name, f"Nullable({kind})", wire, restore, _ABSENT)


def _repeated(field: FieldDescriptor) -> Layout:
    get, name = attrgetter(field.name), field.name
    kind = "UInt8" if field.enum_type is not None else _SCALARS[field.type]
    known = _codes(field) if field.enum_type is not None else None

    def read(messages: Sequence[Message], sink: Sink) -> None:
        lists = list(map(list, map(get, messages)))
        if any(lists):
            if known is not None:
                _packed(name, known, chain.from_iterable(lists))
            sink[name] = lists

    return Layout((Column(name, f"Array({kind})", f"Array({kind})", "{}", []),), read)


def _message(field: FieldDescriptor) -> Layout:
    get, name = attrgetter(field.name), field.name
    inner = layout(field.message_type)
    columns = tuple(_prefixed(name, column) for column in inner.columns)
    defaults = {column.name: column.default for column in inner.columns}

    def read(messages: Sequence[Message], sink: Sink) -> None:
        places = [place for place, message in enumerate(messages) if message.HasField(name)]
        if not places:
            return
        found: dict[str, Values] = {}
        inner.read([get(messages[place]) for place in places], found)
        for column, values in found.items():
            spread = [defaults[column]] * len(messages)
            for place, value in zip(places, values, strict=True):
                spread[place] = value
            sink[f"{name}_{column}"] = spread

    return Layout(columns, read)


def _repeated_message(field: FieldDescriptor) -> Layout:
    get, name = attrgetter(field.name), field.name
    inner = layout(field.message_type)
    columns = tuple(_in_array(_prefixed(name, column)) for column in inner.columns)
    defaults = {column.name: column.default for column in inner.columns}

    def read(messages: Sequence[Message], sink: Sink) -> None:
        lengths = list(map(len, map(get, messages)))
        if not any(lengths):
            return
        flat = list(chain.from_iterable(map(get, messages)))
        found: dict[str, Values] = {}
        inner.read(flat, found)
        for column, default in defaults.items():  # parallel arrays: all of them, or lengths differ
            values = iter(found.get(column, (default,) * len(flat)))
            sink[f"{name}_{column}"] = [list(islice(values, length)) for length in lengths]

    return Layout(columns, read)


def _prefixed(name: str, column: Column) -> Column:
    return Column(
        f"{name}_{column.name}", column.type, column.wire, column.restore, column.default
    )


def _in_array(column: Column) -> Column:
    if column.type.startswith("Array("):
        raise TypeError(f"{column.name}: an array inside a repeated message has no column type")
    restore = "{}"
    if column.restore != "{}":
        restore = f"arrayMap(x -> {column.restore.format('x')}, {{}})"
    return Column(column.name, f"Array({column.type})", f"Array({column.wire})", restore, [])


def _codes(field: FieldDescriptor) -> bytes:
    return bytes(field.enum_type.values_by_number)


def _packed(name: str, known: bytes, codes: Iterator[int]) -> bytes:
    """The codes as bytes, each of them one of the `known`."""
    try:
        packed = bytes(list(codes))
    except ValueError:
        raise UnreadableColumn(name) from None
    if packed.translate(None, known):
        raise UnreadableColumn(name)
    return packed


@cache
def _day_numbers(none: int) -> Mapping[str, int]:
    """Days since 1970 of every date a record may have; `none` for the empty string."""
    first, last = FIRST_DAY.toordinal(), LAST_DAY.toordinal()
    days = {
        FIRST_DAY.fromordinal(day).isoformat(): day - _EPOCH_DAY for day in range(first, last + 1)
    }
    return {"": none, **days}
