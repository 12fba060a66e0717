"""The statement that computes all indicators of a population in one pass.

Rows are tallied once by all codes that the tables need (`tallies`), the tallies are summed for every
table at once (`grouped`, GROUPING SETS), and each sum becomes the cells of the indicators whose
catalogue has that table. Persons are distinct because a population has one row for each; no cell is
ever a sum of other periods.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gtms.indicators.definition import (
    Count,
    Dimension,
    Indicator,
    Mean,
    Part,
    Percent,
    Population,
    Quantiles,
    Share,
    Table,
    part_tables,
)
from gtms.records.periods import PeriodKind

_KNOWN = "{label} NOT IN ('UNKNOWN', 'NONE')"


@dataclass(frozen=True, slots=True)
class _Column:
    """A sum of the tallies: how it is tallied from rows and how tallies are put together."""

    name: str
    tally: str
    total: str
    empty: str


@dataclass(frozen=True, slots=True)
class _Cell:
    """Expressions over `grouped` for one measure of one indicator."""

    indicator: str
    measure: str
    value: str
    numerator: str
    denominator: str
    status: str
    kept: str


def statements(indicators: Iterable[Indicator], version: int) -> list[str]:
    """INSERT … SELECT statements, one for each population and set-valued dimension.

    They write the cells of all periods in `view_periods` under `version`.
    """
    shared: dict[Population, list[tuple[Indicator, Part]]] = {}
    for indicator in indicators:
        for part in indicator.parts:
            shared.setdefault(part.population, []).append((indicator, part))
    return [
        statement
        for population, parts in shared.items()
        for spread in (None, *sorted(population.sets))
        for statement in _statement(population, parts, spread, version)
    ]


def _statement(
    population: Population,
    parts: Sequence[tuple[Indicator, Part]],
    spread: str | None,
    version: int,
) -> list[str]:
    """The statement for the tables that hold the set-valued dimension `spread`, or none of them."""

    def wanted(part: Part, kind: PeriodKind) -> frozenset[Table]:
        return frozenset(
            table
            for table in part_tables(part, kind)
            if set(table) & population.sets == ({spread} if spread else set())
        )

    tables = sorted({t for _, part in parts for t in wanted(part, PeriodKind.YEAR)})
    if not tables:
        return []
    dimensions = sorted(
        (d for d in population.dimensions if any(d.name in table for table in tables)),
        key=lambda dimension: dimension.name,
    )
    columns: list[_Column] = []
    cells: list[_Cell] = []
    for number, (indicator, part) in enumerate(parts):
        allowed = _allowed(wanted(part, PeriodKind.YEAR), wanted(part, PeriodKind.MONTH))
        own_columns, own_cells = _measure(f"m{number}", indicator, part, dimensions, allowed)
        columns += own_columns
        cells += own_cells
    return [_render(population, spread, dimensions, tables, columns, cells, version)]


def _allowed(yearly: Iterable[Table], other: Iterable[Table]) -> str:
    def listed(tables: Iterable[Table]) -> str:
        return ", ".join(sorted(f"'{','.join(table)}'" for table in tables)) or "'-'"

    return f"by IN ({listed(yearly)}) AND (kind = 1 OR by IN ({listed(other)}))"


def _measure(
    name: str, indicator: Indicator, part: Part, dimensions: Sequence[Dimension], allowed: str
) -> tuple[list[_Column], list[_Cell]]:
    """The sums a measure needs and the cells made of them."""
    measure = part.measure
    total = "by = ''"
    if isinstance(measure, Count):
        count = _sum(name, f"countIf({measure.condition})")
        cell = _Cell(
            indicator.id, "value", name, name, "NULL", "'OK'", f"{allowed} AND ({name} > 0 OR {total})"
        )
        return [count], [cell]
    if isinstance(measure, Percent):
        numerator, denominator, awaiting = f"{name}_n", f"{name}_d", f"{name}_w"
        status = (
            f"multiIf({denominator} > 0, 'OK', {awaiting} > 0, 'NOT_MATURED', 'NOT_AVAILABLE')"
        )
        matured = f"{status} != 'NOT_MATURED'"
        cell = _Cell(
            indicator.id,
            "value",
            f"if({denominator} > 0, 100 * {numerator} / {denominator}, NULL)",
            f"if({matured}, {numerator}, NULL)",
            f"if({matured}, {denominator}, NULL)",
            status,
            f"{allowed} AND ({denominator} > 0 OR {awaiting} > 0 OR {total})",
        )
        columns = [
            _sum(numerator, f"sum(toUInt64({measure.numerator}))"),
            _sum(denominator, f"sum(toUInt64({measure.denominator}))"),
            _sum(awaiting, f"sum(toUInt64({measure.awaiting}))"),
        ]
        return columns, [cell]
    if isinstance(measure, Share):
        known = _KNOWN.format(label=measure.of)
        others = ", ".join(d.name for d in dimensions if d.name != measure.of)
        whole = f"sumIf({name}, {known}) OVER (PARTITION BY period, names{', ' + others if others else ''})"
        cell = _Cell(
            indicator.id, "value", f"100 * {name} / {name}_whole", name, f"{name}_whole", "'OK'",
            f"{allowed} AND {known} AND {name} > 0",
        )
        return [_sum(name, "count()"), _Column(f"{name}_whole", "", whole, "")], [cell]
    if isinstance(measure, Quantiles):
        levels = ", ".join(str(level) for _, level in measure.levels)
        columns = [
            _sum(f"{name}_d", f"countIf({measure.condition})"),
            _Column(
                f"{name}_q",
                f"groupArrayIf(toInt32(assumeNotNull({measure.of})), {measure.condition})",
                f"quantilesExactArray({levels})({name}_q)",
                "CAST([] AS Array(Int32))",
            ),
        ]
        status = f"if({name}_d > 0, 'OK', 'NOT_AVAILABLE')"
        return columns, [
            _Cell(
                indicator.id, quantile, f"if({name}_d > 0, {name}_q[{position}], NULL)", "NULL",
                f"{name}_d", status, f"{allowed} AND ({name}_d > 0 OR {total})",
            )
            for position, (quantile, _) in enumerate(measure.levels, 1)
        ]
    columns = [_sum(f"{name}_n", f"sum({measure.billionths})"), _sum(f"{name}_d", "count()")]
    return columns, [_mean_cell(name, indicator, allowed)]


def _mean_cell(name: str, indicator: Indicator, allowed: str) -> _Cell:
    return _Cell(
        indicator.id,
        "value",
        f"if({name}_d > 0, 100 * ({name}_n / 1e9) / {name}_d, NULL)",
        f"{name}_n / 1e9",
        f"{name}_d",
        f"if({name}_d > 0, 'OK', 'NOT_AVAILABLE')",
        f"{allowed} AND ({name}_d > 0 OR by = '')",
    )


def _sum(name: str, tally: str) -> _Column:
    return _Column(name, tally, f"sum({name})", "toUInt64(0)")


def _label(dimension: Dimension) -> str:
    code, unknown = f"code_{dimension.name}", f"'{dimension.unknown}'"
    if dimension.labels is None:
        return f"if(toString({code}) = '', {unknown}, toString({code}))"
    codes = ", ".join(str(number) for number in dimension.labels)
    labels = ", ".join(f"'{label}'" for label in dimension.labels.values())
    return f"transform({code}, [{codes}], [{labels}], {unknown})"


def _render(
    population: Population,
    spread: str | None,
    dimensions: Sequence[Dimension],
    tables: Sequence[Table],
    columns: Sequence[_Column],
    cells: Sequence[_Cell],
    version: int,
) -> str:
    tallied = [column for column in columns if column.tally]
    windows = [column for column in columns if not column.tally]
    codes = [f"code_{d.name}" for d in dimensions]
    names = [d.name for d in dimensions]
    tallies = _tallies(population, spread, dimensions, tallied, padded=() in tables)
    sets = ", ".join(f"({', '.join(('period', *table))})" for table in tables)
    quoted = ", ".join(f"'{name}'" for name in names)
    pairs = f"arrayFilter(pair -> pair.2 != '', arrayZip([{quoted}], [{', '.join(names)}]))"
    return f"""
INSERT INTO indicators.cells (country, period, version, indicator, measure, by, key, dimensions,
                              value, numerator, denominator, status)
WITH tallies AS ({tallies}),
labelled AS (
    SELECT {", ".join(("period", *(f"{_label(d)} AS {d.name}" for d in dimensions),
                       *(column.name for column in tallied)))}
    FROM tallies
),
grouped AS (
    SELECT {", ".join(("period", *names,
                       *(f"{column.total} AS {column.name}" for column in tallied)))}
    FROM labelled GROUP BY GROUPING SETS ({sets})
),
named AS (
    SELECT *, {pairs if names else "CAST([] AS Array(Tuple(String, String)))"} AS pairs,
        arrayMap(pair -> pair.1, pairs) AS names, arrayStringConcat(names, ',') AS by
    FROM grouped
),
complete AS (
    SELECT {", ".join(("*", *(f"{column.total} AS {column.name}" for column in windows)))} FROM named
)
SELECT p.country, p.period, {version}, cell.1, cell.2, by,
    arrayStringConcat(arrayMap(pair -> concat(pair.1, '=', pair.2), pairs), '|'),
    mapFromArrays(names, arrayMap(pair -> pair.2, pairs)),
    cell.3, cell.4, cell.5, cell.6
FROM (
    SELECT c.by AS by, c.pairs AS pairs, c.names AS names, v.country AS country, v.period AS period,
        v.kind AS kind, arrayJoin(arrayFilter(cell -> cell.7, [{", ".join(map(_tuple, cells))}])) AS cell
    FROM complete AS c INNER JOIN view_periods AS v ON v.id = c.period
) AS p
"""


def _tuple(cell: _Cell) -> str:
    return (
        f"('{cell.indicator}', '{cell.measure}', CAST({cell.value} AS Nullable(Float64)), "
        f"CAST({cell.numerator} AS Nullable(Float64)), CAST({cell.denominator} AS Nullable(Float64)), "
        f"{cell.status}, {cell.kept})"
    )


def _tallies(
    population: Population,
    spread: str | None,
    dimensions: Sequence[Dimension],
    columns: Sequence[_Column],
    *,
    padded: bool,
) -> str:
    """Rows summed by all codes; with a row of zeros for each period, so that every total exists."""
    codes = [f"{dimension.code} AS code_{dimension.name}" for dimension in dimensions]
    keys = ", ".join(("period", *(f"code_{dimension.name}" for dimension in dimensions)))
    rows = f"({population.rows})" + (f" ARRAY JOIN {spread}" if spread else "")
    tally = f"""
    SELECT {", ".join(("period", *codes, *(f"{c.tally} AS {c.name}" for c in columns)))}
    FROM {rows} GROUP BY {keys}"""
    if not padded:
        return tally
    empty = [
        f"{'toString' if d.labels is None else 'toUInt8'}({chr(39) * 2 if d.labels is None else 0})"
        for d in dimensions
    ]
    return f"""{tally}
    UNION ALL
    SELECT {", ".join(("id", *empty, *(column.empty for column in columns)))} FROM view_periods
"""
