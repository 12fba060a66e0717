"""What Grafana and its ClickHouse data source make of a statement before ClickHouse sees it.

First the browser: `$__conditionalAll`, then variables. Then the plug-in's back end: the other
macros. Only what was seen of real ones is known; anything else raises, as ClickHouse refuses it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

Value = str | tuple[str, ...]
"""Of a variable: one label, or several."""

ALL = "$__all"

_VARIABLE = re.compile(r"\$(\w+)|\$\{(\w+)(?::(\w+))?\}")
_CONDITIONAL = re.compile(r"\$__conditionalAll\(")
_MACRO = re.compile(r"\$__(\w+)(?:\(([^()]*)\))?")


class NotExpanded(ValueError):
    """Something that Grafana would hand on as it stands, and ClickHouse not understand."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a variable stands for.

    Attributes:
        value: its value; `ALL` when everything is chosen. options: what there is to choose.
        all_value: inserted as it is when everything is chosen; None: all options are.
    """

    value: Value
    options: tuple[str, ...] = ()
    all_value: str | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing in particular is chosen."""
        return self.value in (ALL, (ALL,), "", ())

    def formatted(self, form: str) -> str:
        """As the browser writes it into a statement."""
        value = self.value
        if value in (ALL, (ALL,)):
            if self.all_value is not None:
                return self.all_value
            value = self.options
        match form:
            case "singlequote":
                return ",".join(map(_quoted, [value] if isinstance(value, str) else value))
            case "raw":
                return value if isinstance(value, str) else ",".join(value)
            case "":  # the plug-in's own, which escapes nothing
                return value if isinstance(value, str) else ",".join(f"'{one}'" for one in value)
        raise NotExpanded(f"format {form}")


@dataclass(frozen=True, slots=True)
class View:
    """What a dashboard is looked at with: choices, time range, seconds between points."""

    choices: Mapping[str, Chosen]
    since: datetime
    until: datetime
    interval_s: int
    used: set[str] = field(default_factory=set)

    def expanded(self, sql: str) -> str:
        """The statement as ClickHouse gets it."""
        return self.by_back_end(self.in_browser(sql))

    def in_browser(self, sql: str) -> str:
        """Conditions and variables."""

        def variable(found: re.Match[str]) -> str:
            name = found[1] or found[2]
            if name.startswith("__"):
                return found[0]
            if name not in self.choices:
                raise NotExpanded(f"variable {name}")
            self.used.add(name)
            return self.choices[name].formatted(found[3] or "")

        return _VARIABLE.sub(variable, self._conditional(sql))

    def by_back_end(self, sql: str) -> str:
        """Macros of time."""
        return _MACRO.sub(lambda found: self._macro(found[1], found[2]), sql)

    def _conditional(self, sql: str) -> str:
        while (found := _CONDITIONAL.search(sql)) is not None:
            inside, end = _inside(sql, found.end())
            condition, comma, variable = inside.rpartition(",")
            if not comma:
                raise NotExpanded("$__conditionalAll needs two arguments")
            name = variable.strip().lstrip("$").strip("{}").partition(":")[0]
            self.used.add(name)
            kept = "1=1" if self.choices[name].everything else condition.strip()
            sql = sql[: found.start()] + kept + sql[end:]
        return sql

    def _macro(self, name: str, argument: str | None) -> str:
        since, until = _moment(self.since), _moment(self.until)
        one = "" if argument is None else argument.strip()
        match name:
            case "timeFilter" if one and "," not in one:
                return f"{one} >= {since} AND {one} <= {until}"
            case "timeInterval" if one and "," not in one:
                return f"toStartOfInterval(toDateTime({one}), INTERVAL {self.interval_s} second)"
            case "fromTime" if not one:
                return since
            case "toTime" if not one:
                return until
            case "interval_s" if argument is None:
                return str(self.interval_s)
        raise NotExpanded(f"$__{name}({argument})")


def kind(type_name: str) -> str:
    """What Grafana takes a type of ClickHouse for."""
    bare = re.sub(r"^(?:(?:Nullable|LowCardinality)\()+|\)+$", "", type_name)
    if bare.startswith("Date"):
        return "time"
    if re.match(r"U?Int|Float|Decimal|Bool", bare):
        return "number"
    if bare.startswith(("String", "FixedString", "Enum")):
        return "text"
    return "other"


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "\\'") + "'"


def _moment(at: datetime) -> str:
    return f"toDateTime({int(at.astimezone(UTC).timestamp())})"


def _inside(sql: str, start: int) -> tuple[str, int]:
    """What stands between a parenthesis that is open at `start` and its end, and where it ends."""
    depth = 1
    for place in range(start, len(sql)):
        depth += {"(": 1, ")": -1}.get(sql[place], 0)
        if depth == 0:
            return sql[start:place], place + 1
    raise NotExpanded("a parenthesis is not closed")
