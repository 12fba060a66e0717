"""`gtms access`: which ministry sees what in ClickHouse itself, as Grafana asks it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from gtms.cli.audited import audited
from gtms.config import settings
from gtms.events.failures import Unavailable
from gtms.ingest.identity import COUNTRIES
from gtms.trouble import Trouble
from gtms.warehouse import access, passwords
from gtms.warehouse.accounts import GRAFANA_OPERATOR, INTERNATIONAL, ministry
from gtms.warehouse.client import Connection

app = typer.Typer(
    no_args_is_help=True,
    help="Accounts of ClickHouse for Grafana: of ministries, and of UNODC.",
)
told = Console(highlight=False, soft_wrap=True)

Country = Annotated[str, typer.Argument(help="ISO 3166-1 alpha-3, as KEN.")]


@app.command()
def grant(country: Country) -> None:
    """Let a ministry's account see its country from now on, and write its password to a file."""
    account = ministry(_known(country))
    with audited("gtms access grant", country), _connection() as connection:
        access.let(connection, account, country, see=True)
        password = _handed_out(account)
    told.print(f"{account} sees {country}; its password is in {password}")


@app.command()
def revoke(country: Country) -> None:
    """Let a ministry's account see nothing from the next query on."""
    account = ministry(_known(country))
    with audited("gtms access revoke", country), _connection() as connection:
        access.let(connection, account, country, see=False)
    told.print(f"{account} sees nothing of {country} any more")


@app.command("list")
def show() -> None:
    """List the accounts and the countries they see."""
    with _connection() as connection:
        rows = access.seen(connection)
    table = Table("account", "country", box=None)
    for account, country in rows:
        table.add_row(account, country)
    told.print(table)


@app.command()
def international() -> None:
    """Write the password of the account for UNODC: what is released, of every country."""
    with audited("gtms access international"):
        password = _handed_out(INTERNATIONAL)
    told.print(f"the password of {INTERNATIONAL} is in {password}")


@app.command("passwords")
def write_passwords(
    folder: Annotated[Path, typer.Argument(help="Folder to write to.")],
    for_containers: Annotated[
        bool,
        typer.Option(
            "--for-containers",
            help="Other users of the machine may read the hashes, as ClickHouse does, and the"
            " password of the operators' data source, as Grafana does.",
        ),
    ] = False,
) -> None:
    """Write the hashes of all accounts for ClickHouse, and a password file for each service.

    All are derived from the operator's password; without the embedded stack this comes first.
    """
    secret = settings().clickhouse.password()
    passwords.write(folder, secret)
    if for_containers:
        folder.chmod(0o755)
        passwords.hashes_file(folder).chmod(0o644)
        passwords.hand_out(folder, secret, GRAFANA_OPERATOR).chmod(0o644)


def _handed_out(account: str) -> Path:
    current = settings()
    secret = current.clickhouse.password()
    if not secret:
        raise Trouble("name the file of the operator's password: GTMS_CLICKHOUSE__PASSWORD_FILE")
    folder = passwords.folder(current)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return passwords.hand_out(folder, secret, account)


def _known(country: str) -> str:
    if country not in COUNTRIES:
        raise Trouble("the country is not an ISO 3166-1 alpha-3 code, as KEN")
    return country


@contextmanager
def _connection() -> Iterator[Connection]:
    connection = Connection(settings().clickhouse)
    try:
        yield connection
    except Unavailable as away:
        raise Trouble(f"{away}; start it (`gtms stack up`)") from away
    finally:
        connection.close()
