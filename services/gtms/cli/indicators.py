"""`gtms indicators`: the catalogue, and the figures, through the indicators service."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated

import grpc
import typer
from rich.console import Console
from rich.table import Table

from gtms.channel import caller, speaks_for_any
from gtms.config import settings
from gtms.ingest.identity import Role
from gtms.query import rendering
from gtms.query.client import Client, Refused
from gtms.trouble import Trouble
from treatment.indicators.v1 import indicators_pb2 as pb

app = typer.Typer(help="What is counted, and the figures.", no_args_is_help=True)

_WIDTH_WHEN_PIPED = 200
_QUESTION_WRONG = frozenset({grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.OUT_OF_RANGE})


class Format(StrEnum):
    """How figures are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


class Every(StrEnum):
    """How long each period of a range is."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"


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


@app.command("list")
def list_indicators(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, complete.")] = False,
    target: Target = None,
    token: Token = None,
) -> None:
    """The catalogue: every indicator that is computed.

    Example: `gtms indicators list`
    """
    with _service(target, token) as service:
        found = service.catalogue()
    if as_json:
        typer.echo(rendering.as_json(found))
    else:
        _show(rendering.catalogue_table(found))


@app.command()
def show(
    indicator: Annotated[str, typer.Argument(help="Id such as A02.")],
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    target: Target = None,
    token: Token = None,
) -> None:
    """One definition: formula, tables, caveats, source.

    Example: `gtms indicators show A02`
    """
    with _service(target, token) as service:
        found = service.catalogue([indicator.upper()])
    if as_json:
        typer.echo(rendering.as_json(found))
    for each in () if as_json else found:
        _show(rendering.definition_table(each))


@app.command(
    epilog="Examples:\n\n"
    "* `gtms indicators query A02 B01 --country KEN --period 2025`\n"
    "* `gtms indicators query A02 --country KEN --period 2025 --by sex,age_band --format csv`\n"
    "* `gtms indicators query B01 --country KEN --period 2025 --by sex"
    " --where substance_group=OPIOIDS`\n"
    "* `gtms indicators query B04 --country KEN --period 2024..2025 --every month`\n"
    "* `gtms indicators query A02 --period 2025 --published`\n"
    "* `gtms indicators query A02 --country KEN --period 2025 --as-known-at 2026-06-30`"
)
def query(
    indicators: Annotated[list[str], typer.Argument(help="Ids such as A02 B01.")],
    period: Annotated[
        list[str],
        typer.Option(
            "--period", "-p", help="2025, 2025-Q1 or 2025-01, or a range 2024..2025; repeatable."
        ),
    ],
    country: Annotated[
        list[str] | None,
        typer.Option("--country", "-c", help="ISO 3166-1 alpha-3; your own when left out."),
    ] = None,
    every: Annotated[
        Every | None, typer.Option(help="Periods of a range; those of its bounds when left out.")
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", help="Dimensions of the table, comma separated or repeated."),
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option("--where", "-w", help="dimension=value; repeat for another value."),
    ] = None,
    published: Annotated[
        bool, typer.Option("--published", help="As released; of all countries, if none is named.")
    ] = False,
    vintage: Annotated[
        int, typer.Option(min=0, help="As released in this vintage; 0 for the newest.")
    ] = 0,
    as_known_at: Annotated[
        datetime | None,
        typer.Option(
            "--as-known-at",
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"],
            help="As released at this moment (UTC).",
        ),
    ] = None,
    written: Annotated[Format, typer.Option("--format", "-f")] = Format.TABLE,
    purpose: Annotated[
        str, typer.Option(help="What for, a short label for the access log: annual-report.")
    ] = "",
    target: Target = None,
    token: Token = None,
) -> None:
    """Figures, each with its unit, status, coverage and linkage.

    Those of your country as they were computed last; with --published, --vintage or --as-known-at
    those of any country as they were released.
    """
    countries = [each.upper() for each in country or ()]
    request = pb.QueryCellsRequest(
        indicators=[each.upper() for each in indicators],
        countries=countries,
        by=[name for each in by or () for name in each.split(",") if name],
        filters=_filters(where or ()),
        purpose=purpose,
        vintage=vintage,
    )
    if published or vintage or as_known_at:
        request.source = pb.SOURCE_PUBLISHED
    if as_known_at:
        request.as_known_at.FromDatetime(as_known_at.replace(tzinfo=UTC))
    _put_periods(request, period, every)
    if not countries and not request.source and speaks_for_any(settings(), token):
        raise typer.BadParameter("which country's figures?", param_hint="--country")
    with _service(target, token, *countries[:1]) as service:
        answer = service.cells(request)
        definitions = {each.id: each for each in service.catalogue(request.indicators)}
    _write(answer.cells, definitions, request, written)
    console = Console(stderr=True, highlight=False)
    for missing in answer.not_computed:
        done = "published" if request.source else "computed"
        console.print(f"{missing.country} {missing.period}: nothing has been {done} yet")


def _put_periods(
    request: pb.QueryCellsRequest, periods: Sequence[str], every: Every | None
) -> None:
    ranges = [each for each in periods if ".." in each]
    if every and not ranges:
        raise typer.BadParameter("goes with a range such as 2024..2025", param_hint="--every")
    if not ranges:
        request.periods.extend(periods)
        return
    if len(periods) > 1:
        raise typer.BadParameter("one range, or any number of periods", param_hint="--period")
    first, _, last = ranges[0].partition("..")
    kind = pb.PeriodKind.Value(f"PERIOD_KIND_{every.name if every else 'UNSPECIFIED'}")
    request.period_range.CopyFrom(pb.PeriodRange(first=first, last=last, kind=kind))


def _filters(conditions: Sequence[str]) -> list[pb.Filter]:
    wanted: dict[str, list[str]] = {}
    for each in conditions:
        dimension, equals, value = each.partition("=")
        if not (dimension and equals and value):
            raise typer.BadParameter("written dimension=value", param_hint="--where")
        wanted.setdefault(dimension, []).append(value)
    return [pb.Filter(dimension=name, values=values) for name, values in wanted.items()]


@contextmanager
def _service(target: str | None, token: str | None, country: str = "") -> Iterator[Client]:
    """The service to ask; what it refuses becomes a usage error or a `Trouble`.

    The catalogue is the same for all: without a country it is asked for by someone of none.
    """
    place = target or f"{settings().ingest.host}:{settings().ports.indicators}"
    role = Role.MINISTRY if country else Role.INTERNATIONAL
    try:
        with Client(place, caller(settings(), role, country, token)) as client:
            yield client
    except Refused as refused:
        if refused.code in _QUESTION_WRONG:
            raise typer.BadParameter(str(refused)) from None
        raise Trouble(str(refused)) from None


def _write(
    cells: Sequence[pb.Cell],
    definitions: dict[str, pb.Indicator],
    request: pb.QueryCellsRequest,
    written: Format,
) -> None:
    ordered = rendering.in_reading_order(cells, definitions)
    if written is Format.JSON:
        typer.echo(rendering.as_json(ordered))
    elif written is Format.CSV:
        dimensions = sorted({*request.by, *(each.dimension for each in request.filters)})
        typer.echo(rendering.cells_csv(ordered, dimensions), nl=False)
    elif ordered:
        _show(rendering.cells_table(ordered, definitions))
        _show(rendering.background_table(ordered))
    else:
        typer.echo("No cell: what has been computed counts zero here.", err=True)


def _show(table: Table) -> None:
    console = Console()
    if not console.is_terminal:
        console.width = _WIDTH_WHEN_PIPED
    console.print(table)
