"""What the client makes of a service with too much to do: it comes again, and nothing is lost."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import grpc
import pytest

from gtms.channel import bearing
from gtms.families import FAMILIES
from gtms.ingest.client import Refused, submit_many
from tests.support.population import admission
from treatment.admissions.v1 import admissions_service_pb2_grpc
from treatment.admissions.v1.admissions_service_pb2 import (
    SubmitAdmissionsRequest,
    SubmitAdmissionsResponse,
)
from treatment.common.v1.receipts_pb2 import Receipt

RECORDS = [admission("ann", "2025-03-01", episode_id=f"E{n}") for n in range(6)]


class _Busy(admissions_service_pb2_grpc.AdmissionsServiceServicer):
    """Ends so many streams, then answers."""

    def __init__(self, code: grpc.StatusCode, times: int) -> None:
        self._code, self.left = code, times

    async def SubmitAdmissions(  # noqa: N802  # the name that the .proto gives it
        self,
        request_iterator: AsyncIterator[SubmitAdmissionsRequest],
        context: "grpc.aio.ServicerContext[SubmitAdmissionsRequest, SubmitAdmissionsResponse]",
    ) -> AsyncIterator[SubmitAdmissionsResponse]:
        async for chunk in request_iterator:
            if self.left:
                self.left -= 1
                await context.abort(self._code, "not now")
            receipts = [Receipt(record_uid=one.record.episode_id) for one in chunk.records]
            yield SubmitAdmissionsResponse(chunk_id=chunk.chunk_id, receipts=receipts)


@asynccontextmanager
async def _served(busy: _Busy) -> AsyncIterator[str]:
    server = grpc.aio.server()
    admissions_service_pb2_grpc.add_AdmissionsServiceServicer_to_server(busy, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    try:
        yield f"127.0.0.1:{port}"
    finally:
        await server.stop(None)


async def _sent(target: str) -> list[str]:
    submitted = submit_many(
        target, bearing("dev-KEN"), FAMILIES["admission"], RECORDS, chunk_records=2, patience_s=10
    )
    return [receipt.record_uid async for _, receipt in submitted]


@pytest.mark.parametrize(
    "code",
    [
        grpc.StatusCode.UNAVAILABLE,
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        grpc.StatusCode.CANCELLED,
    ],
)
async def test_it_comes_again(code: grpc.StatusCode) -> None:
    async with _served(_Busy(code, 3)) as target:
        assert await _sent(target) == [f"E{n}" for n in range(6)]


async def test_it_does_not_come_again_where_it_is_not_wanted() -> None:
    async with _served(_Busy(grpc.StatusCode.PERMISSION_DENIED, 1_000)) as target:
        with pytest.raises(Refused, match="PERMISSION_DENIED: not now"):
            await _sent(target)
