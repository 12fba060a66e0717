"""One row of codes to field values, by a mapping."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from google.protobuf.message import Message

from gtms.interop.columns import place
from gtms.interop.mapping import MISSING, Condition, FileMapping, Rule, Target
from gtms.interop.rows import Loss
from gtms.interop.values import Value

Codes = Mapping[str, str]
Answer = tuple[tuple[Value, ...], tuple[Loss, ...]]
_MOST_REMEMBERED = 65_536


@dataclass(frozen=True, slots=True)
class Translated:
    """Field values of one record, and what was lost on the way."""

    values: Mapping[str, tuple[Value, ...]]
    losses: list[Loss]


class CodeReader:
    """Turns the cells of a row into codes by variable.

    Codes come as `2`, `2.0` or ` 2 `; the texts that mean missing, and a column that the file does
    not have, become "".
    """

    def __init__(self, mapping: FileMapping, places: Mapping[str, int]) -> None:
        self._variables = mapping.variables
        self._missing = mapping.missing
        self._places = places
        self._plain: dict[str, str] = {}

    def read(self, cells: Sequence[str]) -> Codes:
        """Every variable of the mapping with its code."""
        places = self._places
        return {
            name: self._code(cells[places[name]]) if name in places else MISSING
            for name in self._variables
        }

    def unknown(self, codes: Codes) -> list[str]:
        """The variables whose code is not in their code book."""
        return [
            name
            for name, variable in self._variables.items()
            if variable.codes is not None
            and codes[name] != MISSING
            and codes[name] not in variable.codes
        ]

    def _code(self, cell: str) -> str:
        code = self._plain.get(cell)
        if code is None:
            code = cell.strip()
            whole, dot, rest = code.partition(".")
            if dot and not rest.strip("0"):
                code = whole
            code = MISSING if code in self._missing else code
            if len(self._plain) < 4096:
                self._plain[cell] = code
        return code


class Translator:
    """The targets of one record, with the answers already worked out for codes met before.

    A target depends on few variables with few codes, so nearly every answer is remembered; one that
    depends on none is the same in every record.
    """

    def __init__(self, targets: Sequence[Target]) -> None:
        self._fixed = [target for target in targets if not target.rules]
        self._asking = [target for target in targets if target.rules]
        self._remembered: list[dict[tuple[str, ...], Answer]] = [{} for _ in self._asking]
        self._variables = [target.variables for target in self._asking]
        self._start: Message | None = None

    def translate(self, codes: Codes) -> Translated:
        """The values of one record: from the rules where one answers, else the default."""
        values: dict[str, tuple[Value, ...]] = {}
        losses: list[Loss] = []
        for target, answers, variables in zip(
            self._asking, self._remembered, self._variables, strict=True
        ):
            asked = tuple([codes[name] for name in variables])
            answer = answers.get(asked)
            if answer is None:
                answer = _answer(target, codes)
                if len(answers) < _MOST_REMEMBERED:
                    answers[asked] = answer
            if answer[0]:
                values[target.name] = answer[0]
            losses += answer[1]
        return Translated(values, losses)

    def fill(self, message: Message, found: Translated) -> None:
        """Put the values into the record's message, which is empty."""
        if self._start is None:
            self._start = type(message)()
            for target in self._fixed:
                _place(self._start, target, target.default)
        message.CopyFrom(self._start)
        for target in self._asking:
            values = found.values.get(target.name)
            if values:
                _place(message, target, values)


def _place(message: Message, target: Target, values: tuple[Value, ...]) -> None:
    if target.column:
        place(message, target.column, values if target.column.repeated else values[0])


def _answer(target: Target, codes: Codes) -> Answer:
    losses: list[Loss] = []
    values = tuple(v for rules in target.alternatives for v in _first(rules, codes, losses))
    return values or target.default, tuple(losses)


def _first(rules: Sequence[Rule], codes: Codes, losses: list[Loss]) -> Sequence[Value]:
    for rule in rules:
        code = codes[rule.variable]
        known = code in rule.codes
        if (known or code in rule.nothing) and _applies(rule, codes):
            if code in rule.lossy:
                losses.append(Loss(rule.variable, rule.field, rule.lossy[code]))
            return (rule.codes[code],) if known else ()
    return ()


def _applies(rule: Rule, codes: Codes) -> bool:
    return all(_holds(condition, codes) for condition in rule.when) and (
        not rule.any_of or any(_holds(condition, codes) for condition in rule.any_of)
    )


def _holds(condition: Condition, codes: Codes) -> bool:
    return codes[condition.variable] in condition.codes
