"""`make bench`: what GTMS achieves on this machine, beside what its parts achieve alone.

Every part has a stack of its own, new and empty, on free ports; all parts run one after the other
in one run, and every figure that has a reference is measured beside it in the same rounds.
"""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from gtms.config import project_root
from gtms.observability import configure_logging
from gtms.trouble import Trouble
from tests.bench import cost, disclosure, freshness, growth, ingest, loader
from tests.bench.figures import Figure, Measured, Peak
from tests.bench.machine import busy_percent, doubts, this_machine
from tests.bench.report import Run, show
from tests.bench.sizes import QUICK, Sizes
from tests.bench.stacks import Say

PARTS = (
    ingest.PART,
    loader.PART,
    freshness.PART,
    growth.PART,
    growth.QUERIES,
    cost.PART,
    disclosure.PART,
)

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def bench(
    only: Annotated[str, typer.Option(help=f"Some of: {','.join(PARTS)}.")] = ",".join(PARTS),
    quick: Annotated[
        bool, typer.Option("--quick", help="Small sizes: does it run at all?")
    ] = False,
    rounds: Annotated[int | None, typer.Option(min=1, help="Of ingest and loader.")] = None,
    ingest_records: Annotated[int | None, typer.Option(min=500)] = None,
    loader_records: Annotated[int | None, typer.Option(min=4)] = None,
    countries: Annotated[int | None, typer.Option(min=1, help="Of freshness.")] = None,
    admissions: Annotated[int | None, typer.Option(min=1, help="In each country.")] = None,
    per_second: Annotated[int | None, typer.Option(min=1, help="Records sent.")] = None,
    seconds: Annotated[int | None, typer.Option(min=1, help="Of sending.")] = None,
    sizes_of_growth: Annotated[
        str | None, typer.Option("--growth", help="Admissions in each country: 1000,10000.")
    ] = None,
    cost_admissions: Annotated[int | None, typer.Option(min=1, help="In each country.")] = None,
    disclosure_admissions: Annotated[
        int | None, typer.Option(min=1, help="In one country.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="File for the JSON.", show_default=".gtms/bench.json")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON to standard output too.")] = False,
) -> None:
    """Measure, and print a table; the JSON goes to a file."""
    chosen = _chosen(only)
    given = {
        "rounds": rounds,
        "ingest_records": ingest_records,
        "loader_records": loader_records,
        "countries": countries,
        "admissions": admissions,
        "per_second": per_second,
        "seconds": seconds,
        "cost": cost_admissions,
        "disclosure": disclosure_admissions,
        "growth": tuple(map(int, sizes_of_growth.split(","))) if sizes_of_growth else None,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    sizes = replace(QUICK if quick else Sizes(), **changes)  # type: ignore[arg-type]
    console = Console(stderr=as_json, highlight=False)
    configure_logging("error", "console")
    file = out or project_root() / ".gtms" / "bench.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    for run in _runs(sizes, chosen, Console(stderr=True, highlight=False)):
        file.write_text(json.dumps(run.as_json(), indent=2) + "\n")
    show(run, console)
    console.print(f"All of it: {file}")
    if as_json:
        typer.echo(file.read_text(), nl=False)


def _chosen(only: str) -> tuple[str, ...]:
    named = [word.strip() for word in only.split(",")]
    unknown = [word for word in named if word not in PARTS]
    if unknown:
        raise typer.BadParameter(f"{unknown[0]!r} is no part; there are {', '.join(PARTS)}")
    return tuple(part for part in PARTS if part in named)


def _runs(sizes: Sizes, chosen: Sequence[str], progress: Console) -> Iterator[Run]:
    """All that was measured so far, after each part."""
    machine, began = this_machine(), time.monotonic()
    busy: dict[str, float] = {}
    figures: list[Figure] = []
    peaks: list[Peak] = []
    for part in _apart(chosen):
        busy[part] = busy_percent()

        def say(what: str, part: str = part) -> None:
            progress.print(f"[dim]{time.monotonic() - began:6.0f} s[/]  {part}: {what}")

        found = _measure(part, sizes, say, chosen)
        figures += found.figures
        peaks += found.peaks
        lines = tuple(doubts(machine, busy))
        yield Run(machine, sizes, time.monotonic() - began, lines, tuple(figures), tuple(peaks))


def _apart(chosen: Sequence[str]) -> list[str]:
    """The parts that have a stack of their own: the queries need what growth has stored."""
    return [part for part in chosen if part != growth.QUERIES or growth.PART not in chosen]


def _measure(part: str, sizes: Sizes, say: Say, chosen: Sequence[str]) -> Measured:
    match part:
        case ingest.PART:
            return ingest.measure(sizes, say)
        case loader.PART:
            return loader.measure(sizes, say)
        case freshness.PART:
            return freshness.measure(sizes, say)
        case cost.PART:
            return cost.measure(sizes, say)
        case disclosure.PART:
            return disclosure.measure(sizes, say)
        case _:
            return growth.measure(sizes, say, chosen)


if __name__ == "__main__":
    try:
        app()
    except Trouble as trouble:
        sys.exit(f"bench: {trouble}")
