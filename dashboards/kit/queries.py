"""Statements that read figures for panels: one, over time, divided by a dimension.

Every statement reads one table (a set of dimensions) and one label of each dimension that is
chosen above the dashboard. Nothing is summed: what is not published for a choice has no row. A
figure that is withheld is NULL and one that has not matured is NaN: neither passes for zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

ALL = "ALL"
"""Value of a variable that chooses nothing."""
EACH = "EACH"
"""In place of a label: every label of the dimension."""

_TOLD = "if(cells.status = 'NOT_MATURED', nan, cells.value)"

_START = (
    "toDateTime(makeDate(toUInt16(substring(period, 1, 4)), multiIf(length(period) = 4, 1,"
    " length(period) = 7 AND substring(period, 6, 1) = 'Q',"
    " toUInt8OrZero(substring(period, 7, 1)) * 3 - 2, toUInt8OrZero(substring(period, 6, 2))), 1),"
    " 'UTC')"
)
_KIND = "(length({of}), position({of}, 'Q'))"
"""Years, quarters or months."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures are read, and what the variables above the dashboard choose.

    Attributes:
        view: what the readers of the dashboard may read. also: condition on its rows.
        choices: variable by the dimension that it chooses a label of.
    """

    view: str
    also: str = "1"
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """Values of one indicator.

    Attributes:
        indicator: id in the catalogue. measures: names of the values that are shown.
        fixed: labels of dimensions that the panel is about.
        about: dimensions that choices are heeded for; all when None. What is counted in facilities
            or records knows no sex, and would have nothing to tell whenever one is chosen.
    """

    indicator: str
    measures: tuple[str, ...] = ("value",)
    fixed: Mapping[str, str] = field(default_factory=dict)
    about: frozenset[str] | None = None


def labelled(dimension: str, texts: Mapping[str, str]) -> str:
    """Expression of the text of a cell's label; a label without one stays as it is."""
    label = f"toString(dimensions['{dimension}'])"
    if not texts:
        return label
    return f"transform({label}, {_array(texts)}, {_array(texts.values())}, {label})"


def one(source: Source, figure: Figure) -> str:
    """The chosen figure of the chosen period: a column per measure; no row when there is none."""
    columns = ",\n    ".join(f"{_of(measure)} AS {measure}" for measure in figure.measures)
    return f"""\
{_choosing(source, figure)}
SELECT
    {columns}
FROM {source.view} AS cells
WHERE {_where(source, figure)}
    AND period = ${{period:singlequote}}
HAVING count() > 0"""


def over_time(source: Source, figure: Figure) -> str:
    """The chosen figure of each period of the chosen kind, and where there is nothing to tell."""
    columns = ",\n    ".join(f"{_plain(measure)} AS {measure}" for measure in figure.measures)
    return f"""\
{_choosing(source, figure)}
SELECT
    {_START} AS time,
    {columns},
    if(countIf(startsWith(status, 'SUPPRESSED')) > 0, 1, NULL) AS withheld,
    if(countIf(status = 'NOT_MATURED') > 0, 1, NULL) AS not_matured
FROM {source.view} AS cells
WHERE {_where(source, figure)}
    AND {_KIND.format(of="period")} = {_KIND.format(of="${period:singlequote}")}
    AND $__timeFilter(time)
GROUP BY time
ORDER BY time"""


def divided(
    source: Source,
    figure: Figure,
    dimension: str,
    texts: Mapping[str, str],
    *,
    ordered: bool = False,
    most: int = 40,
) -> str:
    """The chosen figure of the chosen period for each label: text, then a column per measure.

    `ordered`: in the order of `texts`; else the greatest first. At most `most` rows.
    """
    columns = ",\n    ".join(f"{_of(measure)} AS {measure}" for measure in figure.measures)
    order = (
        f"indexOf({_array(texts)}, toString(dimensions['{dimension}']))"
        if ordered
        else f"isNull({figure.measures[0]}), {figure.measures[0]} DESC, label"
    )
    return f"""\
{_choosing(source, figure, dimension)}
SELECT
    {labelled(dimension, texts)} AS label,
    {columns}
FROM {source.view} AS cells
WHERE {_where(source, figure)}
    AND period = ${{period:singlequote}}
GROUP BY dimensions, label
ORDER BY {order}
LIMIT {most}"""


def divided_over_time(
    source: Source, figure: Figure, dimension: str, texts: Mapping[str, str]
) -> str:
    """The chosen figure of each period as long as the chosen one: a series for each label."""
    return f"""\
{_choosing(source, figure, dimension)}
SELECT
    {_START} AS time,
    {labelled(dimension, texts)} AS series,
    cells.value AS "Value"
FROM {source.view} AS cells
WHERE {_where(source, figure)}
    AND {_KIND.format(of="period")} = {_KIND.format(of="${period:singlequote}")}
    AND $__timeFilter(time)
ORDER BY time, series"""


def crossed(
    source: Source,
    figure: Figure,
    rows: tuple[str, Mapping[str, str]],
    columns: tuple[str, Mapping[str, str]],
) -> str:
    """The chosen figure of the chosen period for each pair of labels: a row each, a column each."""
    (down, down_texts), (across, across_texts) = rows, columns
    cells = ",\n    ".join(
        f"anyIf({_TOLD}, dimensions['{across}'] = {text(code)}) AS {quoted(label)}"
        for code, label in across_texts.items()
    )
    return f"""\
{_choosing(source, figure, down, across)}
SELECT
    {labelled(down, down_texts)} AS label,
    {cells}
FROM {source.view} AS cells
WHERE {_where(source, figure)}
    AND period = ${{period:singlequote}}
GROUP BY label, dimensions['{down}']
ORDER BY indexOf({_array(down_texts)}, dimensions['{down}'])"""


def quoted(name: str) -> str:
    """A name of a column."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def text(value: str) -> str:
    """A string literal."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _array(texts: Iterable[str]) -> str:
    return "[" + ", ".join(text(each) for each in texts) + "]"


def _of(measure: str) -> str:
    return f"anyIf({_TOLD}, measure = '{measure}')"


def _plain(measure: str) -> str:
    return f"anyIf(cells.value, measure = '{measure}')"


def _choosing(source: Source, figure: Figure, *each: str) -> str:
    """The dimensions of the table that is read and which label of each, as `chosen`."""
    pairs = [f"('{name}', {text(EACH)})" for name in each]
    pairs += [f"('{name}', {text(label)})" for name, label in figure.fixed.items()]
    pairs += [
        f"('{name}', ${{{variable}:singlequote}})"
        for name, variable in source.choices.items()
        if figure.about is None or name in figure.about
    ]
    chosen = f"[{', '.join(pairs)}]" if pairs else "CAST([] AS Array(Tuple(String, String)))"
    return f"WITH arrayFilter(one -> one.2 != '{ALL}', {chosen}) AS chosen"


def _where(source: Source, figure: Figure) -> str:
    measures = ", ".join(text(measure) for measure in figure.measures)
    return f"""{source.also}
    AND indicator = '{figure.indicator}' AND measure IN ({measures}) AND status != 'NOT_AVAILABLE'
    AND by = arrayStringConcat(arraySort(arrayDistinct(arrayMap(one -> one.1, chosen))), ',')
    AND arrayAll(one -> one.2 = '{EACH}' OR dimensions[one.1] = one.2, chosen)"""
