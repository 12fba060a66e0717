"""Rates of few deaths: the value `pooled` of a year, of the three years that end with it. Pure.

It is made when cells are read, so that a year whose figures change leaves nothing behind in the
years after it.
"""

from collections.abc import Iterable, Iterator, Sequence

from gtms.indicators.definition import POOLED, Indicator, Part, Ratio, Share, Table
from gtms.warehouse.reader import Position, StoredCell

YEARS = 3

_LABEL = 4  # characters in the label of a year; shorter periods have longer ones


def pool(period: str) -> tuple[str, ...]:
    """The years that are pooled for a year, itself the first; none for a shorter period."""
    if len(period) != _LABEL:
        return ()
    year = int(period)
    return tuple(f"{each:04}" for each in range(year, max(year - YEARS, 0), -1))


def pooled(
    indicator: Indicator,
    table: Table,
    years: Iterable[str],
    cells: Sequence[StoredCell],
    totals: Sequence[StoredCell],
) -> Iterator[StoredCell]:
    """The pooled cells of a table of an indicator for some years.

    Args:
        indicator: one whose years are pooled.
        table: its dimensions, sorted.
        years: those that have been computed; of the years before them, one that has not adds
            nothing.
        cells: of the table, in these years and those pooled with them.
        totals: of the indicator in the same years. Shares are divided by them: a year without a
            cell of a share has its part below the line all the same.
    """
    part = next(one for one in indicator.parts if _has(one, table))
    assert isinstance(part.measure, Ratio | Share)
    for year in years:
        among = pool(year)
        by_key: dict[str, list[StoredCell]] = {}
        for cell in cells:
            if cell.position.period in among:
                by_key.setdefault(cell.position.key, []).append(cell)
        whole = [each for each in totals if each.position.period in among]
        for key, own in by_key.items():
            position = Position(year, indicator.id, POOLED, key)
            below = whole if isinstance(part.measure, Share) else own
            yield _together(position, own, below, part.measure.scale)


def _has(part: Part, table: Table) -> bool:
    return part.needed <= set(table) and any(set(table) <= set(each) for each in part.tables)


def _together(
    position: Position, own: Sequence[StoredCell], below: Sequence[StoredCell], scale: float
) -> StoredCell:
    numerator = sum(cell.numerator or 0.0 for cell in own)
    denominator = sum(cell.denominator or 0.0 for cell in below)
    dimensions = own[0].dimensions
    if denominator > 0:
        value = scale * numerator / denominator
        return StoredCell(position, dimensions, value, numerator, denominator, "OK")
    ripens = any(cell.status == "NOT_MATURED" for cell in own)
    status = "NOT_MATURED" if ripens else "NOT_AVAILABLE"
    return StoredCell(position, dimensions, None, None, None, status)
