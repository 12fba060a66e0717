"""What the audit says of a call: read off its metadata, its messages and how it ended."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

from google.protobuf.message import Message

from gtms.events.failures import Unavailable
from gtms.ingest.identity import COUNTRIES, Sender
from gtms.ingest.refusals import Refusal
from gtms.privacy.audit import Entry, stated_purpose
from gtms.privacy.trail import Trail
from treatment.common.v1.receipts_pb2 import Receipt, ReceiptStatus

TOGETHER_S = 1.0
"""Refusals that differ in nothing but their time are told once, and then together after this."""

OPENED = "OPENED"
"""Outcome of the entry that tells that a stream has begun; how it ended is told by another."""

_STATUS = attrgetter("status")
_WORDS = {
    ReceiptStatus.RECEIPT_STATUS_ACCEPTED: "accepted",
    ReceiptStatus.RECEIPT_STATUS_ACCEPTED_WITH_FLAGS: "flagged",
    ReceiptStatus.RECEIPT_STATUS_REJECTED: "rejected",
}


@dataclass(slots=True)
class Call:
    """A call that is being answered, as far as it is known."""

    method: str
    sender: Sender = field(default_factory=lambda: Sender(""))
    purpose: str = ""
    countries: tuple[str, ...] = ()
    counts: Counter[str] = field(default_factory=Counter)
    submits: bool = False

    def asked(self, request: Message) -> None:
        """Note what a request says: for what purpose, of which countries, whether as a trial."""
        said: Any = request
        fields = request.DESCRIPTOR.fields_by_name
        if "purpose" in fields:
            self.purpose = self.purpose or said.purpose
        if "countries" in fields:
            self.countries = tuple(said.countries)
        if "country" in fields:
            self.countries = (said.country,)
        if "validate_only" in fields and said.validate_only:
            self.counts["trials"] += 1

    async def each_asked(self, requests: AsyncIterator[Message]) -> AsyncIterator[Message]:
        """The requests of a stream, noted as they pass."""
        async for request in requests:
            self.asked(request)
            yield request

    def answered(self, response: Message) -> None:
        """Count what a response holds."""
        for about, value in response.ListFields():
            if about.message_type is Receipt.DESCRIPTOR:
                self.submits = True
                receipts = value if about.is_repeated else (value,)
                for status, number in Counter(map(_STATUS, receipts)).items():
                    self.counts[_WORDS[status]] += number
            elif about.is_repeated:
                self.counts[about.name] += len(value)

    def entry(self, outcome: str) -> Entry:
        """What the audit says of the call when it ended so."""
        own = (self.sender.country,) if self.sender.country else ()
        countries = {*own, *(asked for asked in self.countries if asked in COUNTRIES)}
        return Entry(
            at=datetime.now(UTC),
            who=self.sender.subject,
            roles=tuple(sorted(self.sender.roles)),
            country=",".join(sorted(countries)),
            what=self.method.strip("/"),
            purpose=stated_purpose(self.purpose),
            counts=dict(self.counts),
            outcome=outcome,
        )


class Refused:
    """Refusals on their way to the audit: a flood of them becomes a few entries with a count."""

    def __init__(self, trail: Trail) -> None:
        self._trail = trail
        self._again: dict[tuple[object, ...], tuple[Entry, int]] = {}
        self._at: asyncio.TimerHandle | None = None

    def note(self, entry: Entry) -> None:
        """Write it, or count it when the same was refused a moment ago."""
        same = (entry.who, entry.country, entry.what, entry.outcome)
        if same in self._again:
            first, times = self._again[same]
            self._again[same] = first, times + 1
            return
        self._again[same] = entry, 0
        self._trail.note(entry)
        if self._at is None:
            self._at = asyncio.get_running_loop().call_later(TOGETHER_S, self.flush)

    def flush(self) -> None:
        """Write what was only counted so far."""
        self._at = None
        again, self._again = self._again, {}
        for first, times in again.values():
            if times:
                self._trail.note(replace(first, at=datetime.now(UTC), counts={"times": times}))


class Audited:
    """The audit of a call, around the answering of it.

    Nothing is begun when there is no room for its entry, and what is read leaves only after its
    entry is on the disk; both are refused as Unavailable. What was submitted is in the log of
    records by then and is answered; its entry follows.
    """

    def __init__(self, trail: Trail, refused: Refused, call: Call) -> None:
        self._trail = trail
        self._refused = refused
        self._call = call

    async def __aenter__(self) -> None:
        self._trail.require_room()

    async def __aexit__(self, kind: object, error: BaseException | None, _: object) -> None:
        entry = self._call.entry(_outcome(error))
        if isinstance(error, Refusal | Unavailable):
            self._refused.note(entry)
        elif error is not None or self._call.submits:
            self._trail.note(entry)
        else:
            await asyncio.wrap_future(self._trail.write(entry))


def _outcome(error: BaseException | None) -> str:
    if error is None:
        return "OK"
    if isinstance(error, Refusal):
        return f"{error.code.name} {error.reason}"
    if isinstance(error, Unavailable):
        return "UNAVAILABLE"
    gone = isinstance(error, asyncio.CancelledError | GeneratorExit)
    return "CANCELLED" if gone else "INTERNAL"
