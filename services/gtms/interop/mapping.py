"""Mappings: which code of another system's file becomes which value of which field, as data.

The files in `mappings/` say what they mean at their head. Here they become frozen dataclasses in
which every label is already a code and every field a column of the schema; a name that does not
exist is a `MappingError` when the mapping is loaded, not when a file is imported.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import cast

from google.protobuf.descriptor import Descriptor

from gtms.interop.columns import Column, column
from gtms.interop.values import Value, labels
from treatment.admissions.v1.admission_pb2 import Admission
from treatment.facilities.v1.facility_pb2 import Facility
from treatment.outcomes.v1.outcome_pb2 import Outcome

NAMES = ("teds-a", "teds-d")
MISSING = ""
_ALL = "*"
_RECORDS: Mapping[str, Descriptor] = MappingProxyType(
    {
        "facility": Facility.DESCRIPTOR,
        "admission": Admission.DESCRIPTOR,
        "outcome": Outcome.DESCRIPTOR,
    }
)
_STAY = "stay"

Table = dict[str, object]


class MappingError(Exception):
    """A mapping names what does not exist."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A column of the file. `codes` are all it may hold besides missing; None: any text."""

    name: str
    title: str
    codes: frozenset[str] | None
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when the variable has one of these codes; "" among them means missing."""

    variable: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """The codes of one variable and the value of one field that each gives.

    It applies when all of `when` and, if there is any, one of `any_of` hold. A code in `nothing`
    ends the search for this field without a value. `lossy` says per code what gets lost.
    """

    field: str
    variable: str
    codes: Mapping[str, Value]
    nothing: frozenset[str]
    lossy: Mapping[str, str]
    when: tuple[Condition, ...]
    any_of: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """One field of one record: its rules in the order in which they are tried, and its default.

    `column` is None for what is no field but needed to work one out (the length of a stay). Of a
    repeated field every variable may give a value; else the first rule that has one gives it.
    """

    name: str
    column: Column | None
    rules: tuple[Rule, ...]
    default: tuple[Value, ...]

    @property
    def alternatives(self) -> tuple[tuple[Rule, ...], ...]:
        """Rules that compete for one value."""
        if self.column is None or not self.column.repeated:
            return (self.rules,)
        by_variable: dict[str, list[Rule]] = {}
        for rule in self.rules:
            by_variable.setdefault(rule.variable, []).append(rule)
        return tuple(tuple(rules) for rules in by_variable.values())

    @property
    def variables(self) -> tuple[str, ...]:
        """Every variable on which the value depends."""
        asked = [c.variable for rule in self.rules for c in (*rule.when, *rule.any_of)]
        return tuple(dict.fromkeys([*(rule.variable for rule in self.rules), *asked]))


@dataclass(frozen=True, slots=True)
class FileMapping:
    """How one kind of file becomes records.

    `targets` by record: facility, admission, outcome, stay (which is none, but needed for dates).
    `ignored` columns have no target, `derived` fields are worked out; both say why or how.
    `missing` are the texts that mean the same as an empty cell.
    """

    name: str
    title: str
    required: tuple[str, ...]
    missing: frozenset[str]
    variables: Mapping[str, Variable]
    ignored: Mapping[str, str]
    derived: Mapping[str, str]
    targets: Mapping[str, tuple[Target, ...]]
    states: Mapping[str, str]

    def rules(self) -> Iterator[tuple[str, Rule]]:
        """Every rule with the name of its record."""
        for record, targets in self.targets.items():
            for target in targets:
                for rule in target.rules:
                    yield record, rule


@lru_cache(maxsize=len(NAMES))
def load(name: str) -> FileMapping:
    """The mapping with this name.

    Raises:
        MappingError: there is none, or it names a field, label or variable that does not exist.
    """
    if name not in NAMES:
        raise MappingError(f"no mapping {name}; there are {', '.join(NAMES)}")
    own = _read(f"{name.replace('-', '_')}.toml")
    shared = _read(_text(own, "extends"))
    variables = _variables({**_table(shared, "variables"), **_table(own, "variables")})
    return FileMapping(
        name=_text(own, "name"),
        title=_text(own, "title"),
        required=tuple(_texts(own, "required")),
        missing=frozenset(_texts(shared, "missing")) | {MISSING},
        variables=variables,
        ignored=_merged(own, shared, "ignored"),
        derived=_merged(own, shared, "derived"),
        targets=MappingProxyType(
            {record: _targets(record, own, shared, variables) for record in (*_RECORDS, _STAY)}
        ),
        states=MappingProxyType(cast("dict[str, str]", _table(shared, "states"))),
    )


def _read(file: str) -> Table:
    text = resources.files("gtms.interop").joinpath("mappings", file).read_text("utf-8")
    return tomllib.loads(text)


def _variables(tables: Table) -> Mapping[str, Variable]:
    found = {}
    for name, table in tables.items():
        said = cast("dict[str, str | list[str]]", table)
        codes = said.get("codes")
        found[name] = Variable(
            name=name,
            title=str(said["title"]),
            codes=_span(str(codes)) if codes else None,
            aliases=tuple(said.get("aliases", ())),
        )
    return MappingProxyType(found)


def _span(codes: str) -> frozenset[str]:
    first, last = codes.split("-")
    return frozenset(str(code) for code in range(int(first), int(last) + 1))


def _targets(
    record: str, own: Table, shared: Table, variables: Mapping[str, Variable]
) -> tuple[Target, ...]:
    """Rules of the mapping itself go before those it shares; so do its defaults."""
    defaults = {
        **_table(_table(shared, "defaults"), record),
        **_table(_table(own, "defaults"), record),
    }
    tables = _table(shared, "tables")
    rules: dict[str, list[Rule]] = {}
    for said in (*_tables(own, record), *_tables(shared, record)):
        name = _text(said, "field")
        rules.setdefault(name, []).append(_rule(record, said, tables, variables))
    names = sorted({**defaults, **rules}, key=lambda name: _place_in_schema(record, name))
    return tuple(
        Target(
            name, _column(record, name), tuple(rules.get(name, ())), _default(record, name, said)
        )
        for name in names
        for said in (defaults.get(name),)
    )


def _rule(record: str, said: Table, tables: Table, variables: Mapping[str, Variable]) -> Rule:
    field, variable = _text(said, "field"), _text(said, "variable")
    table = _table(tables, _text(said, "table")) if "table" in said else {}
    codes = {**_table(table, "codes"), **_table(said, "codes")}
    lossy = cast("dict[str, str]", {**_table(table, "lossy"), **_table(said, "lossy")})
    nothing = frozenset(_texts(said, "nothing"))
    known = variables[variable].codes if variable in variables else None
    if known is None or not (codes.keys() | nothing | lossy.keys() - {_ALL}) <= known:
        raise MappingError(f"{record}.{field}: {variable} has no such codes")
    everywhere = lossy.pop(_ALL, None)
    if everywhere is not None:
        lossy = {**dict.fromkeys(codes, everywhere), **lossy}
    return Rule(
        field=field,
        variable=variable,
        codes={code: _value(record, field, value) for code, value in codes.items()},
        nothing=nothing,
        lossy=lossy,
        when=_conditions(said, "when", variables),
        any_of=_conditions(said, "any_of", variables),
    )


def _conditions(said: Table, key: str, variables: Mapping[str, Variable]) -> tuple[Condition, ...]:
    found = []
    for variable, codes in _table(said, key).items():
        wanted = {str(code) for code in cast("list[int | str]", codes)}
        held = frozenset(MISSING if code == "missing" else code for code in wanted)
        known = variables[variable].codes if variable in variables else None
        if known is None or not held - {MISSING} <= known:
            raise MappingError(f"condition on {variable}: no such variable or code")
        found.append(Condition(variable, held))
    return tuple(found)


def _column(record: str, field: str) -> Column | None:
    if record == _STAY:
        return None
    found = column(_RECORDS[record], field)
    if found is None:
        raise MappingError(f"{record} has no field {field}")
    return found


def _place_in_schema(record: str, field: str) -> tuple[int, str]:
    at = _column(record, field)
    if at is None:
        return 0, field
    first = at.steps[0][0] if at.steps else at.field.name
    return _RECORDS[record].fields_by_name[first].number, field


def _default(record: str, field: str, said: object) -> tuple[Value, ...]:
    values = said if isinstance(said, list) else [] if said is None else [said]
    return tuple(_value(record, field, value) for value in values)


def _value(record: str, field: str, said: object) -> Value:
    at = _column(record, field)
    if at is not None and at.field.enum_type is not None:
        code = labels(at.field.enum_type).get(str(said))
        if code is None:
            raise MappingError(f"{record}.{field}: {at.field.enum_type.name} has no {said}")
        return code
    if not isinstance(said, int | str):
        raise MappingError(f"{record}.{field}: a value must be a number or a text")
    return said


def _merged(own: Table, shared: Table, key: str) -> Mapping[str, str]:
    both = {**_table(shared, key), **_table(own, key)}
    return MappingProxyType(cast("dict[str, str]", both))


def _table(table: Table, key: str) -> Table:
    return cast("Table", table.get(key, {}))


def _tables(table: Table, key: str) -> Sequence[Table]:
    return cast("list[Table]", table.get(key, []))


def _text(table: Table, key: str) -> str:
    return str(table[key])


def _texts(table: Table, key: str) -> list[str]:
    return [str(text) for text in cast("list[int | str]", table.get(key, []))]
