"""Catalogue entries and stored cells in the words of the service. Pure."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp

from gtms.indicators.definition import POOLED, Count, Indicator, Table, part_tables, tables_for
from gtms.query.selection import dimensions_of, values_of
from gtms.records.periods import PeriodKind
from gtms.release.labels import is_low, unit
from gtms.warehouse.published import PublishedCell, Vintage
from gtms.warehouse.reader import Quality, Snapshot, StoredCell
from treatment.indicators.v1 import indicators_pb2 as pb

MIN_LINKAGE = "min_linkage"

_WITH_VALUE = frozenset({pb.CELL_STATUS_OK, pb.CELL_STATUS_ROUNDED, pb.CELL_STATUS_LOW_LINKAGE})


@dataclass(frozen=True, slots=True)
class Background:
    """What is the same for all cells of a country and period."""

    country: str
    snapshot: Snapshot
    quality: Quality
    parameters: Mapping[str, str]
    low_linkage: bool


def background(country: str, snapshot: Snapshot, quality: Quality) -> Background:
    """Reads the snapshot's parameters once for all of its cells."""
    stored = json.loads(snapshot.parameters)
    low = is_low(quality.linkage, float(stored[MIN_LINKAGE]))
    return Background(country, snapshot, quality, told_parameters(stored), low)


def cell(stored: StoredCell, indicator: Indicator, behind: Background) -> pb.Cell:
    """The stored cell with everything needed to read it.

    A count of persons where linkage is low keeps its value and changes its unit: it is a count
    of episodes, and says so.
    """
    status = pb.CellStatus.Value(f"CELL_STATUS_{stored.status}")
    counted = unit(indicator, low_linkage=behind.low_linkage)
    if status == pb.CELL_STATUS_OK and counted != indicator.unit_of_count:
        status = pb.CELL_STATUS_LOW_LINKAGE
    told = status in _WITH_VALUE
    return pb.Cell(
        country=behind.country,
        period=stored.position.period,
        indicator=indicator.id,
        indicator_version=str(indicator.version),
        measure=stored.position.measure,
        dimensions=stored.dimensions,
        value=stored.value if told else None,
        status=status,
        unit_of_count=counted,
        numerator=stored.numerator if told else None,
        denominator=stored.denominator,
        as_of=behind.snapshot.as_of.isoformat(),
        computed_at=_moment(behind.snapshot.computed_at),
        coverage=behind.quality.coverage,
        linkage=behind.quality.linkage,
        parameters=behind.parameters,
    )


def published(cell: PublishedCell, vintage: Vintage, parameters: Mapping[str, str]) -> pb.Cell:
    """The cell as it was released, with the parameters of its vintage as text."""
    return pb.Cell(
        country=vintage.country,
        period=vintage.period,
        indicator=cell.place.indicator,
        indicator_version=str(cell.indicator_version),
        measure=cell.place.measure,
        dimensions=cell.dimensions,
        value=cell.value,
        status=pb.CellStatus.Value(f"CELL_STATUS_{cell.status}"),
        unit_of_count=cell.unit_of_count,
        numerator=cell.numerator,
        denominator=cell.denominator,
        as_of=vintage.as_of.isoformat(),
        computed_at=_moment(vintage.computed_at),
        coverage=vintage.quality.coverage,
        linkage=vintage.quality.linkage,
        parameters=parameters,
        vintage=vintage.number,
        published_at=_moment(vintage.published_at),
    )


def told_parameters(of: Mapping[str, Any]) -> dict[str, str]:
    """A country's parameters as text: 90.0 as 90, true as true."""
    return {name: _plain(value) for name, value in of.items()}


def definition(indicator: Indicator) -> pb.Indicator:
    """The catalogue entry."""
    return pb.Indicator(
        id=indicator.id,
        version=str(indicator.version),
        title=indicator.title,
        unit_of_count=indicator.unit_of_count,
        formula=indicator.formula,
        numerator=indicator.numerator,
        denominator=indicator.denominator,
        dimensions=_dimensions(indicator),
        tables=_tables(indicator),
        measures=(*indicator.measures, *((POOLED,) if indicator.pooled else ())),
        publishing_rule=indicator.publishing_rule,
        caveats=indicator.caveats,
        source=indicator.source,
    )


def _dimensions(indicator: Indicator) -> Iterator[pb.Dimension]:
    for name, dimension in sorted(dimensions_of(indicator).items()):
        yield pb.Dimension(
            name=name,
            additive=_is_additive(indicator, name),
            values=values_of(dimension) or (),
        )


def _is_additive(indicator: Indicator, name: str) -> bool:
    """Whether cells over the dimension add up: counts, of units that have one value each."""
    parts = [part for part in indicator.parts if any(name in table for table in part.tables)]
    return all(
        isinstance(part.measure, Count)
        and name not in part.population.sets
        and () in part_tables(part, PeriodKind.YEAR)
        for part in parts
    )


def _tables(indicator: Indicator) -> Iterator[pb.Table]:
    kinds: dict[Table, list[PeriodKind]] = {}
    for kind in PeriodKind:
        for table in tables_for(indicator, kind):
            kinds.setdefault(table, []).append(kind)
    for table in sorted(kinds, key=lambda names: (len(names), names)):
        yield pb.Table(
            dimensions=table, period_kinds=[pb.PeriodKind.ValueType(k) for k in kinds[table]]
        )


def _moment(at: datetime) -> Timestamp:
    moment = Timestamp()
    moment.FromDatetime(at)
    return moment


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else json.dumps(value).strip('"')
