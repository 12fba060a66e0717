"""Values that no table can hold and no rule allows, whatever the family: found at little cost.

Validation has the rules; this is the last look at an event that may have been written by anything.
It runs for every event, so each message type is turned once into attribute getters that do their
work outside the interpreter's loop.
"""

from collections.abc import Callable, Container, Iterable
from datetime import date, timedelta
from functools import cache
from math import isfinite
from operator import attrgetter, contains
from typing import cast

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message

from gtms.events.failures import InvalidRecord

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2100, 12, 31)
YEARS = range(FIRST_DAY.year, LAST_DAY.year + 1)
_DATES_BY_NAME = frozenset({"valid_from", "valid_to", "next_assessment_due"})
_FLOATS = (FieldDescriptor.TYPE_DOUBLE, FieldDescriptor.TYPE_FLOAT)
Check = Callable[[Message], None]


def check_values(record: Message) -> None:
    """Look at every date, code and decimal of a record message.

    Raises:
        InvalidRecord: a date or a year outside 1900–2100, a date not written YYYY-MM-DD, a number
            that is no code of its list, a decimal that is no finite number; the reason names the
            field.
    """
    _checker(record.DESCRIPTOR)(record)


def is_date(field: FieldDescriptor) -> bool:
    """Dates are strings YYYY-MM-DD; their names tell."""
    return field.type == FieldDescriptor.TYPE_STRING and (
        field.name.endswith("_date") or field.name in _DATES_BY_NAME
    )


def is_year(field: FieldDescriptor) -> bool:
    """Years that a record is about are numbers; their name tells."""
    return field.type == FieldDescriptor.TYPE_UINT32 and field.name == "year"


@cache
def _checker(descriptor: Descriptor) -> Check:
    single = [field for field in descriptor.fields if not field.is_repeated]
    checks = [
        *_single(single, is_date, lambda _: _days()),
        *_single(single, is_year, lambda _: YEARS),
        *_single(single, lambda field: field.enum_type is not None, _codes),
        *_finite([field.name for field in single if field.type in _FLOATS]),
        *map(_repeated, filter(_needs_look, (f for f in descriptor.fields if f.is_repeated))),
        *map(_nested, filter(_needs_look, (f for f in single if f.message_type))),
    ]

    def check(message: Message) -> None:
        for part in checks:
            part(message)

    return check


@cache
def _days() -> frozenset[str]:
    count = (LAST_DAY - FIRST_DAY).days + 1
    return frozenset({"", *((FIRST_DAY + timedelta(n)).isoformat() for n in range(count))})


def _codes(field: FieldDescriptor) -> frozenset[int]:
    return frozenset(field.enum_type.values_by_number if field.enum_type else ())


def _single(
    fields: Iterable[FieldDescriptor],
    belongs: Callable[[FieldDescriptor], bool],
    allowed: Callable[[FieldDescriptor], Container[object]],
) -> list[Check]:
    """One check for all fields of a kind: each value must be in its field's container."""
    chosen = [field for field in fields if belongs(field)]
    if not chosen:
        return []
    names = [field.name for field in chosen]
    containers = [allowed(field) for field in chosen]
    values_of = attrgetter(*names, names[0])  # of one name alone it would not give a tuple

    def check(message: Message) -> None:
        values = values_of(message)
        if not all(map(contains, containers, values)):
            wrong = next(
                name
                for name, container, value in zip(names, containers, values, strict=False)
                if value not in container
            )
            raise InvalidRecord(f"{wrong} has a value outside its range or code list")

    return [check]


def _finite(names: list[str]) -> list[Check]:
    """One check for all decimals: a sum is finite only when every part of it is."""
    if not names:
        return []
    values_of = attrgetter(*names, names[0])

    def check(message: Message) -> None:
        if not isfinite(sum(values_of(message))):
            raise InvalidRecord(f"{' or '.join(names)} is no finite number")

    return [check]


def _needs_look(field: FieldDescriptor) -> bool:
    if field.message_type is not None:
        return not field.message_type.full_name.startswith("google.protobuf.")
    return field.enum_type is not None


def _repeated(field: FieldDescriptor) -> Check:
    name = field.name
    if field.message_type is not None:
        inner = _checker(field.message_type)

        def check_messages(message: Message) -> None:
            for item in getattr(message, name):
                inner(item)

        return check_messages
    codes = _codes(field)

    def check_codes(message: Message) -> None:
        if not codes.issuperset(getattr(message, name)):
            raise InvalidRecord(f"{name} has a value outside its code list")

    return check_codes


def _nested(field: FieldDescriptor) -> Check:
    name = field.name
    inner = _checker(cast("Descriptor", field.message_type))

    def check(message: Message) -> None:
        if message.HasField(name):
            inner(getattr(message, name))

    return check
