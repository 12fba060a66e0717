"""`gtms problems`: what is wrong with what a country sent, so that it can be repaired."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, TypeVar

import grpc
import typer
from google.protobuf.timestamp_pb2 import Timestamp
from rich.console import Console
from rich.table import Table

from gtms.channel import caller, speaks_for_any
from gtms.config import settings
from gtms.families import FAMILIES
from gtms.ingest.identity import Role
from gtms.query import problem_rendering, rendering
from gtms.query.client import Client, Refused
from gtms.trouble import Trouble
from treatment.quality.v1 import quality_pb2 as pb

app = typer.Typer(
    help="What is wrong with what was sent, as far as it takes several records to see it.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

_WIDTH_WHEN_PIPED = 200
_QUESTION_WRONG = frozenset({grpc.StatusCode.INVALID_ARGUMENT})

Answer = TypeVar("Answer")


class State(StrEnum):
    """How a problem stands."""

    OPEN = "open"
    AWAITING = "awaiting"


Rules = Annotated[
    list[str] | None, typer.Option("--rule", "-r", help="A rule such as R063; repeatable.")
]
Families = Annotated[
    list[str] | None,
    typer.Option("--family", "-f", help="A family such as admission; repeatable."),
]
Facility = Annotated[str, typer.Option("--facility", help="Id of a facility.")]
Since = Annotated[
    datetime | None,
    typer.Option(
        "--since",
        formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"],
        help="Only records received since then (UTC).",
    ),
]
States = Annotated[
    list[State] | None,
    typer.Option(
        "--state",
        help="open or awaiting; repeatable. Left out: open, and awaiting for more than 24 hours.",
    ),
]
Country = Annotated[
    str | None,
    typer.Option("--country", "-c", help="Your own, ISO 3166-1 alpha-3; needed in development."),
]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="As CSV.")]
Target = Annotated[
    str | None,
    typer.Option(
        "--target",
        envvar="GTMS_INDICATORS_TARGET",
        help="host:port of the indicators service; this machine's when left out.",
    ),
]
Token = Annotated[
    str | None,
    typer.Option(
        "--token",
        envvar="GTMS_TOKEN",
        help="Your credential; in development that of the country, dev-KEN.",
    ),
]


@app.command(
    "list",
    epilog="Examples:\n\n"
    "* `gtms problems list --country KEN`\n"
    "* `gtms problems list --country KEN --rule R063 --facility NBO-001`\n"
    "* `gtms problems list --country KEN --family outcome --since 2026-01-01 --csv`\n"
    "* `gtms problems list --country KEN --state awaiting --json`",
)
def list_problems(
    rule: Rules = None,
    family: Families = None,
    facility: Facility = "",
    since: Since = None,
    state: States = None,
    country: Country = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    target: Target = None,
    token: Token = None,
) -> None:
    """Each problem: its rule, the record to look at first, the others, and since when.

    A record is repaired by sending it again with a higher record_version; its problem is then
    cleared within seconds.
    """
    asked = _filter(rule, family, facility, since, state)
    found = _ask(lambda service: tuple(service.problems(asked)), country, target, token)
    if as_json:
        typer.echo(rendering.as_json(found))
    elif as_csv:
        typer.echo(problem_rendering.problems_csv(found), nl=False)
    elif found:
        _show(problem_rendering.problems_table(found))
        _show(problem_rendering.rules_table(found))
    else:
        typer.echo("No problems.", err=True)


@app.command(
    epilog="Examples:\n\n"
    "* `gtms problems summary --country KEN`\n"
    "* `gtms problems summary --country KEN --family admission --facilities 20 --csv`"
)
def summary(
    rule: Rules = None,
    family: Families = None,
    facility: Facility = "",
    since: Since = None,
    state: States = None,
    facilities: Annotated[
        int, typer.Option(min=1, max=1000, help="How many facilities to name for each rule.")
    ] = 5,
    country: Country = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    target: Target = None,
    token: Token = None,
) -> None:
    """How many problems there are of each rule, and where most of them are."""
    asked = _filter(rule, family, facility, since, state)
    found = _ask(lambda service: service.problem_summary(asked, facilities), country, target, token)
    if as_json:
        typer.echo(rendering.as_json(found))
    elif as_csv:
        typer.echo(problem_rendering.summary_csv(found), nl=False)
    elif found:
        _show(problem_rendering.summary_table(found))
    else:
        typer.echo("No problems.", err=True)


def _filter(
    rules: Sequence[str] | None,
    families: Sequence[str] | None,
    facility: str,
    since: datetime | None,
    states: Sequence[State] | None,
) -> pb.ProblemFilter:
    unknown = [name for name in families or () if name not in FAMILIES]
    if unknown:
        raise typer.BadParameter(f"one of {', '.join(FAMILIES)}", param_hint="--family")
    asked = pb.ProblemFilter(
        rules=[each.upper() for each in rules or ()],
        families=[FAMILIES[name].code for name in families or ()],  # type: ignore[misc]
        facility_id=facility,
        states=[pb.ProblemState.Value(f"PROBLEM_STATE_{each.name}") for each in states or ()],
    )
    if since is not None:
        moment = Timestamp()
        moment.FromDatetime(since.replace(tzinfo=UTC))
        asked.since.CopyFrom(moment)
    return asked


def _ask(
    question: Callable[[Client], Answer],
    country: str | None,
    target: str | None,
    token: str | None,
) -> Answer:
    """The answer; what the service refuses becomes a usage error or a `Trouble`."""
    if country is None and speaks_for_any(settings(), token):
        raise typer.BadParameter("which country's problems?", param_hint="--country")
    own = country or ""
    place = target or f"{settings().ingest.host}:{settings().ports.indicators}"
    try:
        with Client(place, caller(settings(), Role.SUBMITTER, own.upper(), token)) as service:
            return question(service)
    except Refused as refused:
        if refused.code in _QUESTION_WRONG:
            raise typer.BadParameter(str(refused)) from None
        raise Trouble(str(refused)) from None


def _show(table: Table) -> None:
    console = Console()
    if not console.is_terminal:
        console.width = _WIDTH_WHEN_PIPED
    console.print(table)
