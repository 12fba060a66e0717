"""`gtms simulate`: the records of a made-up population, to the services or into files."""

import asyncio
import json
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from gtms.config import settings
from gtms.events.failures import Unavailable
from gtms.ingest.client import Refused
from gtms.simulate.display import shown
from gtms.simulate.files import write_files
from gtms.simulate.profiles import countries as known_countries
from gtms.simulate.sending import Sending, send_all, unreachable
from gtms.simulate.simulation import Simulation, records
from gtms.simulate.stamps import NO_NOISE, Noise
from gtms.trouble import Trouble

app = typer.Typer()


@app.command(
    epilog="Examples:\n\n"
    "* `gtms simulate --countries KEN,MEX --admissions 10000` says what would be made\n"
    "* `gtms simulate --countries KEN --admissions 10000 --seed 7 --send`\n"
    "* `gtms simulate --countries KEN --admissions 500 --invalid 0.05 --send --dry-run`\n"
    "* `gtms simulate --countries KEN,MEX --from 2023-01-01 --to 2026-06-30 --out /tmp/records`"
)
def simulate(
    countries: Annotated[str, typer.Option(help="ISO 3166-1 alpha-3, comma separated.")],
    admissions: Annotated[int, typer.Option(min=1, help="Per country, those that stay.")] = 10_000,
    seed: Annotated[int, typer.Option(help="Another seed, another population.")] = 1,
    first: Annotated[
        datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")
    ] = datetime(2023, 1, 1),
    last: Annotated[
        datetime | None,
        typer.Option("--to", formats=["%Y-%m-%d"], help="Last day; yesterday when left out."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write JSON lines into this folder.")] = None,
    send: Annotated[bool, typer.Option("--send", help="Send to the ingest services.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --send: validate only, keep nothing.")
    ] = False,
    tidy: Annotated[
        bool, typer.Option("--tidy", help="No corrections, retractions, duplicates, delays.")
    ] = False,
    corrected: Annotated[
        float, typer.Option(min=0, max=1, help="Share sent wrong first, then right.")
    ] = 0.03,
    retracted: Annotated[
        float, typer.Option(min=0, max=1, help="Share added and then taken back.")
    ] = 0.01,
    duplicated: Annotated[float, typer.Option(min=0, max=1, help="Share sent twice.")] = 0.02,
    late: Annotated[
        float, typer.Option(min=0, max=1, help="Share that arrives late, out of order.")
    ] = 0.05,
    invalid: Annotated[
        float, typer.Option(min=0, max=1, help="Share added that breaks a rule.")
    ] = 0.0,
    as_json: Annotated[bool, typer.Option("--json", help="The summary as JSON.")] = False,
) -> None:
    """Make the records of a made-up population: realistic, untidy, the same for the same options.

    Nobody in it exists, and no figure made from it is a figure of the country. The same options
    make the same records, so sending them again never counts twice; any other option makes another
    population beside the first.
    """
    noise = Noise(corrected, retracted, duplicated, late, invalid)
    until = last.date() if last else _today() - timedelta(days=1)
    wanted = [
        Simulation(country, admissions, seed, first.date(), until, NO_NOISE if tidy else noise)
        for country in _countries(countries)
    ]
    _check(wanted[0], out, send=send, dry_run=dry_run)
    sendings = [Sending(simulation) for simulation in wanted]
    if send and (place := asyncio.run(unreachable(settings()))):
        raise Trouble(f"no service answers at {place}: start the stack with `gtms stack up`")
    with shown(Console(stderr=True, highlight=False), sendings, receipts=send):
        if send:
            _send(sendings, validate_only=dry_run)
        else:
            _make(sendings, out)
    if as_json:
        typer.echo(json.dumps([_summary(sending) for sending in sendings], indent=2))


def _send(sendings: list[Sending], *, validate_only: bool) -> None:
    try:
        asyncio.run(send_all(sendings, settings(), validate_only=validate_only))
    except (Unavailable, Refused) as failure:
        raise Trouble(f"{failure}; is the stack up? `gtms stack status`") from None


def _make(sendings: list[Sending], folder: Path | None) -> None:
    for sending in sendings:
        sending.started = time.monotonic()
        try:
            if folder:
                list(write_files(sending.simulation, folder, sending.tally))
            else:
                for dispatch in records(sending.simulation):
                    sending.tally.count(dispatch)
        except OSError as failure:
            raise Trouble(f"cannot write to {folder}: {failure.strerror}") from None
        sending.ended = time.monotonic()


def _countries(listed: str) -> list[str]:
    wanted = [country.strip().upper() for country in listed.split(",") if country.strip()]
    unknown = [country for country in wanted if country not in known_countries()]
    if unknown or not wanted:
        wrong = ", ".join(unknown) or "nothing"
        raise typer.BadParameter(
            f"{wrong}: give ISO 3166-1 alpha-3 codes such as KEN,MEX", param_hint="--countries"
        )
    return list(dict.fromkeys(wanted))


def _check(simulation: Simulation, out: Path | None, *, send: bool, dry_run: bool) -> None:
    if simulation.last <= simulation.first:
        raise typer.BadParameter("must be after --from", param_hint="--to")
    if simulation.last > _today():
        raise typer.BadParameter("must not be after today", param_hint="--to")
    if send and out:
        raise typer.BadParameter("either --out or --send", param_hint="--out")
    if dry_run and not send:
        raise typer.BadParameter("goes with --send", param_hint="--dry-run")


def _today() -> date:
    return datetime.now(UTC).date()


def _summary(sending: Sending) -> dict[str, object]:
    tally = sending.tally
    families = sorted({family for family, _ in tally.dispatched})
    return {
        "country": sending.simulation.country,
        "tag": sending.simulation.tag,
        "messages": {family: tally.sent(family) for family in families},
        "kept": {family: tally.kept(family) for family in families},
        "accepted": sending.accepted,
        "flagged": sending.flagged,
        "rejected": sending.rejected,
        "rejected_by": dict(sending.rejected_by),
    }
