"""What a release consists of: cells with their labels, and the hash that names them. Pure."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gtms.indicators.catalogue import tables_for
from gtms.indicators.definition import Indicator
from gtms.privacy.cells import SUPPRESSED, Cell
from gtms.query.pooling import pooled
from gtms.records.periods import PeriodKind
from gtms.release.labels import unit
from gtms.warehouse.reader import StoredCell


@dataclass(frozen=True, slots=True)
class Labelled:
    """A cell with what a reader needs to read it: its unit, the version of its definition."""

    cell: Cell
    unit_of_count: str
    indicator_version: int


def with_pooled(
    year: str, cells: Sequence[StoredCell], before: Sequence[StoredCell], of: Iterable[Indicator]
) -> Iterator[StoredCell]:
    """The cells of a year, and those of it that are pooled with the cells of the years before."""
    yield from cells
    for indicator in of:
        own = [
            each
            for each in (*cells, *before)
            if (each.position.indicator, each.position.measure) == (indicator.id, "value")
        ]
        totals = [each for each in own if not each.dimensions]
        for table in tables_for(indicator, PeriodKind.YEAR):
            among = [each for each in own if tuple(sorted(each.dimensions)) == table]
            yield from pooled(indicator, table, [year], among, totals)


def withheld(cells: Iterable[Cell]) -> int:
    """How many have no value because of small numbers."""
    return sum(cell.status in SUPPRESSED for cell in cells)


def content(cells: Iterable[Labelled], parameters: str, as_of: date, catalogue: str) -> str:
    """SHA-256 of everything that a release says, in hexadecimal; the order of cells is nothing."""
    lines = sorted(
        json.dumps(
            [
                *(one.cell.indicator, one.indicator_version, one.cell.measure, one.cell.period),
                *(one.cell.dimensions, one.cell.value, one.cell.numerator, one.cell.denominator),
                *(one.cell.status, one.unit_of_count),
            ]
        )
        for one in cells
    )
    told = "\n".join([parameters, as_of.isoformat(), catalogue, *lines])
    return hashlib.sha256(told.encode()).hexdigest()


def labelled(
    cells: Iterable[Cell], catalogue: Mapping[str, Indicator], *, low_linkage: bool
) -> list[Labelled]:
    """The cells with their units and versions."""
    return [
        Labelled(
            cell,
            unit(catalogue[cell.indicator], low_linkage=low_linkage),
            catalogue[cell.indicator].version,
        )
        for cell in cells
    ]
