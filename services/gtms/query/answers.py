"""Catalogue entries and stored cells in the words of the service. Pure."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp

from gtms.indicators.definition import POOLED, Count, Indicator, Table, part_tables, tables_for
from gtms.query.selection import dimensions_of, values_of
from gtms.records.periods import PeriodKind
from gtms.warehouse.reader import Quality, Snapshot, StoredCell
from treatment.indicators.v1 import indicators_pb2 as pb

PERSON = "person"
EPISODE = "episode"
MIN_LINKAGE = "min_linkage"

_WITH_VALUE = frozenset({pb.CELL_STATUS_OK, pb.CELL_STATUS_ROUNDED, pb.CELL_STATUS_LOW_LINKAGE})


@dataclass(frozen=True, slots=True)
class Background:
    """What is the same for all cells of a country and period."""

    country: str
    snapshot: Snapshot
    quality: Quality
    parameters: Mapping[str, Any]

    @property
    def low_linkage(self) -> bool:
        """Whether too few admissions are linked for a count of persons to be called that.

        Without any admission in the period there is nothing to judge by, and it is not.
        """
        least = float(self.parameters[MIN_LINKAGE])
        return self.quality.linkage is not None and self.quality.linkage < least


def background(country: str, snapshot: Snapshot, quality: Quality) -> Background:
    """Reads the snapshot's parameters once for all of its cells."""
    return Background(country, snapshot, quality, json.loads(snapshot.parameters))


def cell(stored: StoredCell, indicator: Indicator, behind: Background) -> pb.Cell:
    """The stored cell with everything needed to read it.

    A count of persons where linkage is low keeps its value and changes its unit: it is a count
    of episodes, and says so.
    """
    status = pb.CellStatus.Value(f"CELL_STATUS_{stored.status}")
    unit = indicator.unit_of_count
    if status == pb.CELL_STATUS_OK and behind.low_linkage and unit.startswith(PERSON):
        status, unit = pb.CELL_STATUS_LOW_LINKAGE, EPISODE + unit.removeprefix(PERSON)
    computed_at = Timestamp()
    computed_at.FromDatetime(behind.snapshot.computed_at)
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
        unit_of_count=unit,
        numerator=stored.numerator if told else None,
        denominator=stored.denominator,
        as_of=behind.snapshot.as_of.isoformat(),
        computed_at=computed_at,
        coverage=behind.quality.coverage,
        linkage=behind.quality.linkage,
        parameters={name: _plain(value) for name, value in behind.parameters.items()},
    )


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


def _plain(value: object) -> str:
    """A parameter as text: 90.0 as 90, true as true."""
    return f"{value:g}" if isinstance(value, float) else json.dumps(value).strip('"')
