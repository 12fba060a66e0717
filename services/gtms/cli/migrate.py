"""`gtms migrate`: the tables of ClickHouse and the topics of Kafka, brought up to date."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.syntax import Syntax
from rich.table import Table

from gtms.cli.audited import audited
from gtms.config import Settings, settings
from gtms.events import topics
from gtms.events.failures import Unavailable
from gtms.trouble import Trouble
from gtms.warehouse.client import Connection
from gtms.warehouse.ledger import Entry, Ledger, Migration

app = typer.Typer(help="Create or update the tables of ClickHouse and the topics of Kafka.")


@app.callback(invoke_without_command=True)
def migrate(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the SQL that would be executed.")
    ] = False,
    status: Annotated[bool, typer.Option("--status", help="List every migration.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Apply what is pending. Safe to run twice, at once, and again after it was killed."""
    current = settings()
    ledger = Ledger(current.clickhouse)
    connection = Connection(current.clickhouse)
    try:
        if status:
            _show_status(ledger.entries(connection), as_json=as_json)
        elif dry_run:
            _show_sql(current, ledger, connection, as_json=as_json)
        else:
            with audited("gtms migrate") as counts:
                _apply(current, ledger, connection, counts, as_json=as_json)
    except Unavailable as away:
        raise Trouble(
            f"{away}; start it (`gtms stack up`) or correct GTMS_CLICKHOUSE__… and GTMS_KAFKA__…"
        ) from away
    finally:
        connection.close()


def _apply(
    current: Settings,
    ledger: Ledger,
    connection: Connection,
    counts: dict[str, int],
    *,
    as_json: bool,
) -> None:
    console = Console(highlight=False)

    def report(migration: Migration) -> None:
        if not as_json:
            console.print(f"done  {migration}")

    finished = ledger.apply(connection, report=report)
    created = topics.create_missing(current.kafka)
    counts.update(migrations=len(finished), topics=len(created))
    differences = topics.differences(current.kafka)
    if as_json:
        applied = [str(migration) for migration in finished]
        console.print_json(
            json.dumps({"applied": applied, "topics": created, "differences": differences})
        )
        return
    for name in created:
        console.print(f"done  topic {name}")
    for line in differences:
        console.print(line)
    if not finished and not created:
        console.print("The tables and topics are up to date.")


def _show_status(entries: tuple[Entry, ...], *, as_json: bool) -> None:
    console = Console(highlight=False)
    if as_json:
        listed = [
            {"migration": str(entry.migration), "state": entry.state, "executed": entry.progress}
            for entry in entries
        ]
        console.print_json(json.dumps(listed))
        return
    table = Table("migration", "state", box=None)
    for entry in entries:
        table.add_row(str(entry.migration), entry.state)
    console.print(table)


def _show_sql(current: Settings, ledger: Ledger, connection: Connection, *, as_json: bool) -> None:
    console = Console(highlight=False)
    pending = [(entry.migration, statements) for entry, statements in ledger.pending(connection)]
    missing = topics.missing(current.kafka)
    if as_json:
        listed = [{"migration": str(m), "statements": list(sql)} for m, sql in pending]
        console.print_json(json.dumps({"migrations": listed, "topics": missing}))
        return
    for name in missing:
        console.print(f"-- topic {name} would be created")
    for migration, statements in pending:
        console.print(f"-- {migration}")
        for statement in statements:
            console.print(Syntax(statement + ";\n", "sql", background_color="default"))
    if not pending and not missing:
        console.print("-- nothing is pending")
