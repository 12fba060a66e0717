"""What the conditions of the catalogue say of single columns: sets of codes.

A count of women and the cell `sex=FEMALE` are the same number, however each is written; so are
people younger than 18 and the sum of the age bands below. Conditions are reduced to codes of
columns as far as they say something of one column at a time; the rest stays as it is written.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from gtms.indicators.definition import Dimension, Population

Codes: TypeAlias = int
"""A set of codes as a number with a bit for each: fast to compare and to cut."""

_EVERY = range(-1, 121)
"""What columns are taken to hold: all codes of all lists, ages, and -1 for whatever else."""
DOMAIN: Codes = (1 << len(_EVERY)) - 1
_ALSO = {"first_time": "history = 1"}
"""Columns that say what a code of a dimension's column says."""
_BETWEEN = re.compile(r"(\w+) BETWEEN (\d+) AND (\d+)")
_EQUALS = re.compile(r"(?<![<>!=])=(?!=)")
_WORDS = (("NOT IN", "not in"), (" IN ", " in "), ("AND", "and"), ("OR", "or"), ("NOT", "not"))


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold for a row to be counted.

    `codes` that columns may have; `rest`: what is said beside them, as written.
    """

    codes: Mapping[str, Codes]
    rest: frozenset[str]


def codes(numbers: Iterable[int]) -> Codes:
    """The set of some codes."""
    return sum(1 << number - _EVERY.start for number in set(numbers))


@cache
def column_of(dimension: Dimension) -> str:
    """The column that a dimension is made of: `age` of `age_band`."""
    (column,) = _names(_parsed(dimension.code))
    return column


@cache
def labelled(population: Population, name: str) -> Mapping[str, Codes] | None:
    """The codes behind each label of a dimension; None when a label is its own code."""
    dimension = next(one for one in population.dimensions if one.name == name)
    if dimension.labels is None:
        return None
    if name in population.sets:
        return {label: codes([code]) for code, label in dimension.labels.items()}
    column, tree = column_of(dimension), _parsed(dimension.code)
    found: dict[str, set[int]] = {}
    for code in _EVERY:
        value = _value(tree, {column: code})
        found.setdefault(dimension.labels.get(value, dimension.unknown), set()).add(code)
    return {label: codes(numbers) for label, numbers in found.items()}


@cache
def condition(population: Population, text: str) -> Condition:
    """A condition of the catalogue, reduced to codes as far as it goes."""
    found: dict[str, Codes] = {}
    rest: set[str] = set()
    for conjunct in _conjuncts(_parsed(_ALSO.get(text, text))):
        names = _names(conjunct)
        if len(names) == 1 and _is_plain(conjunct) and not names & population.sets:
            (column,) = names
            found[column] = found.get(column, DOMAIN) & _where(conjunct, column)
        elif ast.unparse(conjunct) != "1":
            rest.add(ast.unparse(conjunct))
    return Condition(found, frozenset(rest))


def _where(conjunct: ast.expr, column: str) -> Codes:
    """The codes of the column for which a condition over it alone holds."""
    match conjunct:
        case ast.Name():
            return codes([1])
        case ast.UnaryOp(op=ast.Not(), operand=ast.Name()):
            return DOMAIN & ~codes([1])
        case _:
            return codes(one for one in _EVERY if _value(conjunct, {column: one}))


@cache
def _parsed(sql: str) -> ast.expr:
    text = _BETWEEN.sub(r"(\2 <= \1 <= \3)", sql)
    for theirs, ours in _WORDS:
        text = re.sub(rf"\b{theirs}\b" if theirs.strip() == theirs else theirs, ours, text)
    text = _EQUALS.sub("==", re.sub(r"\bif\(", "if_(", text))
    return ast.parse(text, mode="eval").body


def _conjuncts(tree: ast.expr) -> list[ast.expr]:
    match tree:
        case ast.BoolOp(op=ast.And(), values=values):
            return [one for value in values for one in _conjuncts(value)]
        case _:
            return [tree]


def _names(tree: ast.expr) -> set[str]:
    called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node not in called}


def _is_plain(tree: ast.expr) -> bool:
    """Whether it compares with codes or is a truth, rather than a function's."""
    return all(
        node.value in _EVERY if isinstance(node, ast.Constant) else not isinstance(node, ast.Call)
        for node in ast.walk(tree)
    )


def _value(tree: ast.expr, row: Mapping[str, int]) -> int:
    """The value of an expression over one row, as ClickHouse computes it."""
    match tree:
        case ast.Constant(value=int(value)):
            return value
        case ast.Name(id=name):
            return row[name]
        case ast.BoolOp(op=op, values=values):
            truths = (bool(_value(one, row)) for one in values)
            return int(all(truths) if isinstance(op, ast.And) else any(truths))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return int(not _value(operand, row))
        case ast.Compare(left=left, ops=ops, comparators=others):
            return int(_compared(left, ops, others, row))
        case ast.Call(func=ast.Name(id="multiIf"), args=args):
            for test, result in zip(args[:-1:2], args[1::2], strict=True):
                if _value(test, row):
                    return _value(result, row)
            return _value(args[-1], row)
        case ast.Call(func=ast.Name(id="transform"), args=args):
            one, ours, theirs, otherwise = args
            pairs = zip(getattr(ours, "elts", ()), getattr(theirs, "elts", ()), strict=True)
            table = {_value(code, row): result for code, result in pairs}
            return _value(table.get(_value(one, row), otherwise), row)
        case _:
            raise ValueError(f"no rule reads {ast.unparse(tree)}")


def _compared(
    left: ast.expr, ops: list[ast.cmpop], others: list[ast.expr], row: Mapping[str, int]
) -> bool:
    first = _value(left, row)
    for op, other in zip(ops, others, strict=True):
        if isinstance(op, ast.In | ast.NotIn):
            inside = first in {_value(one, row) for one in getattr(other, "elts", [other])}
            return inside == isinstance(op, ast.In)
        second = _value(other, row)
        if not _HOLDS[type(op)](first, second):
            return False
        first = second
    return True


_HOLDS: Mapping[type[ast.cmpop], Callable[[int, int], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}
