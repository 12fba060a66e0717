"""`gtms audit`: who did what, and whether the record of it is as it was written."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from gtms.config import settings
from gtms.events.failures import Unavailable
from gtms.privacy.audit import Head, Link, verify
from gtms.trouble import Trouble
from gtms.warehouse import audit
from gtms.warehouse.client import Connection

app = typer.Typer(no_args_is_help=True, help="Who did what; never a value or a person.")

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


@app.command("list", epilog="Example: `gtms audit list --country KEN --since 2026-10-01`")
def list_them(
    country: Annotated[str, typer.Option(help="Only of this country, ISO 3166-1 alpha-3.")] = "",
    who: Annotated[str, typer.Option(help="Only of this subject.")] = "",
    since: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"], help="UTC.")
    ] = datetime(1970, 1, 1),
    limit: Annotated[int, typer.Option(min=1, help="Show at most so many.")] = 100,
    as_json: AsJson = False,
) -> None:
    """What was done and what was refused, the latest first."""
    with _connected() as connection:
        shown = audit.listed(
            connection,
            country=country,
            who=who,
            since=since.replace(tzinfo=UTC),
            until=datetime.now(UTC) + timedelta(days=1),
            limit=limit,
        )
    if as_json:
        for one in shown:
            typer.echo(json.dumps(_plain(one)))
        return
    table = Table("when", "who", "country", "what", "purpose", "counts", "outcome")
    for one in shown:
        entry = one.entry
        counts = ", ".join(f"{name} {number}" for name, number in sorted(entry.counts.items()))
        when = f"{entry.at:%Y-%m-%d %H:%M:%S}"
        table.add_row(
            when, entry.who, entry.country, entry.what, entry.purpose, counts, entry.outcome
        )
    Console().print(table if shown else "Nothing was done.")


@app.command("verify", epilog="Example: `gtms audit verify --heads heads-of-september.jsonl`")
def verify_it(
    heads: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="What `gtms audit heads` said earlier."),
    ] = None,
) -> None:
    """Say whether every chain is as it was written; exit code 1, and where, if not."""
    kept = list(_read(heads)) if heads else []
    number = 0

    def counted(links: Iterator[Link]) -> Iterator[Link]:
        nonlocal number
        for number, one in enumerate(links, start=1):  # noqa: B007 - counted for the last line
            yield one

    broken = 0
    with _connected() as connection:
        seen = [*audit.seen_heads(connection), *kept]
        for one in verify(counted(audit.everything(connection)), seen):
            broken += 1
            typer.echo(f"{one.chain}, entry {one.sequence}: {one.what}")
    if broken:
        raise Trouble(f"the audit was tampered with or lost something, in {broken} places")
    typer.echo(f"{number} entries are as they were written, and {len(seen)} heads are where seen.")


@app.command(epilog="Example: `gtms audit heads > heads-of-september.jsonl`, kept elsewhere")
def heads() -> None:
    """The end of every chain, to be kept by somebody else and given to `gtms audit verify`."""
    with _connected() as connection:
        for head in audit.heads(connection):
            typer.echo(json.dumps([head.chain, head.sequence, head.hash]))


def _read(file: Path) -> Iterator[Head]:
    try:
        for line in file.read_text("utf-8").splitlines():
            chain, sequence, digest = json.loads(line)
            yield Head(str(chain), int(sequence), str(digest))
    except (ValueError, TypeError):
        raise Trouble(f"{file} is not what `gtms audit heads` says") from None


def _plain(one: Link) -> dict[str, object]:
    entry = one.entry
    return {
        "chain": one.chain,
        "sequence": one.sequence,
        "at": entry.at.isoformat(timespec="milliseconds"),
        "who": entry.who,
        "roles": list(entry.roles),
        "country": entry.country,
        "what": entry.what,
        "purpose": entry.purpose,
        "counts": dict(entry.counts),
        "outcome": entry.outcome,
        "hash": one.hash,
    }


@contextmanager
def _connected() -> Iterator[Connection]:
    connection = Connection(settings().clickhouse)
    try:
        yield connection
    except Unavailable as away:
        raise Trouble(f"{away.what} (is the stack up? gtms stack status)") from away
    finally:
        connection.close()
