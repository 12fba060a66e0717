"""Releases as tables for people. Pure."""

from collections.abc import Iterable

from rich import box
from rich.markup import escape
from rich.table import Table

from gtms.query.rendering import number, status_name
from treatment.indicators.v1 import indicators_pb2
from treatment.releases.v1 import releases_pb2 as pb


def state_name(release: pb.Release) -> str:
    """How far it has come, in small letters."""
    return pb.ReleaseState.Name(release.state).removeprefix("RELEASE_STATE_").lower()


def releases_table(releases: Iterable[pb.Release]) -> Table:
    """One line per release."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("country", "period", "vintage", "state", "as of", "published", "cells", "reason"):
        table.add_column(name, justify="right" if name in ("vintage", "cells") else "left")
    for each in releases:
        table.add_row(
            *(each.country, each.period, str(each.vintage), state_name(each), each.as_of),
            _day(each),
            str(each.cells),
            escape(each.reason),
        )
    return table


def release_table(release: pb.Release) -> Table:
    """Everything of one release, one line per entry."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="bold")
    table.add_column()
    entries = {
        "release": f"{release.country} {release.period}, vintage {release.vintage}",
        "state": state_name(release),
        "cells": f"{release.cells}, {release.withheld} of them withheld",
        "as of": release.as_of,
        "coverage L01 %": _percent(release, "coverage"),
        "linkage L03 %": _percent(release, "linkage"),
        "parameters": " ".join(f"{k}={v}" for k, v in sorted(release.parameters.items())),
        "definitions": release.catalogue,
        "content": release.content_hash,
        "published": _day(release),
        "reason": release.reason,
        "drafted by": release.drafted_by,
        "reviewed by": release.reviewed_by,
        "published by": release.published_by,
    }
    for name, text in entries.items():
        if text:
            table.add_row(name, escape(text))
    return table


def breaches_table(release: pb.Release) -> Table:
    """From what small numbers could be worked out: one line per cell."""
    table = Table("cell", "how its small numbers could be worked out", box=box.SIMPLE_HEAD)
    for breach in release.breaches:
        for cell in breach.cells:
            table.add_row(escape(cell_name(cell)), escape(breach.because))
    return table


def indicators_table(preview: pb.PreviewReleaseResponse) -> Table:
    """How many cells of each indicator change."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title_justify="left")
    table.title = (
        f"against vintage {preview.against}" if preview.against else "it would be the first vintage"
    )
    for name in ("indicator", "added", "removed", "changed", "as it was"):
        table.add_column(name, justify="left" if name == "indicator" else "right")
    for each in preview.indicators:
        counts = (each.added, each.removed, each.changed, each.same)
        table.add_row(each.indicator, *map(str, counts))
    return table


def changes_table(preview: pb.PreviewReleaseResponse) -> Table:
    """One line per changed cell."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("cell", "before", "after"):
        table.add_column(name, justify="left" if name == "cell" else "right")
    for each in preview.cells:
        before = _said(each.before if each.HasField("before") else None, each.status_before)
        after = _said(each.after if each.HasField("after") else None, each.status_after)
        table.add_row(escape(cell_name(each.cell)), before, after)
    return table


def cell_name(cell: pb.CellName) -> str:
    """The cell in words."""
    labels = " ".join(f"{name}={label}" for name, label in sorted(cell.dimensions.items()))
    measure = "" if cell.measure == "value" else f" {cell.measure}"
    return f"{cell.indicator}{measure} {cell.period} {labels or 'total'}"


def policy_line(policy: pb.ReleasePolicy) -> str:
    """When periods are released by themselves."""
    told = [
        f"{field.name.removesuffix('_days')}s {days} days after they end"
        for field, days in policy.ListFields()
    ]
    return "; ".join(told) or "nothing is released by itself"


def _said(value: float | None, status: "indicators_pb2.CellStatus.ValueType") -> str:
    if not status:
        return "-"
    if value is None:
        return status_name(status).lower().replace("_", " ")
    return number(value, "")


def _day(release: pb.Release) -> str:
    return release.published_at.ToJsonString() if release.HasField("published_at") else ""


def _percent(release: pb.Release, name: str) -> str:
    return number(getattr(release, name), "%") if release.HasField(name) else ""  # type: ignore[arg-type]
