"""`gtms erase`: a person, or a record about one, is taken out of everything that holds records."""

import json
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from gtms.cli.audited import audited
from gtms.config import settings
from gtms.events.failures import Unavailable
from gtms.ingest.identity import COUNTRIES
from gtms.privacy.erasure import PATIENCE_S, Erasure, Proof
from gtms.trouble import Trouble
from gtms.warehouse.erasures import Doomed

app = typer.Typer(no_args_is_help=True, help="Take a person or a record out of the system.")

Country = Annotated[str, typer.Argument(help="ISO 3166-1 alpha-3.", metavar="COUNTRY")]
Because = Annotated[str, typer.Option(help="The decision it is done for; goes into the audit.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the proof as JSON.")]
Wait = Annotated[float, typer.Option(min=1, help="Seconds to wait for any one part.")]


@app.command(epilog="Example: `gtms erase person KEN --because 'request 17' < pseudonym.txt`")
def person(
    country: Country,
    because: Because,
    yes: Yes = False,
    as_json: AsJson = False,
    wait: Wait = PATIENCE_S,
) -> None:
    """Erase all records of a person; the pseudonym is read from standard input, or asked for."""
    pseudonym = _read("Pseudonym")
    _erase("person", country, pseudonym, because, yes=yes, as_json=as_json, wait_s=wait)


@app.command(epilog="Example: `gtms erase record KEN --because 'request 17' < record-uid.txt`")
def record(
    country: Country,
    because: Because,
    yes: Yes = False,
    as_json: AsJson = False,
    wait: Wait = PATIENCE_S,
) -> None:
    """Erase one record about a person, of an admission its outcomes too; the id is read."""
    uid = _read("Record id")
    _erase("record", country, uid, because, yes=yes, as_json=as_json, wait_s=wait)


def _read(what: str) -> str:
    """Not an argument, which the history of a shell and lists of processes would keep."""
    if sys.stdin.isatty():
        said = str(typer.prompt(what, hide_input=True, err=True))
    else:
        said = sys.stdin.readline()
    if not said.strip():
        raise Trouble(f"{what.lower()}: none was given")
    return said.strip()


def _erase(
    kind: str,
    country: str,
    named: str,
    because: str,
    *,
    yes: bool,
    as_json: bool,
    wait_s: float,
) -> None:
    if country not in COUNTRIES:
        raise Trouble("that is no ISO 3166-1 alpha-3 country")
    told = Console(stderr=True, highlight=False)
    erasure = Erasure(settings(), country, lambda line: told.print(line), wait_s)
    try:
        with audited(f"gtms erase {kind}", country, because) as counts:
            doomed = erasure.of_person(named) if kind == "person" else erasure.of_record(named)
            _ask(doomed, yes=yes)
            persons = [named] if kind == "person" else []
            proof = erasure.erase(doomed, persons)
            counts.update({f"{place}, before": number for place, number in proof.before.items()})
            counts.update({f"{place}, after": number for place, number in proof.after.items()})
    except Unavailable as away:
        raise Trouble(f"{away.what}; begin again when it is there") from away
    finally:
        erasure.close()
    _show(proof, as_json=as_json)


def _ask(doomed: list[Doomed], *, yes: bool) -> None:
    whole = sum(not one.person for one in doomed)
    said = f"{whole} records go"
    if others := len(doomed) - whole:
        said += f", and of {others} that name somebody else now the revisions that named this one"
    if not doomed:
        said = "Nothing of it is in the registry; what is left elsewhere goes"
    if not yes:
        typer.confirm(f"{said}. There is no way back. Go on?", abort=True, err=True)


def _show(proof: Proof, *, as_json: bool) -> None:
    if as_json:
        months = [month.isoformat()[:7] for month in proof.months]
        said = {"before": dict(proof.before), "after": dict(proof.after), "months": months}
        typer.echo(json.dumps({**said, "gone": proof.gone, "old_parts": proof.old_parts}))
    else:
        table = Table("where", "before", "after")
        for place, number in proof.before.items():
            table.add_row(place, str(number), str(proof.after.get(place, 0)))
        Console().print(table)
        if proof.old_parts:
            typer.echo(
                f"ClickHouse removes {proof.old_parts} old parts from its disk within minutes."
            )
    if not proof.gone:
        raise Trouble("something is left: see above; begin again later")
