"""The audit service: what auditors read."""

import asyncio
from datetime import UTC, datetime

import grpc
from google.protobuf.timestamp_pb2 import Timestamp

from gtms.config import ClickHouse
from gtms.ingest.identity import current_sender
from gtms.ingest.refusals import permission_denied
from gtms.privacy.audit import Link
from gtms.query.requests import require_well_formed
from gtms.warehouse import audit
from gtms.warehouse.client import Connection
from treatment.audit.v1 import audit_pb2 as pb
from treatment.audit.v1 import audit_pb2_grpc

_USUAL_LIMIT = 100
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER = datetime(2200, 1, 1, tzinfo=UTC)


class AuditServicer(audit_pb2_grpc.AuditServiceServicer):
    """Gives each auditor the entries of its country; one of no country, all."""

    def __init__(self, server: ClickHouse) -> None:
        self._server = server

    async def ListEntries(  # noqa: N802
        self,
        request: pb.ListEntriesRequest,
        context: grpc.aio.ServicerContext[pb.ListEntriesRequest, pb.ListEntriesResponse],
    ) -> pb.ListEntriesResponse:
        """Entries, the latest first."""
        require_well_formed(request)
        own = current_sender().country
        if own and request.country not in ("", own):
            raise permission_denied("this auditor reads what was about its own country")
        found = await asyncio.to_thread(self._read, own or request.country, request)
        return pb.ListEntriesResponse(entries=map(_entry, found))

    def _read(self, country: str, request: pb.ListEntriesRequest) -> list[Link]:
        connection = Connection(self._server)
        try:
            return audit.listed(
                connection,
                country=country,
                who=request.who,
                since=request.since.ToDatetime(UTC) if request.HasField("since") else _EVER,
                until=request.until.ToDatetime(UTC) if request.HasField("until") else _NEVER,
                limit=request.limit or _USUAL_LIMIT,
            )
        finally:
            connection.close()


def _entry(one: Link) -> pb.Entry:
    entry = one.entry
    at = Timestamp()
    at.FromDatetime(entry.at)
    return pb.Entry(
        chain=one.chain,
        sequence=one.sequence,
        at=at,
        who=entry.who,
        roles=entry.roles,
        country=entry.country,
        what=entry.what,
        purpose=entry.purpose,
        counts=dict(entry.counts),
        outcome=entry.outcome,
        previous=one.previous,
        hash=one.hash,
    )
