"""What a query asks for, checked against the catalogue. Pure.

A selection is the normal form of a request: two requests that ask for the same cells, however
they are written, have equal selections, so that a page token can be bound to the question.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gtms.indicators.definition import Dimension, Indicator, tables_for
from gtms.query.pooling import pool
from gtms.records.periods import Period, PeriodKind, UnknownPeriod, containing, parse
from treatment.indicators.v1 import indicators_pb2 as pb

MAX_PERIODS = 240
DEFAULT_PAGE_SIZE = 1000

Filters = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing wrong with a request: the field, and what is allowed there."""

    field: str
    description: str


class InvalidQuery(Exception):
    """The request asks for what cannot be asked for; says where, and what can."""

    def __init__(self, *violations: Violation) -> None:
        super().__init__("; ".join(f"{v.field}: {v.description}" for v in violations))
        self.violations = violations


@dataclass(frozen=True, slots=True)
class Selection:
    """The cells wanted: one table of some indicators over some periods.

    Attributes:
        indicators: the definitions, by id.
        periods: labels, sorted.
        dimensions: those crossed in the table, sorted; empty for totals.
        filters: per dimension filtered on the values wanted, sorted.
    """

    indicators: tuple[Indicator, ...]
    periods: tuple[str, ...]
    dimensions: tuple[str, ...]
    filters: Filters

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that any of the indicators has, sorted."""
        return tuple(sorted({name for each in self.indicators for name in each.measures}))

    @property
    def pooled(self) -> tuple[Indicator, ...]:
        """Those of the indicators whose years are pooled."""
        return tuple(each for each in self.indicators if each.pooled)

    @property
    def read(self) -> tuple[str, ...]:
        """The periods, and the years that are pooled with them; sorted."""
        before = (year for each in self.periods for year in pool(each)) if self.pooled else ()
        return tuple(sorted({*self.periods, *before}))

    def digest(self) -> bytes:
        """SHA-256 of the question, the same for every way of writing it."""
        ids = [indicator.id for indicator in self.indicators]
        question = json.dumps([ids, self.periods, self.dimensions, self.filters])
        return hashlib.sha256(question.encode()).digest()


def select(
    request: pb.QueryCellsRequest, catalogue: Mapping[str, Indicator], year_start: int
) -> Selection:
    """What a well-formed request asks for.

    Args:
        request: as the rules of its .proto allow it.
        catalogue: what there is to ask for.
        year_start: month in which the country's years start, for ranges of periods.

    Raises:
        InvalidQuery: it asks for something outside the catalogue.
    """
    indicators = _indicators(request.indicators, catalogue)
    periods = _periods(request, year_start)
    filters = _filters(request.filters)
    dimensions = tuple(sorted({*request.by, *(dimension for dimension, _ in filters)}))
    kinds = sorted({period.kind for period in periods})
    violations = [
        *_unknown_dimensions(request, indicators),
        *_missing_tables(indicators, dimensions, kinds),
        *_unknown_values(request.filters, indicators),
    ]
    if violations:
        raise InvalidQuery(*violations)
    return Selection(
        indicators, tuple(sorted(period.label for period in periods)), dimensions, filters
    )


def dimensions_of(indicator: Indicator) -> Mapping[str, Dimension]:
    """The dimensions that appear in the indicator's tables, by name."""
    return {
        dimension.name: dimension
        for part in indicator.parts
        for dimension in part.population.dimensions
        if any(dimension.name in table for table in part.tables)
    }


def values_of(dimension: Dimension) -> tuple[str, ...] | None:
    """Every value a cell can have in the dimension, in the order of the codes and unknown last.

    None where the country makes its own values.
    """
    if dimension.labels is None:
        return None
    known = (label for _, label in sorted(dimension.labels.items()) if label != dimension.unknown)
    return (*dict.fromkeys(known), dimension.unknown)


def table_name(dimensions: Sequence[str]) -> str:
    """A table for people: `sex × substance_group`, or `total`."""
    return " × ".join(dimensions) or "total"


def _indicators(ids: Sequence[str], catalogue: Mapping[str, Indicator]) -> tuple[Indicator, ...]:
    unknown = [number for number, name in enumerate(ids) if name not in catalogue]
    if unknown:
        allowed = f"not in the catalogue; there are {', '.join(sorted(catalogue))}"
        raise InvalidQuery(*(Violation(f"indicators[{n}]", allowed) for n in unknown))
    return tuple(catalogue[name] for name in sorted(ids))


def _periods(request: pb.QueryCellsRequest, year_start: int) -> tuple[Period, ...]:
    if not request.HasField("period_range"):
        return tuple(
            _period(label, f"periods[{number}]", year_start)
            for number, label in enumerate(request.periods)
        )
    bounds = request.period_range
    first = _period(bounds.first, "period_range.first", year_start)
    last = _period(bounds.last, "period_range.last", year_start)
    if first.kind is not last.kind:
        raise InvalidQuery(Violation("period_range.last", "of the same kind as the first period"))
    if last.first < first.first:
        raise InvalidQuery(Violation("period_range.last", "not before the first period"))
    kind = PeriodKind(bounds.kind) if bounds.kind else first.kind
    if kind < first.kind:
        raise InvalidQuery(
            Violation("period_range.kind", f"not longer than the bounds ({first.kind.name})")
        )
    return tuple(_span(first, last, kind, year_start))


def _period(label: str, field: str, year_start: int) -> Period:
    try:
        return parse(label, year_start)
    except (UnknownPeriod, ValueError):
        allowed = "a period from 0001 to 9998, written 2025, 2025-Q1 or 2025-01"
        raise InvalidQuery(Violation(field, allowed)) from None


def _span(first: Period, last: Period, kind: PeriodKind, year_start: int) -> Iterator[Period]:
    period = containing(first.first, kind, year_start)
    for _ in range(MAX_PERIODS):
        yield period
        if period.after >= last.after:
            return
        period = containing(period.after, kind, year_start)
    raise InvalidQuery(Violation("period_range", f"at most {MAX_PERIODS} periods"))


def _filters(filters: Sequence[pb.Filter]) -> Filters:
    """Sorted by dimension; refuses a dimension filtered on twice."""
    seen: dict[str, tuple[str, ...]] = {}
    for number, each in enumerate(filters):
        if each.dimension in seen:
            allowed = "each dimension at most once, with all the values wanted"
            raise InvalidQuery(Violation(f"filters[{number}].dimension", allowed))
        seen[each.dimension] = tuple(sorted(each.values))
    return tuple(sorted(seen.items()))


def _unknown_dimensions(
    request: pb.QueryCellsRequest, indicators: Sequence[Indicator]
) -> Iterator[Violation]:
    named = [(f"by[{number}]", name) for number, name in enumerate(request.by)]
    named += [
        (f"filters[{number}].dimension", each.dimension)
        for number, each in enumerate(request.filters)
    ]
    for indicator in indicators:
        known = dimensions_of(indicator)
        for field, name in named:
            if name not in known:
                there_are = ", ".join(sorted(known)) or "none"
                yield Violation(field, f"not a dimension of {indicator.id}; it has {there_are}")


def _missing_tables(
    indicators: Sequence[Indicator], dimensions: tuple[str, ...], kinds: Sequence[PeriodKind]
) -> Iterator[Violation]:
    for indicator in indicators:
        for kind in kinds:
            tables = tables_for(indicator, kind)
            if dimensions not in tables and dimensions_of(indicator).keys() >= set(dimensions):
                there_are = ", ".join(table_name(table) for table in sorted(tables))
                yield Violation(
                    "by",
                    f"{indicator.id} has no table {table_name(dimensions)} "
                    f"for a {kind.name.lower()}; it has {there_are}",
                )


def _unknown_values(
    filters: Sequence[pb.Filter], indicators: Sequence[Indicator]
) -> Iterator[Violation]:
    for number, each in enumerate(filters):
        for indicator in indicators:
            dimension = dimensions_of(indicator).get(each.dimension)
            allowed = values_of(dimension) if dimension else None
            if allowed is not None and not set(allowed).issuperset(each.values):
                yield Violation(
                    f"filters[{number}].values",
                    f"values of {each.dimension} are {', '.join(allowed)}",
                )
                break
