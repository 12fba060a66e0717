"""`gtms demo`: the whole path on one machine, from simulated records to national indicators."""

import asyncio
import shutil
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table

from gtms.channel import caller
from gtms.cli.stack_progress import Progress
from gtms.config import Settings, project_root
from gtms.events.failures import Unavailable
from gtms.ingest.client import Refused
from gtms.ingest.identity import Role
from gtms.processing.settled import Settled
from gtms.query import client as query
from gtms.query.rendering import shown_value
from gtms.simulate.demonstration import (
    COUNTRIES,
    Plan,
    missing,
    plan,
    remember,
    wait_settled,
    with_kept,
)
from gtms.simulate.display import shown
from gtms.simulate.sending import Sending, send_all, unreachable
from gtms.stack.lifecycle import EmbeddedStack
from gtms.stack.place import stack_here, stack_to_start
from gtms.trouble import Trouble
from treatment.indicators.v1 import indicators_pb2 as pb

app = typer.Typer()
INTERRUPTED = 130
_BARS = "▁▂▃▄▅▆▇█"
_MONTHS_SHOWN = 24


@app.command(
    epilog="Examples:\n\n"
    "* `gtms demo` stays up until Ctrl-C\n"
    "* `gtms demo --exit` leaves after the table\n"
    "* `gtms demo --admissions 10000` makes five times as many records"
)
def demo(
    leave: Annotated[bool, typer.Option("--exit", help="Leave after the table.")] = False,
    admissions: Annotated[
        int | None,
        typer.Option(min=100, help="Per country, the first time; 2000 when left out."),
    ] = None,
    state: Annotated[
        Path | None,
        typer.Option("--state", help="Folder of the stack.", show_default=".gtms of the project"),
    ] = None,
    port_base: Annotated[
        int | None, typer.Option(help="Count all ports from here when the stack is started.")
    ] = None,
) -> None:
    """Start the stack, send the made-up records of six countries, show national indicators.

    A second run on the same stack finds everything there and sends nothing.
    """
    console = Console(highlight=False)
    began = time.monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder = stack_here(state).settings.stack.state
    made = plan(folder, admissions, datetime.now(UTC).date())
    try:
        with _stack(console, state, port_base) as (stack, started):
            made = _fill(console, stack.settings, made)
            _show(console, stack.settings, made)
            _say_next(console, stack.settings, made, started=started)
            console.print(f"[dim]{time.monotonic() - began:.0f} s[/dim]")
            if started and not leave:
                _stay(console, stack)
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None


@contextmanager
def _stack(
    console: Console, state: Path | None, port_base: int | None
) -> Iterator[tuple[EmbeddedStack, bool]]:
    """The stack, up, and whether it was started here: only then it is stopped in the end."""
    stack = stack_here(state)
    started = not stack.is_up()
    if started:
        console.print("Starting the stack:")
        stack = stack_to_start(state, port_base, verified=True)
        with Progress(console) as progress:
            stack.up(progress.tell, leashed=True)
    else:
        console.print("The stack is already up.")
        if place := asyncio.run(unreachable(stack.settings)):
            raise Trouble(f"but no service answers at {place}: see `gtms stack status`")
    try:
        yield stack, started
    finally:
        if started:
            with console.status("Stopping the stack"):
                stack.down()
            console.print("The stack is stopped; its records are kept for the next run.")


def _fill(console: Console, current: Settings, made: Plan) -> Plan:
    """Send what is missing and return when everything is counted."""
    try:
        if made.kept and missing(made, current) is None:
            console.print("All records are already there: nothing is sent.")
        else:
            made = _send(console, current, made)
        with console.status("Counting") as status:
            wait_settled(current, lambda now: status.update(_still(now)))
        lacking = missing(made, current)
    except (Unavailable, Refused) as failure:
        raise Trouble(f"{failure}; see `gtms stack status`") from None
    if lacking:
        raise Trouble(f"{lacking}, although all were accepted: see `gtms dead-letters list`")
    return made


def _send(console: Console, current: Settings, made: Plan) -> Plan:
    remember(current.stack.state, made)
    sendings = [Sending(simulation) for simulation in made.simulations()]
    console.print(
        f"Sending the simulated records of {len(COUNTRIES)} countries over gRPC, "
        f"{made.admissions:,} admissions each, {made.first} to {made.last}:"
    )
    with shown(console, sendings, receipts=True):
        asyncio.run(send_all(sendings, current))
    made = with_kept(made, sendings)
    remember(current.stack.state, made)
    return made


def _still(now: Settled) -> str:
    return (
        f"Counting: {now.records:,} records to store, {now.changes:,} changes and "
        f"{now.dirty:,} country-periods to compute"
    )


def _show(console: Console, current: Settings, made: Plan) -> None:
    target = f"{current.ingest.host}:{current.ports.indicators}"
    figures: dict[tuple[str, str], dict[str, str]] = {}
    months: dict[str, list[float]] = {}
    try:
        with query.Client(target, caller(current, Role.INTERNATIONAL)) as service:
            catalogue = [each for each in service.catalogue() if _has_total(each)]
        for country in COUNTRIES:
            with query.Client(target, caller(current, Role.MINISTRY, country)) as service:
                _read(service, country, made, catalogue, figures)
                months[country] = _entrants(service, country, made)
    except query.Refused as refused:
        raise Trouble(str(refused)) from None
    console.print(_table(made, catalogue, figures))
    console.print("\nB01  Entrants by month, the last two years — SIMULATED", style="italic")
    console.print(_charts(months))


def _has_total(indicator: pb.Indicator) -> bool:
    """Whether there is one figure for the whole country: shares by drug have none."""
    return any(not table.dimensions for table in indicator.tables)


def _read(
    service: query.Client,
    country: str,
    made: Plan,
    catalogue: Sequence[pb.Indicator],
    figures: dict[tuple[str, str], dict[str, str]],
) -> None:
    request = pb.QueryCellsRequest(
        indicators=[indicator.id for indicator in catalogue],
        countries=[country],
        periods=[str(made.year)],
    )
    for cell in service.cells(request).cells:
        figure = shown_value(cell) if cell.HasField("value") else "–"
        figures.setdefault((cell.indicator, cell.measure), {})[country] = figure


def _entrants(service: query.Client, country: str, made: Plan) -> list[float]:
    """Entrants of each of the last full months."""
    last = made.last.year * 12 + made.last.month - 2
    first = max(made.first.year * 12, last - _MONTHS_SHOWN + 1)
    asked = pb.PeriodRange(
        first=_month(first), last=_month(last), kind=pb.PeriodKind.PERIOD_KIND_MONTH
    )
    request = pb.QueryCellsRequest(indicators=["B01"], countries=[country], period_range=asked)
    found = {cell.period: cell.value for cell in service.cells(request).cells}
    return [found.get(_month(month), 0.0) for month in range(first, last + 1)]


def _month(number: int) -> str:
    return f"{number // 12}-{number % 12 + 1:02d}"


def _table(
    made: Plan,
    catalogue: Sequence[pb.Indicator],
    figures: dict[tuple[str, str], dict[str, str]],
) -> Table:
    table = Table(
        title=f"National indicators {made.year} — SIMULATED: no figure here is a country's figure",
        caption="– not available. L04 counts records by the day of receipt: ask for this year.",
        title_justify="left",
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        row_styles=["", "dim"],
    )
    table.add_column("indicator")
    table.add_column("unit")
    for country in COUNTRIES:
        table.add_column(country, justify="right", no_wrap=True)
    for indicator in catalogue:
        for measure in indicator.measures:
            values = figures.get((indicator.id, measure))
            if values is None:
                continue  # it has no total
            detail = "" if measure == "value" else f", {measure}"
            table.add_row(
                f"{indicator.id}  {indicator.title}{detail}",
                indicator.unit_of_count,
                *(values.get(country, "0") for country in COUNTRIES),
            )
    return table


def _charts(months: dict[str, list[float]]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False)
    for country, values in months.items():
        table.add_row(country, _spark(values), f"[dim]{min(values):.0f} to {max(values):.0f}[/dim]")
    return table


def _spark(values: Sequence[float]) -> str:
    """A bar per value, the highest of full height."""
    highest = max(values) or 1.0
    return "".join(_BARS[round(value / highest * (len(_BARS) - 1))] for value in values)


def _say_next(console: Console, current: Settings, made: Plan, *, started: bool) -> None:
    gtms = "gtms" if shutil.which("gtms") else ".venv/bin/gtms"
    state = current.stack.state
    ports, host = current.ports, current.ingest.host
    lines = (
        "[bold]Try next[/bold] (in another terminal)",
        *([f"  export GTMS_STACK__STATE={state}"] if state != project_root() / ".gtms" else []),
        f"  {gtms} indicators list",
        f"  {gtms} indicators query A02 B01 --country KEN --period {made.year} --by sex",
        f"  {gtms} indicators query B01 --country MEX --period {made.year} --by substance_group",
        f"  {gtms} indicators query B04 --country VNM --period {made.first.year}..{made.year} "
        "--every month --format csv",
        f"  {gtms} simulate --countries BRA --admissions 1000 --send",
        f"  {gtms} stack status",
        "[bold]Ports[/bold]",
        f"  gRPC on {host}: facilities {ports.facilities}, admissions {ports.admissions}, "
        f"outcomes {ports.outcomes}, trainings and estimates {ports.trainings}, "
        f"indicators {ports.indicators}",
        f"  Kafka {current.kafka.bootstrap}, ClickHouse {host}:{current.clickhouse.port} "
        f"(HTTP {current.clickhouse.http_port})",
        f"[bold]Logs[/bold] {_short(state / 'logs')}",
        "[bold]Stop[/bold] "
        + ("Ctrl-C here" if started else f"{gtms} stack down")
        + "; the records stay for the next run",
    )
    console.print("\n" + "\n".join(lines), soft_wrap=True)


def _short(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _stay(console: Console, stack: EmbeddedStack) -> None:
    """Until Ctrl-C. Raises Trouble when the stack ends by itself."""
    console.print("Ctrl-C stops the stack.")
    never = threading.Event()
    try:
        while not never.wait(2.0):
            if not stack.is_up():
                raise Trouble(f"the stack has stopped: see {stack.supervisor.logs}")
    except KeyboardInterrupt:
        console.print()
