"""Columns and the fields behind them: one notation for CSV headers and for mappings.

A field of a message inside goes behind a dot (`baseline_top.days_alcohol`); messages that repeat
are numbered from 1 (`other_substances.1.substance`); plain values that repeat share one cell,
separated by `|` (`WITHDRAWAL_MANAGEMENT|OAT_METHADONE`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from gtms.interop.values import Value

LIST_SEPARATOR = "|"
MOST_REPEATS = 500
_POSITION = re.compile("[1-9][0-9]{0,2}")
# How many numbered groups a template shows; more are accepted where the schema allows more.
SHOWN: Mapping[str, int] = MappingProxyType(
    {"other_substances": 4, "injecting_by_substance": 6, "criteria": 10}
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `steps` lead from the record to the message that has `field`.

    `leaf` is the name of that field; `repeated` tells whether the cell holds a list.
    """

    name: str
    steps: tuple[tuple[str, int | None], ...]
    field: FieldDescriptor
    leaf: str
    repeated: bool


def template_columns(message: Descriptor) -> tuple[Column, ...]:
    """All columns of a record's message, in the order of the schema."""
    return tuple(_walk(message, "", ()))


def _walk(
    message: Descriptor, prefix: str, steps: tuple[tuple[str, int | None], ...]
) -> Iterator[Column]:
    for field in message.fields:
        name = f"{prefix}{field.name}"
        if field.message_type is None:
            yield _end(name, steps, field)
        elif not field.is_repeated:
            yield from _walk(field.message_type, f"{name}.", (*steps, (field.name, None)))
        else:
            for index in range(SHOWN[field.name]):
                inner = (*steps, (field.name, index))
                yield from _walk(field.message_type, f"{name}.{index + 1}.", inner)


def _end(name: str, steps: tuple[tuple[str, int | None], ...], field: FieldDescriptor) -> Column:
    return Column(name, steps, field, field.name, field.is_repeated)


def column(message: Descriptor, name: str) -> Column | None:
    """The column with this name, or None when the message has no such field."""
    steps: list[tuple[str, int | None]] = []
    parts = name.split(".")
    at: Descriptor = message
    while parts:
        field = at.fields_by_name.get(parts.pop(0))
        if field is None or (field.message_type is None) != (not parts):
            return None
        if field.message_type is None:
            return _end(name, tuple(steps), field)
        index = _index(parts) if field.is_repeated else None
        if field.is_repeated and index is None:
            return None
        steps.append((field.name, index))
        at = field.message_type
    return None


def _index(parts: list[str]) -> int | None:
    number = parts.pop(0) if parts else ""
    if not _POSITION.fullmatch(number) or int(number) > MOST_REPEATS:
        return None
    return int(number) - 1


def place(message: Message, target: Column, value: Value | Sequence[Value]) -> None:
    """Put a value, or the values of a repeated field, where the column says."""
    for name, index in target.steps:
        inside = getattr(message, name)
        if index is None:
            message = inside
            continue
        while len(inside) <= index:
            inside.add()
        message = inside[index]
    if target.repeated:
        getattr(message, target.leaf).extend(value)
    else:
        setattr(message, target.leaf, value)
