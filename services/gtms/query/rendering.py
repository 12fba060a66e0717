"""Cells and definitions as tables for people, as CSV and as JSON. Pure."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from rich import box
from rich.markup import escape
from rich.table import Table

from treatment.indicators.v1 import indicators_pb2 as pb

_FORMULA_STARTS = tuple("=+-@＝＋－＠")
_LINE_BREAKS = str.maketrans("\t\r\n\v\f", "     ")
_STATUS_PREFIX = "CELL_STATUS_"


def status_name(status: "pb.CellStatus.ValueType") -> str:
    """The status without the prefix of the .proto: OK, NOT_MATURED."""
    return pb.CellStatus.Name(status).removeprefix(_STATUS_PREFIX)


def number(value: float, unit_of_count: str) -> str:
    """A value in its unit: per cents with one decimal, counts and whole days as integers."""
    if "%" in unit_of_count:
        return f"{value:.1f}"
    return f"{value:.0f}" if value == int(value) else f"{value:.1f}"


def shown_value(cell: pb.Cell) -> str:
    """The value, or where there is none the status in its place; never 0 for absent."""
    if not cell.HasField("value"):
        return status_name(cell.status).lower().replace("_", " ")
    return number(cell.value, cell.unit_of_count)


def in_reading_order(
    cells: Iterable[pb.Cell], definitions: Mapping[str, pb.Indicator]
) -> list[pb.Cell]:
    """Sorted like the stored cells, but dimension values in the order of their codes."""
    places = {
        (indicator.id, dimension.name, value): place
        for indicator in definitions.values()
        for dimension in indicator.dimensions
        for place, value in enumerate(dimension.values)
    }

    def key(cell: pb.Cell) -> tuple[object, ...]:
        values = [
            (places.get((cell.indicator, name, cell.dimensions[name]), 0), cell.dimensions[name])
            for name in sorted(cell.dimensions)
        ]
        return (cell.country, cell.indicator, cell.measure, cell.period, values)

    return sorted(cells, key=key)


def cells_table(cells: Sequence[pb.Cell], definitions: Mapping[str, pb.Indicator]) -> Table:
    """One line per cell."""
    dimensions = _dimensions(cells)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("country", "period", "", "indicator", *dimensions):
        table.add_column(name)
    table.add_column("value", justify="right")
    for name in ("unit", "of", "status"):
        table.add_column(name, justify="right" if name == "of" else "left")
    for cell in in_reading_order(cells, definitions):
        title = definitions[cell.indicator].title if cell.indicator in definitions else ""
        measure = "" if cell.measure == "value" else f" ({cell.measure})"
        table.add_row(
            *(cell.country, cell.period, cell.indicator, escape(title + measure)),
            *(escape(cell.dimensions.get(name, "")) for name in dimensions),
            shown_value(cell),
            escape(cell.unit_of_count),
            _optional(cell, "denominator"),
            "" if cell.status == pb.CELL_STATUS_OK else status_name(cell.status),
        )
    return table


def background_table(cells: Iterable[pb.Cell]) -> Table:
    """One line per country and period: as of when, how complete, how well linked, released when."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title_justify="left")
    for name in ("country", "period", "as of", "coverage L01 %", "linkage L03 %", "released"):
        table.add_column(name, justify="right" if "%" in name else "left")
    seen: set[tuple[str, str]] = set()
    for cell in cells:
        if (cell.country, cell.period) not in seen:
            seen.add((cell.country, cell.period))
            quality = (_percent(cell, name) for name in ("coverage", "linkage"))
            table.add_row(cell.country, cell.period, cell.as_of, *quality, _released(cell))
    return table


def cells_csv(cells: Sequence[pb.Cell], dimensions: Sequence[str]) -> str:
    """One line per cell, with a header; text that a spreadsheet would run is made harmless."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    first = ("country", "period", "indicator", "indicator_version", "measure")
    numbers = ("numerator", "denominator")
    last = ("as_of", "computed_at", "coverage", "linkage", "parameters", "vintage", "published_at")
    names = tuple(dict.fromkeys([*dimensions, *_dimensions(cells)]))
    writer.writerow([*first, *names, "value", "status", "unit_of_count", *numbers, *last])
    for cell in cells:
        writer.writerow(
            [
                *(harmless(getattr(cell, name)) for name in first),
                *(harmless(cell.dimensions.get(name, "")) for name in names),
                number(cell.value, cell.unit_of_count) if cell.HasField("value") else "",
                status_name(cell.status),
                harmless(cell.unit_of_count),
                *(_optional(cell, name) for name in numbers),
                cell.as_of,
                cell.computed_at.ToJsonString(),
                *(_percent(cell, name) for name in ("coverage", "linkage")),
                harmless(" ".join(f"{k}={v}" for k, v in sorted(cell.parameters.items()))),
                cell.vintage or "",
                cell.published_at.ToJsonString() if cell.vintage else "",
            ]
        )
    return out.getvalue()


def harmless(text: str) -> str:
    """Text on one line that no spreadsheet takes for a formula: an apostrophe before =, +, -, @."""
    line = text.translate(_LINE_BREAKS)
    return f"'{line}" if line.lstrip().startswith(_FORMULA_STARTS) else line


def as_json(messages: Iterable[Message]) -> str:
    """A JSON array of messages, with the names of the .proto; absent values are absent."""
    return json.dumps(
        [MessageToDict(message, preserving_proto_field_name=True) for message in messages],
        indent=2,
        ensure_ascii=False,
    )


def catalogue_table(indicators: Iterable[pb.Indicator]) -> Table:
    """One line per indicator."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("", "title", "unit of count", "dimensions", "rule"):
        table.add_column(name)
    for indicator in indicators:
        table.add_row(
            indicator.id,
            escape(indicator.title),
            escape(indicator.unit_of_count),
            ", ".join(dimension.name for dimension in indicator.dimensions),
            indicator.publishing_rule,
        )
    return table


def definition_table(indicator: pb.Indicator) -> Table:
    """Everything the catalogue says of one indicator, one line per entry."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="bold")
    table.add_column()
    tables = ", ".join(" × ".join(each.dimensions) or "total" for each in indicator.tables)
    entries = {
        "indicator": f"{indicator.id} {indicator.title}, version {indicator.version}",
        "unit of count": indicator.unit_of_count,
        "formula": indicator.formula,
        "numerator": indicator.numerator,
        "denominator": indicator.denominator,
        "measures": ", ".join(indicator.measures),
        "tables": tables,
        "publishing rule": indicator.publishing_rule,
        "source": indicator.source,
        "caveats": "\n".join(indicator.caveats),
    }
    for name, text in entries.items():
        if text:
            table.add_row(name, escape(text))
    for dimension in indicator.dimensions:
        adds_up = "adds up" if dimension.additive else "does not add up to the total"
        values = ", ".join(dimension.values) or "the country's own values"
        table.add_row(dimension.name, escape(f"{adds_up}: {values}"))
    return table


def _dimensions(cells: Iterable[pb.Cell]) -> tuple[str, ...]:
    return tuple(sorted({name for cell in cells for name in cell.dimensions}))


def _optional(cell: pb.Cell, name: str) -> str:
    return number(getattr(cell, name), "") if cell.HasField(name) else ""  # type: ignore[arg-type]


def _released(cell: pb.Cell) -> str:
    day = cell.published_at.ToJsonString()[:10]
    return f"vintage {cell.vintage}, {day}" if cell.vintage else "provisional"


def _percent(cell: pb.Cell, name: str) -> str:
    return number(getattr(cell, name), "%") if cell.HasField(name) else ""  # type: ignore[arg-type]
