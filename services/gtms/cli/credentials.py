"""`gtms credentials`: an authority for trying things out, its certificates and tokens."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from gtms.config import settings
from gtms.credentials.authority import TOKEN_LIFE, Authority
from gtms.ingest.identity import COUNTRIES, Role
from gtms.stack.verified import HOSTS

app = typer.Typer(
    help="An authority for trying things out: its certificates and tokens.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

Folder = Annotated[
    Path | None,
    typer.Option("--folder", help="Where it is.", show_default="credentials in the state folder"),
]
Country = Annotated[str, typer.Option("--country", "-c", help="ISO 3166-1 alpha-3, e.g. KEN.")]


@app.command(epilog="Example: `gtms credentials init --host gtms.example`")
def init(
    host: Annotated[
        list[str] | None,
        typer.Option(help="Name or address under which services are reached; repeatable."),
    ] = None,
    folder: Folder = None,
    keep: Annotated[
        bool,
        typer.Option("--keep", help="Leave one that is there; renew only the services'."),
    ] = False,
) -> None:
    """Make the authority, the certificate of the services and the key that signs tokens."""
    authority = _authority(folder)
    hosts = [*HOSTS, *(host or ())]
    if keep and authority.exists():
        authority.renew_services(hosts)
    else:
        authority.make(hosts)
    for name, file in (
        ("CERTIFICATE_FILE", authority.services.certificate),
        ("KEY_FILE", authority.services.key),
        ("CLIENTS_CA_FILE", authority.certificate),
        ("REVOKED_FILE", authority.revoked),
        ("DENIED_FILE", authority.denied),
        ("JWKS_FILE", authority.jwks),
    ):
        typer.echo(f"GTMS_IDENTITY__{name}={file}")


@app.command(epilog="Example: `gtms credentials system --country KEN`")
def system(country: Country, folder: Folder = None) -> None:
    """The certificate of a national system; made when there is none that holds."""
    pair = _authority(folder).national_system(_country(country))
    typer.echo(f"GTMS_CLIENT__CERTIFICATE_FILE={pair.certificate}")
    typer.echo(f"GTMS_CLIENT__KEY_FILE={pair.key}")


@app.command(
    epilog="Examples:\n\n"
    "* `gtms credentials token --country KEN --role ministry --subject amina`\n"
    "* `export GTMS_TOKEN=$(gtms credentials token --role international --subject unodc)`"
)
def token(
    role: Annotated[list[Role], typer.Option(help="What the subject may be; repeatable.")],
    subject: Annotated[str, typer.Option(help="Who it is: stands in the audit.")],
    country: Annotated[
        str | None, typer.Option("--country", "-c", help="Left out for a subject of none.")
    ] = None,
    minutes: Annotated[int, typer.Option(min=1, max=60, help="How long it holds.")] = int(
        TOKEN_LIFE / timedelta(minutes=1)
    ),
    folder: Folder = None,
) -> None:
    """Print a token, and nothing else."""
    named = _country(country) if country else ""
    typer.echo(_authority(folder).token(named, subject, role, timedelta(minutes=minutes)))


@app.command(epilog="Example: `gtms credentials revoke --country KEN`")
def revoke(country: Country, folder: Folder = None) -> None:
    """Revoke the certificate of a national system: refused within a second, also if connected."""
    _authority(folder).revoke(_country(country))
    typer.echo(f"revoked: the certificate of {country.upper()}", err=True)


def _authority(folder: Path | None) -> Authority:
    chosen = settings()
    return Authority(folder or chosen.client.authority or chosen.stack.state / "credentials")


def _country(code: str) -> str:
    if code.upper() not in COUNTRIES:
        raise typer.BadParameter("is no ISO 3166-1 alpha-3 code", param_hint="--country")
    return code.upper()
