"""`gtms profile`: with which parameters a country is counted."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from gtms.channel import caller, speaks_for_any
from gtms.config import settings
from gtms.ingest.identity import Role
from gtms.ingest.profile_client import ProfileClient, Refused, revision_of
from gtms.records.profiles import DEFAULT_PROFILE, SETTABLE, profile_of
from gtms.trouble import Trouble
from treatment.common.v1.codes_pb2 import AttributeEpisode
from treatment.common.v1.receipts_pb2 import Receipt, ReceiptStatus
from treatment.profiles.v1.profile_pb2 import CountryProfile, CountryProfileRecord
from treatment.profiles.v1.profiles_service_pb2 import GetProfileResponse

app = typer.Typer(
    help="With which parameters the records of a country are counted.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

STORED_WITHIN_S = 30.0
_WIDTH_WHEN_PIPED = 120


class Which(StrEnum):
    """Which qualifying start of a period describes an entrant."""

    LAST = "last"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class _Told:
    """A revision in the words of a value's parameters; its fields are those of the JSON.

    `set` is what it does not leave to the defaults.
    """

    record_version: int
    received_at: str | None
    source_system_id: str
    retracted: bool
    parameters: Mapping[str, object]
    set: Mapping[str, object]


Country = Annotated[
    str | None, typer.Option("--country", "-c", help="ISO 3166-1 alpha-3, e.g. KEN.")
]
Target = Annotated[
    str | None,
    typer.Option(
        "--target",
        envvar="GTMS_PROFILES_TARGET",
        help="host:port of the profiles service; this machine's when left out.",
    ),
]
Token = Annotated[
    str | None,
    typer.Option(
        "--token",
        envvar="GTMS_TOKEN",
        help="Your credential; in development dev-KEN to read, admin-KEN to set.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
ValidateOnly = Annotated[
    bool, typer.Option("--validate-only", help="Say what the receipt would be; store nothing.")
]


@app.command()
def show(
    country: Country = None, as_json: AsJson = False, target: Target = None, token: Token = None
) -> None:
    """What counts now, with the defaults filled in.

    Example: `gtms profile show --country KEN`
    """
    with _service(target, token, Role.MINISTRY, country) as service:
        _show(service.current(), as_json)


@app.command("set")
def set_parameters(
    country: Country = None,
    journey_gap_days: Annotated[
        int | None,
        typer.Option(min=0, metavar="DAYS", help="Longest gap within a journey of treatment."),
    ] = None,
    entrant_gap_days: Annotated[
        int | None,
        typer.Option(min=0, metavar="DAYS", help="Days without treatment before one enters again."),
    ] = None,
    attribute_episode: Annotated[
        Which | None, typer.Option(help="Which start of a period describes an entrant.")
    ] = None,
    stale_days: Annotated[
        int | None,
        typer.Option(
            min=0, metavar="DAYS", help="Days of silence after which an episode has ended."
        ),
    ] = None,
    alcohol_included: Annotated[
        bool | None,
        typer.Option(
            "--alcohol-included/--alcohol-excluded",
            help="Whether alcohol or nicotine as primary substance is counted.",
        ),
    ] = None,
    year_start: Annotated[
        int | None,
        typer.Option(min=0, metavar="MONTH", help="Month in which the year starts: 1, 4 or 7."),
    ] = None,
    k_threshold: Annotated[
        int | None,
        typer.Option(min=0, metavar="N", help="Smallest count of people that may be published."),
    ] = None,
    rounding_base: Annotated[
        int | None,
        typer.Option(min=0, metavar="N", help="Published counts are rounded to multiples of it."),
    ] = None,
    min_linkage: Annotated[
        float | None,
        typer.Option(metavar="PERCENT", help="Percent of linked admissions that persons need."),
    ] = None,
    validate_only: ValidateOnly = False,
    as_json: AsJson = False,
    target: Target = None,
    token: Token = None,
) -> None:
    """Set parameters; those that are not named stay as they are. For administrators.

    The whole country is computed anew: every figure tells the parameters it was computed with.
    Leaves with 1 when the service does not accept them.

    **Examples**

    `gtms profile set --country KEN --stale-days 90`

    `gtms profile set --country GBR --year-start 4 --alcohol-excluded --attribute-episode first`
    """
    named = {name: value for name, value in locals().items() if name in SETTABLE}
    said = {name: value for name, value in named.items() if value is not None}
    if not said:
        raise typer.BadParameter("name at least one parameter, as --stale-days 90")
    if attribute_episode:
        said["attribute_episode"] = AttributeEpisode.Value(
            f"ATTRIBUTE_EPISODE_{attribute_episode.name}"
        )
    with _service(target, token, Role.ADMINISTRATOR, country) as service:
        current = service.current()
        profile = CountryProfile()
        profile.CopyFrom(current.record.record)
        profile.MergeFrom(_profile(said))
        record = revision_of(profile, current.record_version + 1)
        _send(service, record, validate_only=validate_only, as_json=as_json)


@app.command()
def reset(
    country: Country = None,
    validate_only: ValidateOnly = False,
    as_json: AsJson = False,
    target: Target = None,
    token: Token = None,
) -> None:
    """Take back what was set: every parameter has its default. For administrators.

    Example: `gtms profile reset --country KEN`
    """
    with _service(target, token, Role.ADMINISTRATOR, country) as service:
        record = revision_of(None, service.current().record_version + 1)
        _send(service, record, validate_only=validate_only, as_json=as_json)


@app.command()
def history(
    country: Country = None, as_json: AsJson = False, target: Target = None, token: Token = None
) -> None:
    """Every revision, the newest first.

    Example: `gtms profile history --country KEN --json`
    """
    with _service(target, token, Role.MINISTRY, country) as service:
        told = [_told(record) for record in service.revisions()]
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in told], indent=2))
        return
    table = Table("revision", "received", "by", "what it sets", box=None)
    for each in told:
        said = ", ".join(f"{name} {_plain(value)}" for name, value in each.set.items())
        nothing = "taken back: the defaults" if each.retracted else "the defaults"
        table.add_row(
            str(each.record_version), each.received_at, each.source_system_id, said or nothing
        )
    _print(table)


def _profile(said: Mapping[str, object]) -> CountryProfile:
    profile = CountryProfile()
    for name, value in said.items():
        try:
            setattr(profile, name, value)
        except ValueError:
            option = f"--{name.replace('_', '-')}"
            raise typer.BadParameter("is far out of range", param_hint=option) from None
    return profile


def _send(
    service: ProfileClient, record: CountryProfileRecord, *, validate_only: bool, as_json: bool
) -> None:
    """Send a revision, wait until it is stored, show what counts then."""
    revision = record.envelope.record_version
    receipt = service.send(record, validate_only=validate_only)
    if receipt.status == ReceiptStatus.RECEIPT_STATUS_REJECTED:
        raise Trouble(f"not accepted: {_problems(receipt)}")
    if validate_only:
        typer.echo(f"would be accepted as revision {revision}", err=True)
        return
    current = service.stored(revision, STORED_WITHIN_S)
    if current is None:
        typer.echo(f"accepted as revision {revision}; not stored yet", err=True)
        return
    if (current.record.record, current.record.retraction) != (record.record, record.retraction):
        raise Trouble(
            "another administrator has set the profile at the same time, and that counts:"
            " look at it with `gtms profile show`, then set yours again"
        )
    _show(current, as_json)


def _problems(receipt: Receipt) -> str:
    return "; ".join(
        f"{problem.field_path.removeprefix('record.')} {problem.message} ({problem.rule_id})"
        for problem in receipt.problems
    )


def _show(current: GetProfileResponse, as_json: bool) -> None:
    told = _told(current.record)
    if as_json:
        typer.echo(json.dumps(asdict(told), indent=2))
        return
    table = Table("parameter", "value", "default", "set", box=None)
    for name, value in told.parameters.items():
        default = _plain(getattr(DEFAULT_PROFILE, name))
        table.add_row(name, _plain(value), default, "yes" if name in told.set else "")
    _print(table)
    typer.echo(f"Revision {told.record_version}." if told.record_version else "Nothing was set.")


def _told(record: CountryProfileRecord) -> _Told:
    profile = profile_of(record)
    parameters = {name: getattr(profile, name) for name in SETTABLE}
    said = {field.name for field, _ in record.record.ListFields()}
    envelope = record.envelope
    return _Told(
        record_version=envelope.record_version,
        received_at=envelope.received_at.ToJsonString() if envelope.record_version else None,
        source_system_id=envelope.source_system_id,
        retracted=record.HasField("retraction"),
        parameters=parameters,
        set={name: value for name, value in parameters.items() if name in said},
    )


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _print(table: Table) -> None:
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH_WHEN_PIPED
    console.print(table)


@contextmanager
def _service(
    target: str | None, token: str | None, role: Role, country: str | None
) -> Iterator[ProfileClient]:
    """The service to ask; what it refuses becomes a `Trouble`."""
    if not country and speaks_for_any(settings(), token):
        raise typer.BadParameter("which country's profile?", param_hint="--country")
    own = country or ""
    place = target or f"{settings().ingest.host}:{settings().ports.of('trainings')}"
    try:
        with ProfileClient(place, caller(settings(), role, own.upper(), token)) as client:
            yield client
    except Refused as refused:
        raise Trouble(str(refused)) from None
