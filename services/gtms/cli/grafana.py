"""`gtms grafana`: brings organisations, data sources, dashboards and alerts to Grafana."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from gtms.cli.audited import audited
from gtms.config import settings
from gtms.events.failures import Unavailable
from gtms.grafana.apply import Plan, applied, planned
from gtms.grafana.plan import Change
from gtms.trouble import Trouble
from gtms.warehouse import access
from gtms.warehouse.accounts import ministry
from gtms.warehouse.client import Connection

app = typer.Typer(
    no_args_is_help=True,
    help="Dashboards, alerts and who sees them, brought to Grafana.",
)
told = Console(highlight=False, soft_wrap=True)


@app.command()
def plan() -> None:
    """Say what `gtms grafana apply` would change, and change nothing."""
    intended = planned(settings(), _ministries())
    _tell_of_files(intended)
    for change in intended.changes:
        told.print(f"would {_line(change)}", markup=False)
    told.print(_total(intended) if intended.changes else "nothing to change")


@app.command()
def apply(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what it would change, and change nothing.")
    ] = False,
) -> None:
    """Bring Grafana to what it should be; what is so already is not touched."""
    if dry_run:
        plan()
        return
    intended = planned(settings(), _ministries())
    _tell_of_files(intended)
    with audited("gtms grafana apply") as counts:
        counts["changes"] = len(intended.changes)
        applied(intended, settings(), lambda change: told.print(_line(change), markup=False))
    told.print("Grafana is as it should be")


def _ministries() -> list[str]:
    """The countries whose ministries may read something in ClickHouse."""
    connection = Connection(settings().clickhouse)
    try:
        rows = access.seen(connection)
    except Unavailable as away:
        raise Trouble(f"{away}; start it (`gtms stack up`)") from away
    finally:
        connection.close()
    return [country for account, country in rows if account == ministry(country)]


def _line(change: Change) -> str:
    return f"{change}, in {change.organisation}"


def _total(intended: Plan) -> str:
    number = len(intended.changes)
    return f"{number} change{'' if number == 1 else 's'}; `gtms grafana apply` makes them"


def _tell_of_files(intended: Plan) -> None:
    for name in intended.by_files:
        told.print(f"{name} is left to the provisioning files of Grafana", markup=False)
