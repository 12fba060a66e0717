"""`gtms import`: records from CSV files and from other systems' files, through the gRPC services.

Exit codes: 0 every row was accepted, 1 some rows were rejected, 2 the command or the file is wrong,
3 a service is away or would not take it, 130 stopped at the keyboard.
"""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import grpc
import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from typer._click import Context
from typer.core import TyperGroup

from gtms.channel import Caller, caller
from gtms.config import settings
from gtms.events.failures import Unavailable
from gtms.families import FAMILIES, REPORTED, Family
from gtms.ingest.client import Refused, service_of
from gtms.ingest.identity import COUNTRIES, Role
from gtms.interop import describe, mapping, summary
from gtms.interop.importer import Job, run
from gtms.interop.journal import Identity, Journal
from gtms.interop.report import Report
from gtms.interop.rows import Conversion, Finding
from gtms.interop.sending import Services, Stamp, ThisMachine
from gtms.interop.source import FileTrouble, Layout, SourceFile, inspect, read_layout
from gtms.interop.tally import FLAGGED, Tally
from gtms.interop.teds import TedsConversion, variable_named
from gtms.interop.template import TemplateConversion, knows, write_template

ALL_ACCEPTED, SOME_REJECTED, WRONG, AWAY, STOPPED = 0, 1, 2, 3, 130
SERVICE_OF: Mapping[str, str] = MappingProxyType(
    {name: service_of(family) for name, family in REPORTED.items()}
)
DRY_PATIENCE_S = 2.0
_PLURALS = {"facilities": "facility", "capacities": "capacity"}
_WRONG_CALLER = frozenset(
    {
        grpc.StatusCode.UNAUTHENTICATED,
        grpc.StatusCode.PERMISSION_DENIED,
        grpc.StatusCode.INVALID_ARGUMENT,
    }
)
said = Console(stderr=True, highlight=False, soft_wrap=True)
told = Console(highlight=False)


class FileFirst(TyperGroup):
    """`gtms import FILE …` means `gtms import file FILE …`."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Put the word in where it is left out."""
        if args and args[0] not in {*self.commands, "-h", "--help"}:
            args = ["file", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=FileFirst,
    no_args_is_help=True,
    help="Import records from a CSV file: `gtms import FILE --family admissions --country KEN`.",
)


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line, names resolved."""

    file: Path
    family: Family | None
    country: str
    mapping: mapping.FileMapping | None
    year: int | None
    revision: int
    encoding: str | None
    dry_run: bool
    resume: bool
    report: Path | None
    targets: Mapping[str, str]
    caller: Caller
    patience_s: float


@app.command()
def template(
    family: Annotated[str, typer.Option(help="facilities, capacities, qa-assessments, …")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write.")] = None,
) -> None:
    """Write the CSV template of a family: its header line, one column per field."""
    chosen = _family(family)
    if output is None:
        write_template(chosen, sys.stdout)
        return
    try:
        with output.open("x", encoding="utf-8", newline="") as file:
            write_template(chosen, file)
    except OSError as error:
        _leave(f"{output}: {error.strerror}", WRONG)


@app.command("mapping")
def show_mapping(
    name: Annotated[str, typer.Argument(help=f"One of {', '.join(mapping.NAMES)}.")],
    losses: Annotated[bool, typer.Option("--losses", help="Only what gets lost.")] = False,
) -> None:
    """Print a mapping as Markdown: every variable, what becomes of it, and what gets lost."""
    chosen = _mapping(name)
    if not losses:
        told.print(f"# {chosen.title}\n", soft_wrap=True)
        told.print(describe.target_table(chosen) + "\n", soft_wrap=True, markup=False)
        told.print(describe.derived_table(chosen) + "\n", soft_wrap=True, markup=False)
    told.print(describe.loss_table(chosen), soft_wrap=True, markup=False)


@app.command("file")
def import_file(
    file: Annotated[Path, typer.Argument(help="The CSV file.")],
    country: Annotated[str, typer.Option(help="ISO 3166-1 alpha-3, e.g. KEN.")],
    family: Annotated[str, typer.Option(help="What the rows are; not needed with --mapping.")] = "",
    mapping_name: Annotated[
        str, typer.Option("--mapping", help=f"Another system's file: {', '.join(mapping.NAMES)}.")
    ] = "",
    year: Annotated[int | None, typer.Option(help="Year of rows that say none.")] = None,
    revision: Annotated[
        int, typer.Option(min=1, help="Revision of rows without record_version.")
    ] = 1,
    encoding: Annotated[str | None, typer.Option(help="Instead of finding it out.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only, store nothing.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where it stopped.")] = False,
    report: Annotated[
        Path | None, typer.Option(help="CSV with every problem of every row.")
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(help="HOST, or SERVICE=HOST:PORT (several); default: this machine's stack."),
    ] = None,
    token_file: Annotated[Path | None, typer.Option(help="File that holds the token.")] = None,
    patience: Annotated[float, typer.Option(min=0, help="Seconds to wait for a service.")] = 60.0,
) -> None:
    """Import a file. Sending a file twice changes nothing: the same revision counts once."""
    if not (family or mapping_name):
        raise typer.BadParameter("say what the rows are: --family admissions, or --mapping teds-a")
    request = Request(
        file=file,
        family=_family(family) if family else None,
        country=_country(country),
        mapping=_mapping(mapping_name) if mapping_name else None,
        year=year,
        revision=revision,
        encoding=encoding,
        dry_run=dry_run,
        resume=resume and not dry_run,
        report=report,
        targets=_targets(target or []),
        caller=_caller(country, token_file),
        patience_s=patience,
    )
    raise typer.Exit(_guarded(request))


def _guarded(request: Request) -> int:
    """The exit code of the import; what stops it becomes one line."""
    again = "" if request.dry_run else "; what is settled is remembered, --resume goes on there"
    try:
        return _import(request)
    except FileTrouble as trouble:
        return _failed(str(trouble), WRONG)
    except Unavailable as away:
        return _failed(f"{away}{again}", AWAY)
    except Refused as refused:
        return _failed(str(refused), WRONG if refused.code in _WRONG_CALLER else AWAY)
    except OSError as error:
        return _failed(f"{error.filename or ''} {error.strerror}{again}".strip(), AWAY)
    except KeyboardInterrupt:
        return _failed(f"stopped{again}", STOPPED)


def _import(request: Request) -> int:
    source = inspect(request.file, request.encoding)
    layout = read_layout(source, lambda name: _known(request, name))
    conversion = _conversion(request, layout)
    for note in [source.encoding_note, *conversion.notes]:
        if note:
            said.print(note, markup=False)
    if request.dry_run:
        return _check(request, source, layout)
    journal = Journal(settings().stack.state / "imports", _identity(request, source))
    tally = _begin(request, journal)
    if tally.finished:
        said.print("This file is imported already; without --resume it is sent again.")
        summary.show(told, tally, dry_run=False)
        return _exit_code(tally)
    services = Services(request.targets, request.caller, False, request.patience_s)
    with Report(request.report, source.path, more=tally.last_row > 1) as report:
        stamp = _stamp(source)
        job = Job(source, layout, conversion, stamp, services, report, journal)
        return _run(request, job, tally)


def _check(request: Request, source: SourceFile, layout: Layout) -> int:
    """A dry run asks the services; when none is there, the same rules are applied here."""
    services = Services(request.targets, request.caller, True, DRY_PATIENCE_S)
    here = ThisMachine(request.country, _now)
    for answering in (services, here):
        tally = Tally()
        conversion = _conversion(request, layout)
        with Report(request.report, source.path) as report:
            job = Job(source, layout, conversion, _stamp(source), answering, report, None)
            try:
                return _run(request, job, tally)
            except Unavailable:
                if tally.rows or answering is here:
                    raise
        said.print("No service answers: checked on this machine, by the same rules.")
    raise AssertionError("the rules on this machine always answer")


def _run(request: Request, job: Job, tally: Tally) -> int:
    """Run the job under a progress bar and tell what it did."""
    first: list[Finding] = []
    with _progress() as bar:
        task = bar.add_task("", total=job.source.size, rows="")

        def watch(position: int, now: Tally, findings: Sequence[Finding]) -> None:
            first.extend(findings[: summary.SHOWN_FINDINGS - len(first)])
            bar.update(task, completed=position, rows=_so_far(now))

        asyncio.run(run(job, tally, watch))
    summary.show(told, tally, request.dry_run)
    summary.show_first_findings(told, first, request.report)
    return _exit_code(tally)


def _progress() -> Progress:
    return Progress(
        BarColumn(),
        DownloadColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[rows]}"),
        console=said,
        transient=True,
    )


def _so_far(tally: Tally) -> str:
    return (
        f"{tally.rows:,} rows, {tally.rejected_rows:,} rejected, {tally.count(FLAGGED):,} flagged"
    )


def _begin(request: Request, journal: Journal) -> Tally:
    """Where to begin: at the first row, or behind the last settled one."""
    before = journal.load()
    if before is None:
        if request.resume:
            said.print("Nothing to resume: this file was not begun; it is imported from the start.")
        return Tally()
    if request.resume:
        if not before.finished:
            said.print(f"Going on behind row {before.last_row:,}.")
        return before
    if not before.finished:
        said.print(
            f"An import of this file stopped at row {before.last_row:,}; --resume goes on there."
        )
    return Tally()


def _conversion(request: Request, layout: Layout) -> Conversion:
    if request.mapping is not None:
        conversion = TedsConversion(request.mapping, layout, request.year, request.revision)
        if request.family not in (None, *conversion.families):
            raise FileTrouble(f"{request.mapping.name} gives no records of that family")
        return conversion
    assert request.family is not None, "one of the two is asked for"
    return TemplateConversion(request.family, layout, request.revision)


def _known(request: Request, name: str) -> bool:
    if request.mapping is not None:
        return variable_named(request.mapping, name) is not None
    return request.family is not None and knows(request.family, name)


def _identity(request: Request, source: SourceFile) -> Identity:
    return Identity(
        sha256=source.sha256,
        mapping=request.mapping.name if request.mapping else "",
        family=request.family.name if request.family and not request.mapping else "",
        country=request.country,
        targets=",".join(sorted(set(request.targets.values()))),
        options=f"{request.year} {request.revision} {source.encoding}",
    )


def _stamp(source: SourceFile) -> Stamp:
    return Stamp("gtms-import", source.sha256, _now)


def _exit_code(tally: Tally) -> int:
    return SOME_REJECTED if tally.rejected_rows else ALL_ACCEPTED


def _family(name: str) -> Family:
    plain = name.casefold().replace("-", "_")
    found = FAMILIES.get(_PLURALS.get(plain, plain.removesuffix("s")))
    if found is None or found.name not in SERVICE_OF:
        raise typer.BadParameter(f"no such family; there are {', '.join(SERVICE_OF)}")
    return found


def _mapping(name: str) -> mapping.FileMapping:
    if name not in mapping.NAMES:
        raise typer.BadParameter(f"no such mapping; there are {', '.join(mapping.NAMES)}")
    return mapping.load(name)


def _country(code: str) -> str:
    if code not in COUNTRIES:
        raise typer.BadParameter("--country must be an ISO 3166-1 alpha-3 code, e.g. KEN")
    return code


def _caller(country: str, file: Path | None) -> Caller:
    try:
        token = file and file.read_text("utf-8").strip()
    except (OSError, UnicodeError):
        raise typer.BadParameter(f"--token-file: {file} cannot be read") from None
    return caller(settings(), Role.SUBMITTER, country, token or None)


def _targets(said_targets: Sequence[str]) -> Mapping[str, str]:
    """host:port by family name."""
    ports, host = settings().ports, settings().ingest.host
    named: dict[str, str] = {}
    for target in said_targets:
        service, equals, address = target.partition("=")
        if not equals:
            host = target
        elif service in SERVICE_OF.values() and ":" in address:
            named[service] = address
        else:
            raise typer.BadParameter(f"--target {target}: neither HOST nor SERVICE=HOST:PORT")
    return {
        family: named.get(service, f"{host}:{ports.of(service)}")
        for family, service in SERVICE_OF.items()
    }


def _now() -> datetime:
    return datetime.now(UTC)


def _failed(why: str, code: int) -> int:
    said.print(f"gtms import: {why}", markup=False)
    return code


def _leave(why: str, code: int) -> None:
    raise typer.Exit(_failed(why, code))
