"""`gtms dead-letters`: what could not be read, by reason and origin; never what was in it."""

import asyncio
import json
import signal
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from gtms.cli.audited import audited
from gtms.config import settings
from gtms.events.dead_letters import DeadLetter, PutAside, read_all, read_whole
from gtms.events.failures import Unavailable
from gtms.observability import configure_logging
from gtms.processing.replaying import Replayed, replay
from gtms.trouble import Trouble

app = typer.Typer(no_args_is_help=True, help="Events that could not be read.")

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


@app.command("list")
def list_them(
    limit: Annotated[int, typer.Option(min=1, help="Show at most so many.")] = 100,
    as_json: AsJson = False,
) -> None:
    """Each dead letter: why, where it was found, when, and its key if it is a record's key."""
    with _letters() as letters:
        shown = list(islice(letters, limit))
    if as_json:
        for letter in shown:
            typer.echo(json.dumps(asdict(letter)))
        return
    table = Table("reason", "topic", "partition", "offset", "bytes", "put aside", "key")
    for letter in shown:
        origin = letter.origin
        place = (origin.topic, str(origin.partition), str(origin.offset))
        table.add_row(letter.reason, *place, str(letter.size), letter.at, letter.key)
    Console().print(table if shown else "No dead letters.")


@app.command()
def count(as_json: AsJson = False) -> None:
    """How many there are, by reason and topic."""
    with _letters() as letters:
        numbers = Counter((letter.reason, letter.origin.topic) for letter in letters)
    if as_json:
        for (reason, topic), number in numbers.most_common():
            typer.echo(json.dumps({"reason": reason, "topic": topic, "count": number}))
        return
    table = Table("reason", "topic", "count")
    for (reason, topic), number in numbers.most_common():
        table.add_row(reason, topic, str(number))
    Console().print(table if numbers else "No dead letters.")


@app.command("replay")
def bring_back(
    topic: Annotated[str, typer.Option(help="Only what was found in this topic.")] = "",
    reason: Annotated[str, typer.Option(help="Only those with this reason, as listed.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write what can be read by now to its topic once more, after a fix or an update.

    What can still not be read stays where it is. Ctrl-C stops it between two pieces; beginning
    again, or doing it twice, counts nothing twice.
    """
    configure_logging("error", settings().log.format)
    with _kafka_there(), audited("gtms dead-letters replay") as counts:
        chosen = _chosen(read_whole(settings().kafka), topic, reason)
        done = asyncio.run(_replayed(chosen, trial=dry_run))
        counts.update(written=0 if dry_run else done.written, unreadable=done.unreadable)
    _tell(done, dry_run=dry_run, as_json=as_json)
    if not done.is_whole:
        raise typer.Exit(1)


async def _replayed(letters: Iterable[PutAside], *, trial: bool) -> Replayed:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return await replay(settings().kafka, letters, stop, trial=trial)


def _chosen(letters: Iterable[PutAside], topic: str, reason: str) -> Iterator[PutAside]:
    for letter in letters:
        if topic in ("", letter.topic) and reason in ("", letter.shown.reason):
            yield letter


def _tell(done: Replayed, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(asdict(done)))
        return
    typer.echo(f"{done.written} {'would come' if dry_run else 'came'} back")
    if done.unreadable:
        typer.echo(f"{done.unreadable} can still not be read: gtms dead-letters count says why")
    if done.left_out:
        typer.echo(f"{done.left_out} were too long to be kept: they must be sent again")
    if not done.is_whole:
        typer.echo("stopped before the end: begin again to go on")


@contextmanager
def _letters() -> Iterator[Iterator[DeadLetter]]:
    with _kafka_there():
        yield read_all(settings().kafka)


@contextmanager
def _kafka_there() -> Iterator[None]:
    try:
        yield
    except Unavailable as away:
        raise Trouble(f"{away.what} (is the stack up? gtms stack status)") from away
