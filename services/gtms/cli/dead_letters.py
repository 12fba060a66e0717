"""`gtms dead-letters`: what could not be read, by reason and origin; never what was in it."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from gtms.config import settings
from gtms.events.dead_letters import DeadLetter, read_all
from gtms.events.failures import Unavailable
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


@contextmanager
def _letters() -> Iterator[Iterator[DeadLetter]]:
    try:
        yield read_all(settings().kafka)
    except Unavailable as away:
        raise Trouble(f"{away.what} (is the stack up? gtms stack status)") from away
