"""Simulated records through the front door: gRPC streams to the ingest services, one per family."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

from google.protobuf.message import Message

from gtms.channel import caller
from gtms.config import Settings
from gtms.events.failures import Unavailable
from gtms.families import REPORTED
from gtms.ingest.client import Refused, service_of, submit_many
from gtms.ingest.identity import Role
from gtms.simulate.simulation import Simulation, Tally, records
from treatment.common.v1.receipts_pb2 import ReceiptStatus, Severity

AT_ONCE = 6  # countries; each holds a pool of clients and a stream for each family
_WAITING = 1000  # records drawn ahead per stream


@dataclass(slots=True)
class Sending:
    """How far one country is. Times are seconds of a monotonic clock."""

    simulation: Simulation
    tally: Tally = field(default_factory=Tally)
    receipts: Counter[int] = field(default_factory=Counter)
    rejected_by: Counter[str] = field(default_factory=Counter)
    started: float | None = None
    ended: float | None = None

    @property
    def answered(self) -> int:
        """Records with a receipt."""
        return self.receipts.total()

    @property
    def accepted(self) -> int:
        """Receipts without any remark."""
        return self.receipts[ReceiptStatus.RECEIPT_STATUS_ACCEPTED]

    @property
    def flagged(self) -> int:
        """Receipts of records that were taken although a rule of severity W found something."""
        return self.receipts[ReceiptStatus.RECEIPT_STATUS_ACCEPTED_WITH_FLAGS]

    @property
    def rejected(self) -> int:
        """Receipts of records that were not taken."""
        return self.receipts[ReceiptStatus.RECEIPT_STATUS_REJECTED]

    @property
    def per_second(self) -> float:
        """Receipts per second since the first record."""
        if self.started is None:
            return 0.0
        return self.answered / max(1e-6, (self.ended or time.monotonic()) - self.started)


async def unreachable(settings: Settings) -> str | None:
    """host:port of an ingest service that nobody listens on; None when all are there."""
    ports = dict.fromkeys(settings.ports.of(service_of(family)) for family in REPORTED.values())
    for port in ports:
        try:
            _, writer = await asyncio.open_connection(settings.ingest.host, port)
        except OSError:
            return f"{settings.ingest.host}:{port}"
        writer.close()
    return None


async def send_all(
    sendings: Sequence[Sending], settings: Settings, *, validate_only: bool = False
) -> None:
    """Send every country's records, several countries at a time; fills `sendings` as it goes.

    Sending the same simulation again never counts twice. Raises Unavailable when a service stays
    away, Refused when it will not take the records of a country.
    """
    places = asyncio.Semaphore(AT_ONCE)

    async def send_one(sending: Sending) -> None:
        async with places:
            await _send(sending, settings, validate_only)

    try:
        async with asyncio.TaskGroup() as group:
            for sending in sendings:
                group.create_task(send_one(sending))
    except* (Unavailable, Refused) as failed:
        raise _first(failed) from None


def _first(failed: ExceptionGroup[Exception]) -> Exception:
    """The first failure: the others followed from it, or say the same of another country."""
    failure = failed.exceptions[0]
    return _first(failure) if isinstance(failure, ExceptionGroup) else failure


async def _send(sending: Sending, settings: Settings, validate_only: bool) -> None:
    sending.started = time.monotonic()
    queues = {name: asyncio.Queue[Message | None](_WAITING) for name in REPORTED}
    async with asyncio.TaskGroup() as group:
        for name, queue in queues.items():
            group.create_task(_submit(sending, settings, name, queue, validate_only))
        for dispatch in records(sending.simulation):
            sending.tally.count(dispatch)
            await queues[dispatch.family].put(dispatch.record)
        for queue in queues.values():
            await queue.put(None)
    sending.ended = time.monotonic()


async def _submit(
    sending: Sending,
    settings: Settings,
    name: str,
    queue: asyncio.Queue[Message | None],
    validate_only: bool,
) -> None:
    target = f"{settings.ingest.host}:{settings.ports.of(service_of(REPORTED[name]))}"
    sender = caller(settings, Role.SUBMITTER, sending.simulation.country)
    stream = submit_many(target, sender, REPORTED[name], _taken(queue), validate_only=validate_only)
    async for _, receipt in stream:
        sending.receipts[receipt.status] += 1
        if receipt.status == ReceiptStatus.RECEIPT_STATUS_REJECTED:
            sending.rejected_by.update(
                problem.rule_id
                for problem in receipt.problems
                if problem.severity == Severity.SEVERITY_ERROR
            )


async def _taken(queue: asyncio.Queue[Message | None]) -> AsyncIterator[Message]:
    while (record := await queue.get()) is not None:
        yield record
