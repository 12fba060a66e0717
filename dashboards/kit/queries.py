"""Statements that read figures for panels: one, over time, divided by a dimension.

Every statement reads one table (a set of dimensions) and one label of each dimension that is
chosen above the dashboard. Nothing is summed: what is not published for a choice has no row. A
figure that is withheld is NULL, one that has not matured NaN, one that there is not -inf, so that
nobody takes it for zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

ALL = "ALL"
"""Value of a variable that chooses nothing."""

_TOLD = (
    "multiIf(cells.status = 'NOT_MATURED', nan, cells.status = 'NOT_AVAILABLE', -inf, cells.value)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """Values of one indicator.

    Attributes:
        indicator: id in the catalogue. measures: names of the values that are shown.
        fixed: labels of dimensions that the panel is about.
        heeds: dimensions that choices are heeded for; all when None. What is counted in facilities
            or records knows no sex, and would have nothing to tell whenever one is chosen.
    """

    indicator: str
    measures: tuple[str, ...] = ("value",)
    fixed: Mapping[str, str] = field(default_factory=dict)
    heeds: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A question of its own.

    Attributes:
        sql: as it is. about: ids of the indicators that it tells of, if any.
        measures: names of its columns of numbers.
    """

    sql: str
    about: tuple[str, ...] = ()
    measures: tuple[str, ...] = ("value",)


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures are read, and what the variables above the dashboard choose.

    Attributes:
        view: beginning of the names of the views, as in docs/dashboards.md.
        choices: variable by the dimension that it chooses a label of.
        countries: the parameter of that name, of views that have it.
    """

    view: str
    choices: Mapping[str, str] = field(default_factory=dict)
    countries: str | None = None

    def one_period(self, figure: Figure, *each: str) -> str:
        """The view of the chosen period."""
        return f"{self.view}_in({self._table(figure, each)}, period = ${{period:singlequote}})"

    def over_periods(self, figure: Figure, *each: str) -> str:
        """The view of the periods as long as the chosen one within the time range."""
        like = "like = ${period:singlequote}, since = $__fromTime, until = $__toTime"
        return f"{self.view}_over({self._table(figure, each)}, {like})"

    def chosen(self, figure: Figure) -> str:
        """Condition: the cell has the chosen labels."""
        labels = [text(f"{name}={label}") for name, label in figure.fixed.items()]
        labels += [
            f"concat('{name}=', ${{{variable}:singlequote}})"
            for name, variable in self._heeded(figure)
        ]
        if not labels:
            return ""
        every = f"arrayFilter(one -> NOT endsWith(one, '={ALL}'), [{', '.join(labels)}])"
        return f"\n    AND hasAll(splitByChar('|', key), {every})"

    def _table(self, figure: Figure, each: Sequence[str]) -> str:
        names = [f"'{name}'" for name in (*each, *figure.fixed)]
        names += [
            f"if(${{{variable}:singlequote}} = '{ALL}', '', '{name}')"
            for name, variable in self._heeded(figure)
        ]
        by = f"arrayStringConcat(arraySort(arrayDistinct(['', {', '.join(names)}])), ',')"
        by = f"replaceRegexpOne({by}, '^,', '')" if names else "''"
        of = "" if self.countries is None else f"countries = {self.countries}, "
        return f"{of}indicators = ['{figure.indicator}'], by = {by}"

    def _heeded(self, figure: Figure) -> list[tuple[str, str]]:
        return [
            (name, variable)
            for name, variable in self.choices.items()
            if figure.heeds is None or name in figure.heeds
        ]


def labelled(dimension: str, texts: Mapping[str, str]) -> str:
    """Expression of the text of a cell's label; a label without one stays as it is."""
    label = f"toString(dimensions['{dimension}'])"
    if not texts:
        return label
    return f"transform({label}, {_array(texts)}, {_array(texts.values())}, {label})"


def one(source: Source, figure: Figure) -> str:
    """The chosen figure of the chosen period: one row, a column per measure.

    Always a row: Grafana takes none for a NULL. What is not published for a choice is inf.
    """
    columns = ",\n    ".join(
        f"multiIf(count() = 0, inf, countIf(measure = '{one}') = 0, -inf,"
        f" anyIf({_TOLD}, measure = '{one}')) AS {one}"
        for one in figure.measures
    )
    return f"""\
SELECT
    {columns}
FROM {source.one_period(figure)} AS cells
WHERE {_told(figure)}{source.chosen(figure)}"""


def over_time(source: Source, figure: Figure) -> str:
    """The chosen figure of each period of the chosen kind, and where there is nothing to tell."""
    return f"""\
SELECT
    time,
    {_over_time(figure)},
    if(countIf(startsWith(status, 'SUPPRESSED')) > 0, 1, NULL) AS withheld,
    if(countIf(status = 'NOT_MATURED') > 0, 1, NULL) AS not_matured
FROM {source.over_periods(figure)} AS cells
WHERE {_told(figure)}{source.chosen(figure)}
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
    first = figure.measures[0]
    order = (
        f"indexOf({_array(texts)}, toString(dimensions['{dimension}']))"
        if ordered
        else f"isNull({first}) OR NOT isFinite({first}), {first} DESC, label"
    )
    return f"""\
SELECT
    {labelled(dimension, texts)} AS label,
    {_measures(figure, _TOLD)}
FROM {source.one_period(figure, dimension)} AS cells
WHERE {_told(figure)}{source.chosen(figure)}
GROUP BY dimensions
ORDER BY {order}
LIMIT {most}"""


def divided_over_time(
    source: Source, figure: Figure, dimension: str, texts: Mapping[str, str]
) -> str:
    """The chosen figure of each period of the chosen kind: a series for each label."""
    return f"""\
SELECT
    time,
    {labelled(dimension, texts)} AS series,
    cells.value AS "Value"
FROM {source.over_periods(figure, dimension)} AS cells
WHERE {_told(figure)}{source.chosen(figure)}
ORDER BY time, series"""


def crossed(
    source: Source,
    figure: Figure,
    rows: tuple[str, Mapping[str, str]],
    columns: tuple[str, Mapping[str, str]],
) -> str:
    """The chosen count of the chosen period for each pair of labels: a row each, a column each.

    A pair without a cell has nobody in it.
    """
    (down, down_texts), (across, across_texts) = rows, columns
    figures = ",\n    ".join(
        f"if(countIf(dimensions['{across}'] = {text(code)}) = 0, 0, "
        f"anyIf(cells.value, dimensions['{across}'] = {text(code)})) AS {quoted(label)}"
        for code, label in across_texts.items()
    )
    return f"""\
SELECT
    {labelled(down, down_texts)} AS label,
    {figures}
FROM {source.one_period(figure, down, across)} AS cells
WHERE {_told(figure)}{source.chosen(figure)}
GROUP BY dimensions['{down}']
ORDER BY indexOf({_array(down_texts)}, toString(dimensions['{down}']))"""


def quoted(name: str) -> str:
    """A name of a column."""
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def text(value: str) -> str:
    """A string literal."""
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _array(texts: Iterable[str]) -> str:
    return "[" + ", ".join(text(each) for each in texts) + "]"


def _measures(figure: Figure, value: str) -> str:
    if len(figure.measures) == 1:
        return f"any({value}) AS {figure.measures[0]}"
    return ",\n    ".join(
        f"if(countIf(measure = '{one}') = 0, -inf, anyIf({value}, measure = '{one}')) AS {one}"
        for one in figure.measures
    )


def _over_time(figure: Figure) -> str:
    return ",\n    ".join(
        f"anyIf(cells.value, measure = '{measure}') AS {measure}" for measure in figure.measures
    )


def _told(figure: Figure) -> str:
    measures = ", ".join(text(measure) for measure in figure.measures)
    return f"measure IN ({measures})"
