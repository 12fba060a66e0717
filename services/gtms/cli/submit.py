"""`gtms submit`: send records from a file as a national system would, and show the receipts."""

import asyncio
import json
import sys
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import typer
from google.protobuf.json_format import MessageToDict, ParseDict, ParseError
from google.protobuf.message import Message
from rich.console import Console
from rich.table import Table

from gtms.channel import Caller, caller
from gtms.config import settings
from gtms.events.envelope import RecordMessage
from gtms.events.failures import Unavailable
from gtms.families import FAMILIES, SCHEMA_VERSION, Family
from gtms.ingest.client import Refused, service_of, submit_many
from gtms.ingest.identity import Role
from gtms.trouble import Trouble
from treatment.common.v1.codes_pb2 import RecordOp
from treatment.common.v1.receipts_pb2 import Receipt, ReceiptStatus

app = typer.Typer(help="Send records from a file and show what became of each.")

PATIENCE_S = 15.0
_STATUS = {
    ReceiptStatus.RECEIPT_STATUS_ACCEPTED: "[green]accepted[/green]",
    ReceiptStatus.RECEIPT_STATUS_ACCEPTED_WITH_FLAGS: "[yellow]accepted, flagged[/yellow]",
    ReceiptStatus.RECEIPT_STATUS_REJECTED: "[red]rejected[/red]",
}


class FamilyName(StrEnum):
    """The record families, as the command line names them."""

    FACILITY = "facility"
    CAPACITY = "capacity"
    QA_ASSESSMENT = "qa_assessment"
    ADMISSION = "admission"
    OUTCOME = "outcome"
    TRAINING_EVENT = "training_event"
    TRAINING_PARTICIPANT = "training_participant"
    ESTIMATE = "estimate"


@app.command()
def submit(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True, dir_okay=False, allow_dash=True, help="JSON, a JSON list, or JSON lines."
        ),
    ],
    family: Annotated[FamilyName, typer.Option(help="What the records are about.")],
    country: Annotated[str, typer.Option(help="Who sends: ISO 3166-1 alpha-3, e.g. KEN.")],
    target: Annotated[
        str | None, typer.Option(help="host:port of the service.", show_default="this machine")
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="GTMS_TOKEN",
            help="Your token, where the certificate of the national system is not enough.",
        ),
    ] = None,
    validate_only: Annotated[
        bool, typer.Option("--validate-only", help="Say what the receipts would be; store nothing.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON receipt a line.")] = False,
) -> None:
    """Send records and print a receipt for each. Leaves with 1 when one was rejected.

    A record is written as JSON of its message, e.g. of `treatment.admissions.v1.AdmissionRecord`:
    `{"envelope": {...}, "record": {...}}`. What is missing in the envelope is filled in: revision
    1, the present time, and this program as the source system.

    **Example**

    `gtms submit first.json --family admission --country KEN --validate-only`
    """
    chosen = FAMILIES[family.value]
    place = target or f"127.0.0.1:{settings().ports.of(service_of(chosen))}"
    records = list(_records(chosen, file))
    try:
        sender = caller(settings(), Role.SUBMITTER, country.upper(), token)
        receipts = asyncio.run(_send(place, sender, chosen, records, validate_only))
    except (Unavailable, Refused) as failure:
        raise Trouble(str(failure)) from failure
    if as_json:
        for receipt in receipts:
            typer.echo(json.dumps(MessageToDict(receipt, preserving_proto_field_name=True)))
    else:
        _show(Console(highlight=False, soft_wrap=True), receipts)
    if any(receipt.status == ReceiptStatus.RECEIPT_STATUS_REJECTED for receipt in receipts):
        raise typer.Exit(1)


async def _send(
    place: str, sender: Caller, family: Family, records: list[Message], validate_only: bool
) -> list[Receipt]:
    pairs = submit_many(
        place, sender, family, records, validate_only=validate_only, patience_s=PATIENCE_S
    )
    return [receipt async for _, receipt in pairs]


def _records(family: Family, file: Path) -> Iterator[Message]:
    for number, written in enumerate(_objects(file), start=1):
        record = family.record_type()
        try:
            ParseDict(written, record)
        except ParseError as wrong:
            raise Trouble(f"{file}: record {number} is no {family.event_type}: {wrong}") from wrong
        _fill_in(cast("RecordMessage", record))
        yield record


def _objects(file: Path) -> list[dict[str, object]]:
    text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        found = [
            _line(file, n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()
        ]
    return found if isinstance(found, list) else [found]


def _line(file: Path, number: int, line: str) -> dict[str, object]:
    try:
        found: dict[str, object] = json.loads(line)
    except json.JSONDecodeError as wrong:
        raise Trouble(f"{file}, line {number}: no JSON ({wrong.msg})") from wrong
    return found


def _fill_in(record: RecordMessage) -> None:
    envelope = record.envelope
    envelope.record_version = envelope.record_version or 1
    envelope.source_system_id = envelope.source_system_id or "gtms-submit"
    envelope.schema_version = envelope.schema_version or SCHEMA_VERSION
    envelope.idempotency_key = envelope.idempotency_key or uuid.uuid4().hex
    retracts = record.WhichOneof("content") == "retraction"
    if not envelope.operation:
        envelope.operation = RecordOp.RECORD_OP_RETRACT if retracts else RecordOp.RECORD_OP_UPSERT
    if not envelope.HasField("submitted_at"):
        envelope.submitted_at.FromDatetime(datetime.now(UTC))


def _show(console: Console, receipts: list[Receipt]) -> None:
    for number, receipt in enumerate(receipts, start=1):
        named = receipt.record_uid or "no id: the natural key is incomplete"
        console.print(
            f"{number}. {_STATUS[receipt.status]}  {named}  revision {receipt.record_version}"
        )
        if receipt.problems:
            table = Table("rule", "where", "what", box=None, pad_edge=True)
            for problem in receipt.problems:
                table.add_row(problem.rule_id, problem.field_path, problem.message)
            console.print(table)
