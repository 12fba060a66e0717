"""`gtms process`: the loader and the Faust agents, and whether they have done their work."""

import json
from typing import Annotated

import typer

from gtms.config import settings
from gtms.events.failures import Unavailable
from gtms.trouble import Trouble

app = typer.Typer(help="Turn accepted records into national indicators.", no_args_is_help=True)


@app.command(epilog="Example: `gtms process worker`; start several to share the work.")
def worker() -> None:
    """Run one worker until SIGTERM or Ctrl-C. Metrics are on the processor's port + 1000."""
    import faust

    from gtms.observability import configure_logging, serve_metrics
    from gtms.processing.app import create_app

    chosen = settings()
    configure_logging(chosen.log.level, chosen.log.format)
    try:
        serve_metrics(chosen.ports.metrics("processor"))
    except OSError:
        raise Trouble(
            f"port {chosen.ports.metrics('processor')}, for the metrics of the processor, is in"
            " use: stop what uses it, or set GTMS_PORTS__PROCESSOR"
        ) from None
    faust.Worker(
        create_app(chosen), redirect_stdouts=False, override_logging=False, quiet=True
    ).execute_from_commandline()


@app.command(epilog="Example: `gtms process status --json`")
def status(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what is on its way from a receipt to a cell; exit code 0 when nothing is, 1 otherwise."""
    from gtms.processing.settled import settled

    try:
        now = settled(settings())
    except Unavailable as away:
        raise Trouble(f"{away}; see `gtms stack status`") from None
    if as_json:
        typer.echo(json.dumps({"records": now.records, "changes": now.changes, "dirty": now.dirty}))
    else:
        typer.echo(
            f"{now.records} records to store, {now.changes} changes to work on,"
            f" {now.dirty} country-periods to compute"
        )
    raise typer.Exit(0 if now.all else 1)
