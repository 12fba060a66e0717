"""The statements that compute all indicators: one per population, and one that makes cells.

A population's rows are tallied once into each of its largest tables, as numbers; the small result
is summed for every smaller table and noted in `view_tallies`. The last statement turns tallies into
the cells that the catalogue has. Persons are distinct because a population has one row for each of
them and period; no cell is ever a sum of other periods.

Few and small statements matter: ClickHouse needs longer to plan a large one than to compute it for
a small country.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from gtms.indicators.definition import (
    Count,
    Dimension,
    Indicator,
    Mean,
    Measure,
    Part,
    Percent,
    Population,
    Quantiles,
    Share,
    Table,
    measure_names,
    part_tables,
)
from gtms.records.periods import PeriodKind

TALLIES = (
    "period UInt32, measure UInt16, names Array(String), labels Array(String),"
    " n Float64, d Float64, w Float64, rest String"
)
MEASURES = "number UInt16, indicator String, measure String, type String"
TABLES = "measure UInt16, yearly UInt8, names Array(String)"


@dataclass(frozen=True, slots=True)
class Slot:
    """One value of one part of one indicator: a row of `view_measures`."""

    number: int
    indicator: Indicator
    part: Part
    measure: str


@dataclass(frozen=True, slots=True)
class _Sum:
    """A number tallied from rows and then summed, and what it is for a period without rows."""

    name: str
    tally: str
    total: str
    empty: str = "toUInt64(0)"


def slots(indicators: Iterable[Indicator]) -> tuple[Slot, ...]:
    """Every value that the indicators have, numbered."""
    values = [
        (indicator, part, name)
        for indicator in indicators
        for part in indicator.parts
        for name in measure_names(part.measure)
    ]
    return tuple(Slot(number, *value) for number, value in enumerate(values))


def measure_columns(of: Sequence[Slot]) -> dict[str, list[object]]:
    """Columns of `view_measures`."""
    return {
        "number": [slot.number for slot in of],
        "indicator": [slot.indicator.id for slot in of],
        "measure": [slot.measure for slot in of],
        "type": [type(slot.part.measure).__name__ for slot in of],
    }


def table_columns(of: Sequence[Slot]) -> dict[str, list[object]]:
    """Columns of `view_tables`: which tables each value has, for years and for shorter periods."""
    rows = [
        (slot.number, int(kind is PeriodKind.YEAR), list(table))
        for slot in of
        for kind in (PeriodKind.YEAR, PeriodKind.MONTH)
        for table in sorted(part_tables(slot.part, kind))
    ]
    numbers, yearly, names = zip(*rows, strict=True)
    return {"measure": list(numbers), "yearly": list(yearly), "names": list(names)}


def tally_statements(of: Sequence[Slot]) -> list[str]:
    """One INSERT into `view_tallies` for each population."""
    shared: dict[Population, list[Slot]] = {}
    for slot in of:
        shared.setdefault(slot.part.population, []).append(slot)
    return [_tally_statement(population, own) for population, own in shared.items()]


def cell_statement(version: int) -> str:
    """The INSERT that makes cells of `view_tallies`, for all periods of `view_periods`."""
    return f"""
INSERT INTO indicators.cells (country, period, version, indicator, measure, by, key, dimensions,
                              value, numerator, denominator, status)
SELECT v.country, v.period, {version}, m.indicator, m.measure, arrayStringConcat(t.names, ','),
    arrayStringConcat(arrayMap((name, label) -> concat(name, '=', label), t.names, t.labels), '|'),
    mapFromArrays(t.names, t.labels),
    multiIf(m.type = 'Count', t.n, m.type = 'Share', 100 * t.n / t.whole, t.d = 0, NULL,
            m.type = 'Percent', 100 * t.n / t.d, m.type = 'Mean', 100 * (t.n / 1e9) / t.d, t.n),
    multiIf(m.type = 'Quantiles' OR status = 'NOT_MATURED', NULL,
            m.type = 'Mean', t.n / 1e9, t.n),
    multiIf(m.type = 'Count' OR status = 'NOT_MATURED', NULL, m.type = 'Share', t.whole, t.d),
    multiIf(m.type IN ('Count', 'Share') OR t.d > 0, 'OK', t.w > 0, 'NOT_MATURED',
            'NOT_AVAILABLE') AS status
FROM (
    SELECT *, sum(n) OVER (PARTITION BY period, measure, names, rest) AS whole FROM view_tallies
) AS t
INNER JOIN view_measures AS m ON m.number = t.measure
INNER JOIN view_periods AS v ON v.id = t.period
WHERE (t.measure, toUInt8(v.kind = 1), t.names) IN (SELECT measure, yearly, names FROM view_tables)
"""


def _tally_statement(population: Population, of: Sequence[Slot]) -> str:
    tables = _largest(population, (slot.part for slot in of))
    used = {name for table in tables for name in table}
    dimensions = sorted((d for d in population.dimensions if d.name in used), key=lambda d: d.name)
    names = _names(of)
    listed = [
        one
        for name, part in {names[slot.number]: slot.part for slot in of}.items()
        for one in _sums(name, part.measure)
    ]
    codes = ", ".join(
        f"{d.code} AS code_{d.name}"
        for d in dimensions
        if d.code != d.name and d.name not in population.sets
    )
    partials = "".join(f", {one.tally} AS {one.name}" for one in listed)
    totals = "".join(f", {one.total} AS {one.name}" for one in listed)
    empties = "".join(f", {one.empty}" for one in listed)
    nowhere = ", ".join(("toUInt8(0)", *map(_nothing, dimensions)))
    labels = "".join(
        f", if(bitTest(mask, {place}), {_label(d, f'place.{place + 2}')}, '') AS label_{d.name}"
        for place, d in enumerate(dimensions)
    )
    grouped = "".join(f", label_{d.name}" for d in dimensions)
    pairs = ", ".join(f"('{d.name}', label_{d.name})" for d in dimensions)
    return f"""
INSERT INTO view_tallies (period, measure, names, labels, n, d, w, rest)
WITH tallied AS (
    SELECT period, arrayJoin({_places(population, tables, dimensions)}) AS place{partials}
    FROM (SELECT *{", " + codes if codes else ""} FROM ({population.rows}))
    GROUP BY period, place
    UNION ALL
    SELECT id AS period, ({nowhere}) AS place{empties} FROM view_periods
),
summed AS (
    SELECT period{grouped}{totals}
    FROM (
        SELECT *{labels}
        FROM (
            SELECT *, arrayJoin({_masks(population, tables, dimensions)}[place.1 + 1]) AS mask
            FROM tallied
        )
    )
    GROUP BY period{grouped}
)
SELECT period, value.1, arrayMap(pair -> pair.1, pairs), arrayMap(pair -> pair.2, pairs),
    value.2, value.3, value.4, value.5
FROM (
    SELECT period,
        arrayFilter(pair -> pair.2 != '', CAST([{pairs}] AS Array(Tuple(String, String)))) AS pairs,
        arrayJoin(arrayFilter(
            value -> value.2 > 0 OR value.3 > 0 OR value.4 > 0 OR (empty(pairs) AND value.6),
            [{", ".join(_value(slot, names[slot.number]) for slot in of)}]
        )) AS value
    FROM summed
)
"""


def _largest(population: Population, parts: Iterable[Part]) -> list[Table]:
    """Tables, dimension names sorted, that are not part of another one.

    A table with a set-valued dimension does not add up to the table without it, which is therefore
    a table of its own.
    """
    whole = {tuple(sorted(table)) for part in parts for table in part.tables}
    plain = {tuple(name for name in table if name not in population.sets) for table in whole}
    spread = {table for table in whole if set(table) & population.sets}
    largest = {t for t in plain if t and not any(set(t) < set(other) for other in plain)}
    return sorted(largest | spread)


def _names(of: Sequence[Slot]) -> dict[int, str]:
    """Name of the sums of each slot; the quantiles of one distribution share theirs."""
    first: dict[tuple[str, int], int] = {}
    return {
        slot.number: f"m{first.setdefault((slot.indicator.id, id(slot.part)), slot.number)}"
        for slot in of
    }


def _sums(name: str, measure: Measure) -> list[_Sum]:
    match measure:
        case Count(condition):
            return [_plain(f"{name}_n", f"countIf({condition})")]
        case Percent(numerator, denominator, awaiting):
            return [
                _plain(f"{name}_n", f"sum(toUInt64({numerator}))"),
                _plain(f"{name}_d", f"sum(toUInt64({denominator}))"),
                _plain(f"{name}_w", f"sum(toUInt64({awaiting}))"),
            ]
        case Share():
            return [_plain(f"{name}_n", "count()")]
        case Quantiles(of, condition):
            values = f"groupArrayIf(toInt32(assumeNotNull({of})), {condition})"
            return [
                _Sum(f"{name}_q", values, f"groupArrayArray({name}_q)", "CAST([] AS Array(Int32))"),
                _plain(f"{name}_d", f"countIf({condition})"),
            ]
        case Mean(billionths):
            return [
                _plain(f"{name}_n", f"sum({billionths})"),
                _plain(f"{name}_d", "count()"),
            ]


def _plain(name: str, tally: str) -> _Sum:
    return _Sum(name, tally, f"sum({name})")


def _value(slot: Slot, name: str) -> str:
    """(measure, n, d, w, rest, has a total) of one slot, over `summed`."""
    measure = slot.part.measure
    n, d, w, rest, total = f"{name}_n", "0", "0", "''", "1"
    match measure:
        case Percent():
            d, w = f"{name}_d", f"{name}_w"
        case Mean():
            d = f"{name}_d"
        case Quantiles(levels=levels):
            level = dict(levels)[slot.measure]
            n, d = f"arrayReduce('quantileExact({level})', {name}_q)", f"{name}_d"
        case Share(of=of):
            known = (
                f"arrayExists(pair -> pair.1 = '{of}' AND pair.2 NOT IN ('UNKNOWN', 'NONE'), pairs)"
            )
            n, total = f"if({known}, {name}_n, 0)", "0"
            rest = (
                "arrayStringConcat(arrayMap(pair -> concat(pair.1, '=', pair.2), "
                f"arrayFilter(pair -> pair.1 != '{of}', pairs)), '|')"
            )
    numbers = ", ".join(f"toFloat64({number})" for number in (n, d, w))
    return f"(toUInt16({slot.number}), {numbers}, {rest}, {total})"


def _places(
    population: Population, tables: Sequence[Table], dimensions: Sequence[Dimension]
) -> str:
    """Array expression: the places where a row is counted, a tuple for each table.

    A tuple is (number of the table, codes); place 0 is the total. A set-valued dimension puts the
    row into each of its values.
    """

    def place(number: int, table: Table, spread: str | None) -> str:
        codes = [
            _nothing(d)
            if d.name not in table
            else _typed(d, "each" if d.name == spread else _column(d, population))
            for d in dimensions
        ]
        return f"({', '.join((f'toUInt8({number})', *codes))})"

    single = [place(0, (), None)]
    spreads: list[str] = []
    for number, table in enumerate(tables, 1):
        spread = next((name for name in table if name in population.sets), None)
        if spread is None:
            single.append(place(number, table, None))
        else:
            column = next(d.code for d in dimensions if d.name == spread)
            spreads.append(f"arrayMap(each -> {place(number, table, spread)}, {column})")
    return f"arrayConcat([{', '.join(single)}]{''.join(', ' + one for one in spreads)})"


def _nothing(dimension: Dimension) -> str:
    """What stands in the place of a dimension that a table does not have."""
    return "''" if dimension.labels is None else "toUInt16(0)"


def _column(dimension: Dimension, population: Population) -> str:
    plain = dimension.code == dimension.name or dimension.name in population.sets
    return dimension.code if plain else f"code_{dimension.name}"


def _typed(dimension: Dimension, column: str) -> str:
    return f"toString({column})" if dimension.labels is None else f"toUInt16({column})"


def _masks(population: Population, tables: Sequence[Table], dimensions: Sequence[Dimension]) -> str:
    """Array literal: for each place the tables that are summed from it, as bit sets of dimensions.

    The total is summed from place 0, every other table from the first place that holds it.
    """
    bit = {dimension.name: 1 << place for place, dimension in enumerate(dimensions)}
    taken = {0}
    masks = [[0]]
    for table in tables:
        fixed = sum(bit[name] for name in table if name in population.sets)
        free = [bit[name] for name in table if name not in population.sets]
        own = [
            fixed + sum(chosen)
            for size in range(len(free) + 1)
            for chosen in combinations(free, size)
        ]
        masks.append([mask for mask in own if mask not in taken])
        taken.update(own)
    return str(masks)


def _label(dimension: Dimension, code: str) -> str:
    if dimension.labels is None:
        return f"if({code} = '', '{dimension.unknown}', {code})"
    codes = ", ".join(str(number) for number in dimension.labels)
    labels = ", ".join(f"'{label}'" for label in dimension.labels.values())
    return f"transform({code}, [{codes}], [{labels}], '{dimension.unknown}')"
