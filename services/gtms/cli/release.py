"""`gtms release`: from a draft to a vintage, and what has been published."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import grpc
import typer
from rich.console import Console
from rich.table import Table

from gtms.channel import caller, speaks_for_any
from gtms.config import settings
from gtms.ingest.identity import Role
from gtms.query.rendering import as_json as json_of
from gtms.release import rendering
from gtms.release.client import Refused, ReleasesClient
from gtms.trouble import Trouble
from treatment.releases.v1 import releases_pb2 as pb

app = typer.Typer(
    help="What of a country's figures is public, and since when.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

_WIDTH_WHEN_PIPED = 200
_QUESTION_WRONG = frozenset({grpc.StatusCode.INVALID_ARGUMENT})

Period = Annotated[str, typer.Argument(help="2025, 2025-Q1 or 2025-01.")]
Country = Annotated[
    str | None, typer.Option("--country", "-c", help="ISO 3166-1 alpha-3, e.g. KEN.")
]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
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
        help="Your credential; in development dev-KEN, admin-KEN to publish.",
    ),
]


@app.command(
    epilog="Examples:\n\n"
    "* `gtms release draft 2025 --country KEN`\n"
    "* `gtms release draft 2025 --country KEN --reason 'two facilities reported late'`"
)
def draft(
    period: Period,
    reason: Annotated[
        str, typer.Option(help="Why the figures are revised; public, needed from vintage 3 on.")
    ] = "",
    country: Country = None,
    as_json: AsJson = False,
    target: Target = None,
    token: Token = None,
) -> None:
    """Draft a release of the figures as they were computed last, small numbers withheld.

    Takes up to a minute for a year. Leaves with 1 when small numbers could still be worked out
    from it.
    """
    with _service(target, token, Role.MINISTRY, country) as service:
        release = service.draft(period, reason)
    _show(release, as_json=as_json)
    if release.breaches:
        raise typer.Exit(1)


@app.command(
    epilog="Examples:\n\n"
    "* `gtms release preview 2025 --country KEN`\n"
    "* `gtms release preview 2025 --country KEN --indicator A02 --most 100`"
)
def preview(
    period: Period,
    indicator: Annotated[
        list[str] | None, typer.Option("--indicator", "-i", help="Cells of these only.")
    ] = None,
    most: Annotated[int, typer.Option(min=1, max=5000, help="Changed cells shown.")] = 20,
    country: Country = None,
    as_json: AsJson = False,
    target: Target = None,
    token: Token = None,
) -> None:
    """What publishing the draft would change against the vintage before."""
    with _service(target, token, Role.MINISTRY, country) as service:
        found = service.preview(period, [each.upper() for each in indicator or ()], most)
    if as_json:
        typer.echo(json_of([found]))
        return
    _print(rendering.release_table(found.release))
    _print(rendering.indicators_table(found))
    if found.cells:
        _print(rendering.changes_table(found))
    if found.left_off:
        typer.echo(f"{found.left_off} more changed cells (--most)", err=True)


@app.command(epilog="Example: `gtms release review 2025 --country KEN`")
def review(
    period: Period,
    country: Country = None,
    as_json: AsJson = False,
    target: Target = None,
    token: Token = None,
) -> None:
    """Say that the draft has been looked at and may be published."""
    with _service(target, token, Role.MINISTRY, country) as service:
        _show(service.review(period, service.get("", period, 0).content_hash), as_json=as_json)


@app.command(epilog="Example: `gtms release publish 2025 --country KEN`")
def publish(
    period: Period,
    country: Country = None,
    as_json: AsJson = False,
    target: Target = None,
    token: Token = None,
) -> None:
    """Make the reviewed release public, for good. For administrators.

    Leaves with 1, naming the cells, when small numbers could be worked out from it.
    """
    with _service(target, token, Role.ADMINISTRATOR, country) as service:
        _show(service.publish(period, service.get("", period, 0).content_hash), as_json=as_json)


@app.command(
    "list",
    epilog="Examples:\n\n"
    "* `gtms release list --country KEN`\n"
    "* `gtms release list --of UGA --of KEN --period 2025 --token dev-UNODC`",
)
def list_releases(
    of: Annotated[
        list[str] | None, typer.Option("--of", help="Countries; your own when left out.")
    ] = None,
    period: Annotated[list[str] | None, typer.Option("--period", "-p", help="Repeatable.")] = None,
    country: Country = None,
    as_json: AsJson = False,
    target: Target = None,
    token: Token = None,
) -> None:
    """All releases of your country, and of others what they have published."""
    with _service(target, token, Role.MINISTRY, country) as service:
        found = service.releases([each.upper() for each in of or ()], period or ())
    if as_json:
        typer.echo(json_of(found))
    elif found:
        _print(rendering.releases_table(found))
    else:
        typer.echo("No release.", err=True)


@app.command("show", epilog="Example: `gtms release show 2025 --vintage 1 --country KEN`")
def show_release(
    period: Period,
    vintage: Annotated[int, typer.Option(min=0, help="Its number; 0 for the newest.")] = 0,
    of: Annotated[str, typer.Option("--of", help="Its country; your own when left out.")] = "",
    country: Country = None,
    as_json: AsJson = False,
    target: Target = None,
    token: Token = None,
) -> None:
    """One release: its state, what it was made of, and what speaks against publishing it."""
    with _service(target, token, Role.MINISTRY, country) as service:
        _show(service.get(of.upper(), period, vintage), as_json=as_json)


@app.command(
    epilog="Examples:\n\n"
    "* `gtms release policy --country KEN`\n"
    "* `gtms release policy --country KEN --year-days 90 --month-days 30`\n"
    "* `gtms release policy --country KEN --none`"
)
def policy(
    year_days: Annotated[int | None, typer.Option(min=0, help="Days after a year.")] = None,
    quarter_days: Annotated[int | None, typer.Option(min=0, help="Days after a quarter.")] = None,
    month_days: Annotated[int | None, typer.Option(min=0, help="Days after a month.")] = None,
    none: Annotated[bool, typer.Option("--none", help="Release nothing by itself.")] = False,
    country: Country = None,
    as_json: AsJson = False,
    target: Target = None,
    token: Token = None,
) -> None:
    """When periods are released without anybody asking; with options, set it anew.

    What is set replaces all that was set before, for periods that fall due from today on. Setting
    is for administrators. A release that could give away small numbers stays a draft.
    """
    told = {"year_days": year_days, "quarter_days": quarter_days, "month_days": month_days}
    said = {name: days for name, days in told.items() if days is not None}
    if none and said:
        raise typer.BadParameter("goes without days", param_hint="--none")
    role = Role.ADMINISTRATOR if said or none else Role.MINISTRY
    with _service(target, token, role, country) as service:
        now = service.set_policy(pb.ReleasePolicy(**said)) if said or none else service.policy()
    if as_json:
        typer.echo(json_of([now]))
    else:
        typer.echo(rendering.policy_line(now))


def _show(release: pb.Release, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json_of([release]))
        return
    _print(rendering.release_table(release))
    if release.breaches:
        _print(rendering.breaches_table(release))


def _print(table: Table) -> None:
    console = Console()
    if not console.is_terminal:
        console.width = _WIDTH_WHEN_PIPED
    console.print(table)


@contextmanager
def _service(
    target: str | None, token: str | None, role: Role, country: str | None
) -> Iterator[ReleasesClient]:
    """The service to ask; what it refuses becomes a usage error or a `Trouble`."""
    if not country and speaks_for_any(settings(), token):
        raise typer.BadParameter("which country's releases?", param_hint="--country")
    place = target or f"{settings().ingest.host}:{settings().ports.indicators}"
    who = caller(settings(), role, (country or "").upper(), token)
    try:
        with ReleasesClient(place, who) as client:
            yield client
    except Refused as refused:
        if refused.code in _QUESTION_WRONG:
            raise typer.BadParameter(str(refused)) from None
        raise Trouble(str(refused)) from None
