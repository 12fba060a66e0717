"""Records sent one at a time, as national systems do whose users press "save"."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import grpc

from gtms.config import Settings
from gtms.families import FAMILIES, REPORTED
from tests.bench.drawn import ADMISSION
from tests.bench.filling import Sent
from tests.support.national import METHODS
from treatment.common.v1.receipts_pb2 import ReceiptStatus

_DEADLINE_S = 30.0


@dataclass(frozen=True, slots=True)
class Accepted:
    """A record that was accepted, and when its receipt arrived: seconds since 1970.

    `person` and `month` ("2026-01", of its date) are those of an admission, empty of others.
    """

    country: str
    record_uid: str
    person: str
    month: str
    at: float


class Senders:
    """Connections to the services that take records. Use as an asynchronous context."""

    def __init__(self, settings: Settings) -> None:
        self._channels = {
            name: grpc.aio.insecure_channel(f"{settings.ingest.host}:{settings.ports.of(name)}")
            for name in {method.service for method in METHODS.values()}
        }
        self._calls: Mapping[str, Callable[..., Awaitable[Any]]] = {
            family.name: self._call(family.record_type) for family in REPORTED.values()
        }

    async def __aenter__(self) -> Self:
        await asyncio.gather(*(channel.channel_ready() for channel in self._channels.values()))
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(*(channel.close(None) for channel in self._channels.values()))

    async def send(self, country: str, sent: Sent) -> Accepted:
        """Send a record and wait for its receipt; a rejected one ends the measurement."""
        name, written = sent
        kind = FAMILIES[name].record_type
        record: Any = kind.FromString(written)
        answer = await self._calls[name](
            METHODS[kind].request(record=record),
            metadata=(("authorization", f"Bearer dev-{country}"),),
            timeout=_DEADLINE_S,
        )
        at = time.time()
        receipt = answer.receipt
        assert receipt.status != ReceiptStatus.RECEIPT_STATUS_REJECTED, receipt.problems
        is_admission = name == ADMISSION.name
        return Accepted(
            country,
            receipt.record_uid,
            record.record.client_pseudonym if is_admission else "",
            record.record.admission_date[:7] if is_admission else "",
            at,
        )

    def _call(self, kind: type) -> Callable[..., Awaitable[Any]]:
        method = METHODS[kind]
        call: Callable[..., Awaitable[Any]] = getattr(
            method.stub(self._channels[method.service]), method.name
        )
        return call
