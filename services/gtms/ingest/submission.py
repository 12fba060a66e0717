"""From records to receipts: complete the envelope, validate, score the scales, publish, answer.

Each record is judged alone, so that a bad one never spoils its neighbours. A receipt that says
ACCEPTED is given only after Kafka acknowledged the record on all in-sync replicas.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from google.protobuf.timestamp_pb2 import Timestamp

from gtms import observability
from gtms.events.envelope import (
    MAX_VALUE_BYTES,
    Outgoing,
    RecordMessage,
    encode,
    payload_hash,
)
from gtms.events.failures import Unavailable
from gtms.events.publisher import Publisher
from gtms.families import Family
from gtms.ingest.algorithms import NONE, Algorithms, unregistered
from gtms.ingest.identity import Sender
from gtms.ingest.quotas import Pace, Turns
from gtms.ingest.scoring import score
from gtms.records.identifiers import content, natural_key, record_uid
from gtms.records.rules import Severity
from gtms.records.validation import Problem, validate
from treatment.common.v1 import receipts_pb2
from treatment.common.v1.codes_pb2 import RecordFamily
from treatment.common.v1.receipts_pb2 import Receipt, ReceiptStatus

_ACCEPTED = ReceiptStatus.RECEIPT_STATUS_ACCEPTED
_FLAGGED = ReceiptStatus.RECEIPT_STATUS_ACCEPTED_WITH_FLAGS
_REJECTED = ReceiptStatus.RECEIPT_STATUS_REJECTED
_WORDS = {_ACCEPTED: "accepted", _FLAGGED: "flagged", _REJECTED: "rejected"}
CHUNKS_AT_ONCE = 8
"""Chunks judged or waiting for Kafka at a time; for further ones the countries take turns."""

SLICE = 5
"""Records judged without a pause: about a millisecond."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One receipt per record in their order, true once the events are in the log."""

    receipts: list[Receipt] = field(default_factory=list)
    events: list[Outgoing] = field(default_factory=list)

    def add(self, more: "Judged") -> None:
        """Put the records that were judged next behind these."""
        self.receipts.extend(more.receipts)
        self.events.extend(more.events)


def judge(
    family: Family,
    sender: Sender,
    records: Sequence[RecordMessage],
    received_at: datetime,
    registered: Algorithms = NONE,
) -> Judged:
    """Complete each record's envelope in place, validate it, score its scales.

    `registered`: the algorithms of pseudonyms of countries that have said which are theirs.

    What the sender says of the content's hash is compared with the content as it was sent; the
    event carries the hash of the content as it is stored. No input or output but these.
    """
    received = Timestamp()
    received.FromDatetime(received_at)
    receipts, events = [], []
    for record in records:
        problems = complete(family, sender, record, received)
        problems += unregistered(record, sender.country, registered)
        if record.ByteSize() > MAX_VALUE_BYTES:
            problems.append(_problem("R007", "", f"is longer than {MAX_VALUE_BYTES} bytes"))
            receipts.append(_receipt(record, problems, ()))
            continue
        findings = validate(record)
        errors = [*problems, *findings.errors]
        if not errors:
            if score(record):
                record.envelope.payload_sha256 = payload_hash(record.record)
            events.append(encode(family, record))
        receipts.append(_receipt(record, errors, findings.flags))
    return Judged(receipts, events)


def complete(
    family: Family, sender: Sender, record: RecordMessage, received: Timestamp
) -> list[Problem]:
    """Fill in what the server knows; say where the sender said otherwise.

    What the sender may leave empty: country_iso3, family, record_uid, payload_sha256. What it says
    in received_at is replaced, so that a record that was read back can be corrected and sent again.
    """
    envelope = record.envelope
    inside = content(record)
    key = natural_key(family, record)
    uid = record_uid(sender.country, family, *key) if key else ""
    digest = payload_hash(inside) if inside is not None else b""
    problems = []
    if envelope.country_iso3 not in ("", sender.country):
        problems.append(_problem("R003", "country_iso3", "is not the country of the credential"))
    if envelope.family not in (0, family.code):
        problems.append(_problem("R001", "family", "is not the family that was called"))
    if envelope.record_uid not in ("", uid):
        problems.append(
            _problem("R001", "record_uid", "is not derived from country, family and natural key")
        )
    if envelope.payload_sha256 not in (b"", digest):
        problems.append(_problem("R001", "payload_sha256", "is not the hash of the content"))
    envelope.country_iso3 = sender.country
    envelope.family = RecordFamily.ValueType(family.code)
    envelope.record_uid = uid
    envelope.payload_sha256 = digest
    envelope.received_at.CopyFrom(received)
    return problems


class Submission:
    """Judges and publishes what one service was sent.

    Judging holds the interpreter's lock, so threads would only take it from the calls of others.
    It is done on the event loop instead, a few records at a time, country by country in turn.

    Args:
        clock: tells the present, with a time zone.
        pace: how fast chunks are judged, so that single calls go on meanwhile.
        registered: the algorithms of pseudonyms of each country, now.
    """

    def __init__(
        self,
        publisher: Publisher,
        clock: Callable[[], datetime],
        pace: Pace,
        registered: Callable[[], Algorithms],
    ) -> None:
        self._publisher = publisher
        self._clock = clock
        self._pace = pace
        self._registered = registered
        self._turns = Turns(CHUNKS_AT_ONCE, CHUNKS_AT_ONCE // 2)
        self._slices = Turns(1)

    async def submit(
        self,
        family: Family,
        sender: Sender,
        records: Sequence[RecordMessage],
        *,
        validate_only: bool,
        left_s: float | None,
    ) -> list[Receipt]:
        """One receipt per record, in their order, after the accepted ones are in the log.

        Raises:
            Unavailable: Kafka did not acknowledge in time: of none of these records is it known
                whether it was kept. Sending them again never counts them twice.
        """
        try:
            async with asyncio.timeout(left_s):
                judged = await self._judged_and_published(family, sender, records, validate_only)
        except TimeoutError:
            raise Unavailable("not all was acknowledged before the deadline of the call") from None
        if not validate_only:
            _count(family, judged.receipts)
        return judged.receipts

    async def _judged_and_published(
        self,
        family: Family,
        sender: Sender,
        records: Sequence[RecordMessage],
        validate_only: bool,
    ) -> Judged:
        if len(records) <= SLICE:
            judged = judge(family, sender, records, self._clock(), self._registered())
            await self._publish(judged, validate_only)
            return judged
        async with self._turns.turn(sender.country):
            judged = await self._in_slices(family, sender, records)
            await self._publish(judged, validate_only)
            return judged

    async def _in_slices(
        self, family: Family, sender: Sender, records: Sequence[RecordMessage]
    ) -> Judged:
        judged = Judged()
        received_at, registered = self._clock(), self._registered()
        for start in range(0, len(records), SLICE):
            async with self._slices.turn(sender.country):
                began = time.perf_counter()
                piece = records[start : start + SLICE]
                judged.add(judge(family, sender, piece, received_at, registered))
                worked_s = time.perf_counter() - began
                await asyncio.sleep(self._pace.rest_s(sender.country, worked_s))
        return judged

    async def _publish(self, judged: Judged, validate_only: bool) -> None:
        if judged.events and not validate_only:
            await self._publisher.publish(judged.events)


def _problem(rule_id: str, field: str, message: str) -> Problem:
    return Problem(rule_id, Severity.ERROR, f"envelope.{field}" if field else "", message)


def _receipt(record: RecordMessage, errors: Sequence[Problem], flags: Sequence[Problem]) -> Receipt:
    envelope = record.envelope
    if not errors and not flags:
        return Receipt(
            record_uid=envelope.record_uid,
            record_version=envelope.record_version,
            status=_ACCEPTED,
        )
    return Receipt(
        record_uid=envelope.record_uid,
        record_version=envelope.record_version,
        status=_REJECTED if errors else _FLAGGED,
        problems=[
            receipts_pb2.Problem(
                rule_id=problem.rule_id,
                severity=receipts_pb2.Severity.ValueType(problem.severity),
                field_path=problem.field_path,
                message=problem.message,
            )
            for problem in (*errors, *flags)
        ],
    )


def _count(family: Family, receipts: Sequence[Receipt]) -> None:
    for status, number in Counter(receipt.status for receipt in receipts).items():
        observability.RECORDS.labels(family.name, _WORDS[status]).inc(number)
    rules = Counter(problem.rule_id for receipt in receipts for problem in receipt.problems)
    for rule, number in rules.items():
        observability.PROBLEMS.labels(family.name, rule).inc(number)
