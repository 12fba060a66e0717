"""Estimates of populations, beside what is counted: the denominators of coverage.

`STRATA` says how many people each stratum is estimated to have in the reporting year of a touched
period, as `gtms.processing.views` keeps it in `view_strata`; the statement adds denominators to the
tallies of `gtms.indicators.statement`, under the same names and labels.
"""

from collections.abc import Sequence
from typing import get_args

from gtms.indicators import dimensions as by
from gtms.indicators.definition import Compared, Estimated, Figure, Table, part_tables
from gtms.indicators.places import label
from gtms.indicators.statement import Slot
from gtms.records.periods import PeriodKind

#: Kinds of estimates, by the name that definitions use.
KINDS = {
    "drug_use_disorder": 1,
    "opioid_dependent": 3,
    "population_15_64": 4,
    "opioid_dependent_injecting": 6,
}
_FIGURES = get_args(Figure)

# An estimate of an age that no indicator has is left out; of several that make one stratum the
# widest holds.
_AGE = f"""multiIf(
    estimate_kind = {KINDS["population_15_64"]}, if(age_lo = 15 AND age_hi = 64, '', 'other'),
    isNull(age_lo) AND isNull(age_hi), '',
    age_hi = 24 AND ifNull(age_lo, 0) <= 15, '<25',
    age_lo = 25 AND ifNull(age_hi, 120) >= 64, '25+', 'other')"""

STRATA = f"""
SELECT p.id AS period, p.kind = 1 AS is_year, e.estimate AS estimate, e.names AS names,
    e.labels AS labels, argMax(e.figures, (e.width, e.record_uid)) AS figures
FROM (
    SELECT country, year, record_uid, substance_group AS substance, {_AGE} AS age,
        transform(estimate_kind, {list(KINDS.values())}, {list(KINDS)}, '') AS estimate,
        arrayFilter(one -> one.2 != '', [
            ('admin1', ifNull(admin1_code, '')), ('age_25', age),
            ('sex', if(sex = 0, '', {label(by.SEX, "sex")})),
            ('substance_group',
             if(substance = 0, '', {label(by.SUBSTANCE_GROUP, by.SUBSTANCE_GROUP.code)}))
        ]) AS stratum,
        stratum.1 AS names, stratum.2 AS labels, [value, lower95, upper95] AS figures,
        toInt32(ifNull(age_hi, 120)) - toInt32(ifNull(age_lo, 0)) AS width
    FROM registry.estimates FINAL
    WHERE country IN (SELECT country FROM view_periods) AND NOT is_retracted
        AND estimate_kind IN {tuple(KINDS.values())} AND age != 'other'
) AS e
INNER JOIN view_periods AS p ON p.country = e.country AND p.year = e.year
WHERE p.alcohol_included OR e.substance NOT IN (80, 81)
GROUP BY period, is_year, estimate, names, labels
"""


def denominators(of: Sequence[Slot]) -> list[str]:
    """The INSERT into `view_tallies` of what estimates say; none when no value has an estimate."""
    if not any(isinstance(slot.part.measure, Estimated | Compared) for slot in of):
        return []
    return [
        f"""
INSERT INTO view_tallies (period, measure, names, labels, n, d, w)
WITH estimated AS (
    SELECT period, each.1 AS measure, names, labels, assumeNotNull(figures[each.3]) AS size
    FROM (
        SELECT *, arrayJoin(arrayFilter(
            one -> one.2 = estimate AND one.4 = names,
            if(is_year, {_divided(of, PeriodKind.YEAR)}, {_divided(of, PeriodKind.MONTH)})
        )) AS each
        FROM view_strata
    )
    WHERE figures[each.3] > 0
)
SELECT period, measure, names, labels, 0. AS above, size AS below, 0. AS open FROM estimated
WHERE NOT has(arrayMap(one -> one.1, {_compared(of)}), measure)
UNION ALL
{_UNDIVIDED.format(undivided=_undivided(of))}
UNION ALL
{_COMPARED.format(compared=_compared(of))}
"""
    ]


_UNDIVIDED = """
SELECT t.period, t.measure, t.names, t.labels, 0. AS above,
    assumeNotNull(s.figures[s.each.3]) AS below, 0. AS open
FROM (
    SELECT period, figures, arrayJoin(arrayFilter(one -> one.2 = estimate, {undivided})) AS each
    FROM view_strata WHERE empty(names)
) AS s
INNER JOIN view_tallies AS t ON t.period = s.period AND t.measure = s.each.1
WHERE s.figures[s.each.3] > 0 AND hasAny(t.names, s.each.4)
"""

# Both groups of a comparison, each with the people counted and the people estimated.
_COMPARED = """
SELECT period, measure, arrayFilter(name -> name != by, names) AS others,
    arrayFilter((one, name) -> name != by, labels, names) AS rest,
    100 * sumIf(n, own = first) / sumIf(size, own = first) AS above,
    100 * sumIf(n, own = second) / sumIf(size, own = second) AS below, 0. AS open
FROM (
    SELECT *, arrayFirst(one -> one.1 = measure, {compared}) AS pair, pair.2 AS by,
        pair.3 AS first, pair.4 AS second, labels[indexOf(names, by)] AS own
    FROM (
        SELECT period, measure, names, labels, n, 0. AS size FROM view_tallies
        UNION ALL
        SELECT period, measure, names, labels, 0. AS n, size FROM estimated
    )
    WHERE has(arrayMap(one -> one.1, {compared}), measure)
)
GROUP BY period, measure, others, rest
HAVING sumIf(size, own = first) > 0 AND sumIf(size, own = second) > 0
"""


def _divided(of: Sequence[Slot], kind: PeriodKind) -> str:
    """Array literal: measure, estimate, place of its figure, names; a row for each table."""
    rows = []
    for slot in of:
        match slot.part.measure:
            case Estimated(estimate=estimate, figure=figure, undivided=undivided):
                rows += [
                    _row(slot, estimate, figure, table)
                    for table in part_tables(slot.part, kind)
                    if not undivided & set(table)
                ]
            case Compared(estimate=estimate, of=group):
                rows += [
                    _row(slot, estimate, "value", tuple(sorted((*table, group))))
                    for table in part_tables(slot.part, kind)
                ]
    return _rows(rows)


def _undivided(of: Sequence[Slot]) -> str:
    """Array literal: measure, estimate, place of its figure, and names of undivided dimensions."""
    return _rows(
        [
            _row(slot, measure.estimate, measure.figure, tuple(sorted(measure.undivided)))
            for slot in of
            if isinstance(measure := slot.part.measure, Estimated)
        ]
    )


def _row(slot: Slot, estimate: str, figure: Figure, names: Table) -> str:
    return f"({slot.number}, '{estimate}', {_FIGURES.index(figure) + 1}, {list(names)})"


def _rows(rows: Sequence[str]) -> str:
    return (
        f"CAST([{', '.join(sorted(rows))}] AS Array(Tuple(UInt16, String, UInt8, Array(String))))"
    )


def _compared(of: Sequence[Slot]) -> str:
    """Array literal: measure, dimension, and labels of the two groups that are compared."""
    rows = [
        (slot.number, measure.of, measure.first, measure.second)
        for slot in of
        if isinstance(measure := slot.part.measure, Compared)
    ]
    return f"CAST({rows} AS Array(Tuple(UInt16, String, String, String)))"
