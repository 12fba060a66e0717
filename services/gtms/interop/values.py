"""Text to field value: what a cell may hold for each type of field.

Codes are accepted as the number, the label of the code list or the full name in the schema
(`11`, `heroin`, `SUBSTANCE_HEROIN`); whole numbers also as `11.0`, which spreadsheets write.
"""

import math
import re
from collections.abc import Mapping
from functools import cache, lru_cache

from google.protobuf.descriptor import EnumDescriptor, FieldDescriptor

Value = int | float | str | bool

_TRUE = frozenset({"1", "true", "yes", "y"})
_FALSE = frozenset({"0", "false", "no", "n"})
_WHOLE = re.compile(r"([0-9]{1,10})(?:\.0*)?")
_UINT32 = (1 << 32) - 1


class Unreadable(Exception):
    """The text is no value of this field. `rule_id` is the rule a service would name."""

    def __init__(self, rule_id: str, message: str) -> None:
        super().__init__(message)
        self.rule_id = rule_id
        self.message = message


@cache
def labels(enum: EnumDescriptor) -> Mapping[str, int]:
    """Label of the code list → code, e.g. HEROIN → 11; without 0, which is never an answer."""
    prefix = enum.values_by_number[0].name.removesuffix("UNSPECIFIED")
    return {value.name.removeprefix(prefix): value.number for value in enum.values if value.number}


def read(field: FieldDescriptor, text: str, decimal_comma: bool = False) -> Value:
    """The value of one cell, which is not empty, for a field that is not a message.

    Raises:
        Unreadable: R006 for a code outside its list, R007 for a number that is none or too large.
    """
    if field.enum_type is not None:
        return _code(field.enum_type, text)
    if field.type == FieldDescriptor.TYPE_STRING:
        return text
    if field.type == FieldDescriptor.TYPE_BOOL:
        return _truth(text)
    if field.type in (FieldDescriptor.TYPE_FLOAT, FieldDescriptor.TYPE_DOUBLE):
        return _number(text, decimal_comma)
    return _count(text)


@lru_cache(maxsize=4096)
def _code(enum: EnumDescriptor, text: str) -> int:
    whole = _WHOLE.fullmatch(text)
    if whole:
        code = int(whole[1])
        if code in labels(enum).values():
            return code
    else:
        label = re.sub(r"[^A-Z0-9]+", "_", text.upper()).strip("_")
        prefix = enum.values_by_number[0].name.removesuffix("UNSPECIFIED")
        found = labels(enum).get(label) or labels(enum).get(label.removeprefix(prefix))
        if found is not None:
            return found
    raise Unreadable("R006", f"not a code of the list {enum.name}")


def _truth(text: str) -> bool:
    word = text.casefold()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise Unreadable("R006", "must be true or false")


def _count(text: str) -> int:
    whole = _WHOLE.fullmatch(text)
    if whole is None or int(whole[1]) > _UINT32:
        raise Unreadable("R007", "must be a whole number, 0 or more")
    return int(whole[1])


def _number(text: str, decimal_comma: bool) -> float:
    if decimal_comma and text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Unreadable("R007", "must be a number")
    return number
