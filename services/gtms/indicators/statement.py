"""The statements that compute all indicators: a few per population, and one that makes cells.

A population's rows are tallied once at their places in each of its largest tables, as numbers; the
small result is summed for every smaller table and noted in `view_tallies`. The last statement turns
tallies into the cells that the catalogue has. Persons are distinct because a population has one row
for each of them and period; no cell is ever a sum of other periods.

Few and small statements matter: ClickHouse needs longer to plan a large one than to compute it for
a small country. Finding a name through nested SELECTs is most of that, so each step reads a plain
table that the step before has filled. What differs from one value to the next is said in literal
arrays and looked up by number; an expression that two indicators share is computed once.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gtms.indicators.definition import (
    Compared,
    Count,
    Deviation,
    Difference,
    Distinct,
    Estimated,
    Gap,
    Indicator,
    Measure,
    Part,
    Population,
    Quantiles,
    Ratio,
    Share,
    Table,
    part_tables,
)
from gtms.indicators.places import Places, largest_tables
from gtms.records.periods import PeriodKind

TALLIES = (
    "period UInt32, measure UInt16, names Array(String), labels Array(String),"
    " n Float64, d Float64, w Float64"
)

_WORD = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Slot:
    """One value of one part of one indicator; tallies carry its number."""

    number: int
    indicator: Indicator
    part: Part
    measure: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How a population is tallied: in steps, each from a plain table that the step before filled.

    Attributes:
        columns: names among which are those of its rows that are needed.
        at_places: SELECT from `view_rows`: the rows summed at their places.
        in_tables: INSERT into `view_tallies` from `view_placed`.
    """

    population: Population
    columns: frozenset[str]
    at_places: str
    in_tables: str


@dataclass(frozen=True, slots=True)
class _Sums:
    """The distinct numbers that a population's rows are summed to, and what is made of them."""

    columns: dict[tuple[str, str], str] = field(default_factory=dict)
    results: list[str] = field(default_factory=list)

    def column(self, tally: str, total: str) -> str:
        """Name of the column that `tally` makes of rows and `total` of tallies."""
        return self.columns.setdefault((tally, total), f"s{len(self.columns)}")

    def plain(self, counted: str) -> str:
        """Name of the column with the sum of a whole number or condition over the rows."""
        if counted.isdigit():
            return self.column("count()" if counted == "1" else f"count() * {counted}", "sum")
        return self.column(f"sum(toInt64({counted}))", "sum")

    def result(self, expression: str) -> int:
        """Number, from 1, of an expression over the columns among the results."""
        if expression not in self.results:
            self.results.append(expression)
        return self.results.index(expression) + 1


def slots(indicators: Iterable[Indicator]) -> tuple[Slot, ...]:
    """Every value that the indicators have, numbered."""
    values = [
        (indicator, part, name)
        for indicator in indicators
        for part in indicator.parts
        for name in part.values
    ]
    return tuple(Slot(number, *value) for number, value in enumerate(values))


def by_population(of: Sequence[Slot]) -> dict[Population, list[Slot]]:
    """The values that are counted from the same rows."""
    shared: dict[Population, list[Slot]] = {}
    for slot in of:
        shared.setdefault(slot.part.population, []).append(slot)
    return shared


def tallies(of: Sequence[Slot]) -> list[Tally]:
    """What tallies each population."""
    return [_tally(population, own) for population, own in by_population(of).items()]


def cell_statement(of: Sequence[Slot], own: Sequence[Slot], version: int) -> str:
    """The INSERT that makes cells of `view_tallies`, for all periods of `view_periods`.

    Args:
        of: all slots, in the order of their numbers.
        own: those of them whose tallies are in `view_tallies`.
        version: of the snapshots that the cells are of.
    """
    measures = [slot.part.measure for slot in of]
    return f"""
INSERT INTO indicators.cells (country, period, version, indicator, measure, by, key, dimensions,
                              value, numerator, denominator, status)
WITH {[_form(one) for one in measures]}[measure + 1] AS form,
    {[_scale(one) for one in measures]}[measure + 1] AS scale,
    {[one.numerator_unit if isinstance(one, Ratio) else 1.0 for one in measures]}[measure + 1]
        AS numerator_unit,
    {[_denominator_unit(one) for one in measures]}[measure + 1] AS denominator_unit,
    {[1 if isinstance(one, Deviation) else 0 for one in measures]}[measure + 1] AS too_few,
    n / numerator_unit AS above, whole / denominator_unit AS below,
    status = 'NOT_MATURED' OR (form = 'compared' AND status != 'OK') AS is_open
SELECT v.country, v.period, {version}, {[slot.indicator.id for slot in of]}[measure + 1],
    {[slot.measure for slot in of]}[measure + 1], arrayStringConcat(names, ','),
    arrayStringConcat(arrayMap((name, label) -> concat(name, '=', label), names, labels), '|'),
    mapFromArrays(names, labels),
    multiIf(form = 'count', n, whole <= too_few, NULL, form = 'computed', n,
            form = 'gap', below - above, scale * above / below),
    if(form = 'computed' OR is_open, NULL, above), if(form = 'count' OR is_open, NULL, below),
    multiIf(form = 'count' OR whole > too_few, 'OK', w > 0, 'NOT_MATURED', 'NOT_AVAILABLE')
        AS status
FROM ({_values(of, own)}) AS t
INNER JOIN view_periods AS v ON v.id = t.period
WHERE (empty(names) OR form = 'count' OR whole > too_few OR w > 0) AND (form != 'share' OR n != 0)
"""


def _values(of: Sequence[Slot], own: Sequence[Slot]) -> str:
    """SELECT: n, d, w, and the whole that n is a part of, of every place that may be a cell.

    Totals are there even where nothing was tallied. They, shares, and what estimates have a say in
    depend on several tallies; every other tally, which is nearly all of them, stands for itself.
    """
    measures = [slot.part.measure for slot in of]
    totals = [slot for slot in own if slot.part.has_total]
    each_year = [slot.number for slot in totals]
    always = [slot.number for slot in totals if not slot.part.yearly]
    of_several = [
        slot.number for slot in of if isinstance(slot.part.measure, Share | Estimated | Compared)
    ]
    alone = f"notEmpty(names) AND NOT has(CAST({of_several} AS Array(UInt16)), measure)"
    wanted = f"NOT hasAny(names, {_counted_by(of)}[measure + 1])"
    return f"""
    SELECT period, measure, names, labels, n, d, w, d AS whole FROM view_tallies
    WHERE {alone} AND {wanted}
    UNION ALL
    SELECT period, measure, names, labels, n, d, w,
        if(share_of = '', d, sum(d) OVER (PARTITION BY period, measure, names, rest)) AS whole
    FROM (
        SELECT period, measure, names, labels, sum(n) AS n, sum(d) AS d, sum(w) AS w,
            {[one.of if isinstance(one, Share) else "" for one in measures]}[measure + 1]
                AS share_of,
            arrayStringConcat(
                arrayFilter((label, name) -> name != share_of, labels, names), '|') AS rest
        FROM (
            SELECT period, measure, names, labels, n, d, w FROM view_tallies
            WHERE NOT ({alone}) AND {wanted}
            UNION ALL
            SELECT id, arrayJoin(if(kind = 1, CAST({each_year} AS Array(UInt16)),
                                    CAST({always} AS Array(UInt16)))), [], [], 0, 0, 0
            FROM view_periods
        )
        GROUP BY period, measure, names, labels
    )
"""


def _form(measure: Measure) -> str:
    match measure:
        case Count() | Distinct():
            return "count"
        case Share():
            return "share"
        case Gap():
            return "gap"
        case Ratio() | Estimated():
            return "ratio"
        case Compared():
            return "compared"
        case _:
            return "computed"


def _scale(measure: Measure) -> float:
    return float(measure.scale) if isinstance(measure, Ratio | Share | Estimated) else 1.0


def _denominator_unit(measure: Measure) -> float:
    if isinstance(measure, Share):
        return float(measure.weight_unit)
    return float(measure.denominator_unit) if isinstance(measure, Ratio) else 1.0


def _tally(population: Population, of: Sequence[Slot]) -> Tally:
    sums = _Sums()
    found = [_results(slot, sums) for slot in of]
    places = Places.of(population, largest_tables(population, (slot.part for slot in of)))
    at_places = f"""
SELECT period, arrayJoin({places.of_row()}) AS place{_partials(sums)}
FROM (SELECT *{places.codes()} FROM view_rows)
GROUP BY period, place
"""
    columns = frozenset(_WORD.findall(at_places))
    return Tally(population, columns, at_places, _in_tables(places, sums, of, found))


def _in_tables(
    places: Places,
    sums: _Sums,
    of: Sequence[Slot],
    found: Sequence[tuple[int, int, int]],
) -> str:
    masks = [mask for mask in places.masks if _with_table(of, places.table(mask), None)]
    of_mask = {
        kind: [_with_table(of, places.table(mask), kind) for mask in masks]
        for kind in (PeriodKind.YEAR, PeriodKind.MONTH)
    }
    return f"""
INSERT INTO view_tallies (period, measure, names, labels, n, d, w)
WITH summed AS (
    SELECT period, names, labels, any(number) AS number{_totals(sums)}
    FROM (
        SELECT *, arrayJoin({places.summed_to(masks)}[{places.table_of("place")}]) AS number,
            {places.names(masks)}[number + 1] AS names,
            arrayMap(i -> every[i], {places.kept(masks)}[number + 1]) AS labels
        FROM (SELECT *, {places.every_label("place")} AS every FROM view_placed)
    )
    GROUP BY period, names, labels
)
SELECT period, value.1, names, labels, value.2, value.3, value.4
FROM (
    SELECT period, names, labels,
        [0.0{"".join(f", toFloat64({one})" for one in sums.results)}] AS results,
        arrayJoin(arrayMap(
            i -> ({[slot.number for slot in of]}[i], results[{[n for n, _, _ in found]}[i] + 1],
                  results[{[d for _, d, _ in found]}[i] + 1],
                  results[{[w for _, _, w in found]}[i] + 1]),
            if(period IN (SELECT id FROM view_periods WHERE kind = 1),
               {_literal(of_mask[PeriodKind.YEAR])}, {_literal(of_mask[PeriodKind.MONTH])}
            )[number + 1]
        )) AS value
    FROM summed
)
WHERE value.2 != 0 OR value.3 != 0 OR value.4 != 0
"""


def _partials(sums: _Sums) -> str:
    return "".join(f", {tally} AS {name}" for (tally, _), name in sums.columns.items())


def _totals(sums: _Sums) -> str:
    return "".join(f", {total}({name}) AS {name}" for (_, total), name in sums.columns.items())


def _counted_by(of: Sequence[Slot]) -> str:
    return f"CAST({[sorted(slot.part.counted_by) for slot in of]} AS Array(Array(String)))"


def _literal(positions: Sequence[Sequence[int]]) -> str:
    return f"CAST({positions} AS Array(Array(UInt16)))"


def _with_table(of: Sequence[Slot], table: Table, kind: PeriodKind | None) -> list[int]:
    """Positions, from 1, of the values that have the table for periods of a kind, or of any."""
    kinds = (PeriodKind.YEAR, PeriodKind.MONTH) if kind is None else (kind,)
    return [
        position
        for position, slot in enumerate(of, 1)
        if any(table in _counted_tables(slot.part, each) for each in kinds)
    ]


def _counted_tables(part: Part, kind: PeriodKind) -> set[Table]:
    return {tuple(sorted({*table, *part.counted_by})) for table in part_tables(part, kind)}


def _results(slot: Slot, sums: _Sums) -> tuple[int, int, int]:
    """Numbers of the results that are n, d and w of a slot; 0 stands for nothing."""
    match slot.part.measure:
        case Count(counted) | Estimated(counted=counted) | Compared(counted=counted):
            return sums.result(sums.plain(counted)), 0, 0
        case Distinct(of):
            found = sums.column(f"groupUniqArrayArray({of})", "groupUniqArrayArray")
            return sums.result(f"length({found})"), 0, sums.result(sums.plain("1"))
        case Ratio() as ratio:
            n, d, w = (
                sums.result(sums.plain(one)) if one != "0" else 0
                for one in (ratio.numerator, ratio.denominator, ratio.awaiting)
            )
            return n, d, w
        case Share(counted=counted, weight=weight):
            return sums.result(sums.plain(counted)), sums.result(sums.plain(weight)), 0
        case Quantiles(of, condition, levels):
            values = f"groupArrayIf(toInt32(assumeNotNull({of})), {condition})"
            column = sums.column(values, "groupArrayArray")
            level = dict(levels)[slot.measure]
            n = sums.result(f"arrayReduce('quantileExact({level})', {column})")
            return n, sums.result(f"length({column})"), 0
        case Deviation(of, condition):
            return _deviation(of, condition, sums)
        case Difference(first, second):
            return _difference(first, second, sums)


def _deviation(of: str, condition: str, sums: _Sums) -> tuple[int, int, int]:
    total = sums.plain(f"if({condition}, {of}, 0)")
    squares = sums.plain(f"if({condition}, {of} * {of}, 0)")
    count = sums.plain(condition)
    variance = f"({count} * {squares} - {total} * {total}) / ({count} * ({count} - 1))"
    n = sums.result(f"if({count} > 1, sqrt({variance}), 0)")
    return n, sums.result(count), 0


def _difference(first: Ratio, second: Ratio, sums: _Sums) -> tuple[int, int, int]:
    n1, d1, n2, d2 = map(
        sums.plain, (first.numerator, first.denominator, second.numerator, second.denominator)
    )
    smaller = f"least({d1}, {d2})"
    value = f"{first.scale} * {n1} / {d1} - {second.scale} * {n2} / {d2}"
    return sums.result(f"if({smaller} > 0, {value}, 0)"), sums.result(smaller), 0
