"""Records on their way: envelopes, and who answers: a service, or the rules on this machine."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from google.protobuf.message import Message

from gtms.channel import Caller
from gtms.families import SCHEMA_VERSION, Family
from gtms.ingest.client import submit_many
from gtms.ingest.identity import Sender
from gtms.ingest.submission import judge
from gtms.interop.rows import Outgoing
from treatment.common.v1.codes_pb2 import RecordOp
from treatment.common.v1.receipts_pb2 import Receipt

Answers = list[tuple[Outgoing, Receipt]]


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every envelope of one import says: who sends, since when, and from which file.

    `sha256` and the row make the idempotency key, so that a row that is sent again says so.
    """

    source_system_id: str
    sha256: str
    clock: Callable[[], datetime]

    def put_on(self, outgoing: Outgoing) -> None:
        """Fill the envelope; revision and operation stay as they are said, else 1 and UPSERT."""
        envelope = outgoing.record.envelope
        envelope.source_system_id = self.source_system_id
        envelope.schema_version = SCHEMA_VERSION
        envelope.idempotency_key = f"{self.sha256[:16]}/{outgoing.row}/{outgoing.family.label}"
        envelope.submitted_at.FromDatetime(self.clock())
        envelope.record_version = envelope.record_version or 1
        envelope.operation = envelope.operation or RecordOp.RECORD_OP_UPSERT


class Answering(Protocol):
    """Gives each record its receipt."""

    async def answers(self, family: Family, records: Sequence[Outgoing]) -> Answers:
        """Every record with its receipt, in order. Raises Unavailable or Refused."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """The ingest services.

    `targets` is host:port by family name; `patience_s` is how long a service may be away.
    """

    targets: Mapping[str, str]
    caller: Caller
    validate_only: bool
    patience_s: float

    async def answers(self, family: Family, records: Sequence[Outgoing]) -> Answers:
        """Send them in chunks and wait for all receipts."""
        messages: list[Message] = [outgoing.record for outgoing in records]
        stream = submit_many(
            self.targets[family.name],
            self.caller,
            family,
            messages,
            validate_only=self.validate_only,
            patience_s=self.patience_s,
        )
        receipts = [receipt async for _, receipt in stream]
        return list(zip(records, receipts, strict=True))


@dataclass(frozen=True, slots=True)
class ThisMachine:
    """The same rules as in the services, without one: nothing is sent."""

    country: str
    clock: Callable[[], datetime]

    async def answers(self, family: Family, records: Sequence[Outgoing]) -> Answers:
        """Judge them as a service would."""
        messages = [outgoing.record for outgoing in records]
        judged = judge(family, Sender(self.country), messages, self.clock())
        return list(zip(records, judged.receipts, strict=True))
