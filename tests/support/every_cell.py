"""Cells of every table of the catalogue, written by SQL: what dashboards may ask for."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import product

from gtms.config import ClickHouse
from gtms.indicators.catalogue import CATALOGUE
from gtms.indicators.definition import Indicator, Part, part_tables
from gtms.records.periods import parse
from gtms.warehouse.client import Connection

PERIODS = ("2024", "2025", "2025-Q1", "2025-Q2", "2025-10", "2025-11", "2025-12")
VERSION = 7
CONTENT = "d" * 64
_MOST = 9
_OPEN = {
    "admin1": ("XX-1", "XX-2"),
    "field": ("primary_substance", "sex"),
    "indicator": ("A02", "B01"),
}

Row = tuple[object, ...]


def write(server: ClickHouse, country: str, people: int, *, year_start: int = 1) -> None:
    """Snapshots and one vintage of every period, each number of people being `people`.

    Of few, whatever can mature has not matured, and the vintage withholds everything.
    """
    few = people < 5
    connection = Connection(server)
    try:
        for period in PERIODS:
            cells = list(_cells(period, people, few))
            _insert(connection, "indicators.cells", _OWN, country, period, (VERSION,), cells)
            shown = [_withheld(one) if few else one for one in cells]
            of = (1, CONTENT)
            _insert(connection, "published.cells", _PUBLISHED, country, period, of, shown)
            _current(connection, country, period, year_start, len(cells), len(cells) if few else 0)
    finally:
        connection.close()


_OWN = ("version",)
_PUBLISHED = ("vintage", "content")
_CELL = (
    *("indicator", "measure", "by", "key", "dimensions"),
    *("value", "numerator", "denominator", "status"),
)


def _insert(
    connection: Connection,
    table: str,
    named: Sequence[str],
    country: str,
    period: str,
    of: Row,
    cells: Sequence[Row],
) -> None:
    rows = [(country, period, *of, *cell) for cell in cells]
    columns = ("country", "period", *named, *_CELL)
    connection.insert(table, dict(zip(columns, map(list, zip(*rows, strict=True)), strict=True)))


def _current(
    connection: Connection, country: str, period: str, year_start: int, cells: int, withheld: int
) -> None:
    dates, now = parse(period, year_start), datetime.now(UTC)
    common: dict[str, Sequence[object]] = {
        "country": [country],
        "period": [period],
        "as_of": [date.today()],
        "computed_at": [now],
        "parameters": [f'{{"k_threshold": 5, "year_start": {year_start}}}'],
        "catalogue": ["a"],
    }
    connection.insert("indicators.snapshots", common | {"version": [VERSION]})
    vintage: dict[str, Sequence[object]] = {
        "vintage": [1],
        "content": [CONTENT],
        "first": [dates.first],
        "after": [dates.after],
        "coverage": [87.5],
        "linkage": [96.0],
        "cells": [cells],
        "withheld": [withheld],
        "published_at": [now - timedelta(days=1)],
    }
    connection.insert("published.vintages", common | vintage)


def _cells(period: str, people: int, few: bool) -> Iterator[Row]:
    for indicator in CATALOGUE.values():
        for part in indicator.parts:
            for table in sorted(part_tables(part, parse(period).kind)):
                for labels in _labels(part, table):
                    for measure in part.values:
                        yield _cell(
                            indicator, measure, dict(zip(table, labels, strict=True)), people, few
                        )


def _labels(part: Part, table: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    by_name = {one.name: one for one in part.population.dimensions}
    known = [by_name[name].labels for name in table]
    return product(
        *(
            _OPEN.get(name, ("one", "two")) if of is None else tuple(of.values())[:_MOST]
            for name, of in zip(table, known, strict=True)
        )
    )


def _cell(
    indicator: Indicator, measure: str, labels: dict[str, str], people: int, few: bool
) -> Row:
    late = few and "mature" in indicator.publishing_rule
    value = None if late else 62.5 if indicator.denominator else float(people)
    key = "|".join(f"{name}={label}" for name, label in labels.items())
    told = (value, float(people), 2.0 * people, "NOT_MATURED" if late else "OK")
    return (indicator.id, measure, ",".join(labels), key, labels, *told)


def _withheld(cell: Row) -> Row:
    return (*cell[:5], None, None, None, "SUPPRESSED_PRIMARY")
