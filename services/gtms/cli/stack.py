"""`gtms stack`: Kafka, ClickHouse, the services and the processor on this machine."""

import dataclasses
import json
import os
import signal
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from gtms.cli.stack_progress import Progress
from gtms.config import Settings
from gtms.stack import ports
from gtms.stack.lifecycle import EmbeddedStack, Status
from gtms.stack.logs import follow
from gtms.stack.place import stack_here, stack_to_start
from gtms.trouble import Trouble

app = typer.Typer(no_args_is_help=True, help="The whole system on this machine, without Docker.")

MIB = 1024 * 1024
GOOD = ("healthy", "done")

State = Annotated[
    Path | None,
    typer.Option("--state", help="Folder of the stack.", show_default=".gtms of the project"),
]


@app.command()
def up(
    state: State = None,
    port_base: Annotated[
        int | None,
        typer.Option(help="Count all ports from here: several stacks can run side by side."),
    ] = None,
    foreground: Annotated[
        bool, typer.Option("--foreground", help="Stay until Ctrl-C, then stop everything.")
    ] = False,
    only_stores: Annotated[
        bool, typer.Option("--only-stores", help="Only Kafka and ClickHouse, with their tables.")
    ] = False,
    verified: Annotated[
        bool,
        typer.Option(
            "--verified",
            help="TLS, certificates and tokens, of an authority made in the state folder.",
        ),
    ] = False,
) -> None:
    """Start everything and return when all of it is healthy.

    Already up is fine too. Everything it writes is in the state folder; the ports are in its
    `stack.json`, where every other `gtms` command finds them.

    **Examples**

    `gtms stack up`

    `gtms stack up --verified`

    `gtms stack up --state /tmp/second --port-base 20000`

    `GTMS_STACK__WORKERS=2 gtms stack up --foreground`
    """
    console = Console(highlight=False)
    running = stack_here(state)
    if running.is_up():
        _require_same(running, port_base, verified=verified)
        with Progress(console) as progress:
            started = () if only_stores else running.complete(progress.tell)
        _say_already_up(console, running, started)
        return
    stack = stack_to_start(state, port_base, verified=verified)
    with Progress(console) as progress:
        stack.up(progress.tell, only_stores=only_stores, leashed=foreground)
    _say_where(console, stack.settings)
    if foreground:
        _stay(stack)


@app.command()
def status(
    state: State = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say how each part is; leaves with code 1 when one is not well or nothing runs.

    **Examples**

    `gtms stack status`

    `gtms stack status --json | jq '.[] | select(.health != "healthy")'`
    """
    stack = stack_here(state)
    parts = stack.status()
    if as_json:
        typer.echo(json.dumps([dataclasses.asdict(part) for part in parts], indent=2))
    elif parts:
        Console(highlight=False).print(_table(parts))
    else:
        raise Trouble(f"no stack is up in {stack.settings.stack.state}: `gtms stack up`")
    if not parts or any(part.health not in (*GOOD, "stopped") for part in parts):
        raise typer.Exit(1)


@app.command()
def logs(
    name: Annotated[
        str | None, typer.Argument(help="kafka, clickhouse, facilities, …; all when left out.")
    ] = None,
    state: State = None,
    lines: Annotated[int, typer.Option("-n", "--lines", min=0, help="How many of the last.")] = 20,
    keep: Annotated[bool, typer.Option("-f", "--follow", help="Go on until Ctrl-C.")] = False,
) -> None:
    """Show what the parts have said; also after the stack went down.

    **Examples**

    `gtms stack logs`

    `gtms stack logs processor -f`
    """
    try:
        for line in follow(stack_here(state).supervisor, name, lines, keep=keep):
            typer.echo(line)
    except KeyboardInterrupt:
        raise typer.Exit from None


@app.command()
def down(
    state: State = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing.")] = False,
) -> None:
    """Stop everything; what was stored stays.

    **Example**

    `gtms stack down`
    """
    stack = stack_here(state)
    was_up = stack.is_up()
    stack.down()
    if not quiet:
        typer.echo("The stack is down." if was_up else "No stack was up.")


def _require_same(running: EmbeddedStack, port_base: int | None, *, verified: bool) -> None:
    here = running.settings
    if verified and here.identity.profile != "verified":
        raise Trouble("it is up with the development identity: `gtms stack down` first")
    if port_base is not None and ports.kafka_port(here) != port_base:
        raise Trouble(
            f"another stack is up in {here.stack.state}: stop it with `gtms stack down`, "
            "or give this one a folder of its own with --state"
        )


def _say_already_up(console: Console, running: EmbeddedStack, started: tuple[str, ...]) -> None:
    unwell = [part.name for part in running.status() if part.health not in (*GOOD, "stopped")]
    console.print(
        "Already up."
        + (f" Started: {', '.join(started)}." if started else "")
        + (f" Not well: {', '.join(unwell)}: see `gtms stack logs`." if unwell else "")
    )
    _say_where(console, running.settings)


def _say_where(console: Console, at: Settings) -> None:
    console.print(f"gRPC        facilities   127.0.0.1:{at.ports.facilities}")
    for service in ("admissions", "outcomes", "trainings", "indicators"):
        console.print(f"            {service:<12} 127.0.0.1:{at.ports.of(service)}")
    console.print(f"Kafka       {at.kafka.bootstrap}")
    console.print(f"ClickHouse  127.0.0.1:{at.clickhouse.port}, HTTP {at.clickhouse.http_port}")
    console.print(f"Identity    {at.identity.profile}")
    console.print(f"State       {at.stack.state}")


def _stay(stack: EmbeddedStack) -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        typer.echo("Ctrl-C stops everything.")
        os.waitpid(stack.supervisor.pid(), 0)
    except KeyboardInterrupt:
        typer.echo("Stopping.")
        return
    finally:
        stack.down()
    raise Trouble(f"the supervisor ended: see {stack.supervisor.log('supervisor')}")


def _table(parts: tuple[Status, ...]) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("part")
    for heading in ("pid", "restarts", "MiB", "port"):
        table.add_column(heading, justify="right")
    table.add_column("state")
    table.add_column("health")
    for part in parts:
        colour = "green" if part.health in GOOD else "yellow" if part.health == "stopped" else "red"
        memory = "" if part.memory_bytes is None else str(part.memory_bytes // MIB)
        table.add_row(
            part.name,
            str(part.pid or ""),
            str(part.restarts),
            memory,
            str(part.port or ""),
            part.state,
            f"[{colour}]{part.health}[/]",
        )
    return table
