"""Who is refused costs little: nothing of the request is read, and the answer is held back."""

from collections.abc import AsyncIterator
from pathlib import Path

import grpc
import pytest

from gtms.ingest.deadlines import MARGIN_S
from tests.support.refused import refused
from tests.support.services import call_with, served, without_stores
from treatment.admissions.v1.admissions_service_pb2 import DESCRIPTOR

ONE = "/treatment.admissions.v1.AdmissionsService/SubmitAdmission"
MANY = DESCRIPTOR.services_by_name["AdmissionsService"].methods_by_name["SubmitAdmissions"]
NO_MESSAGE = b"\xff\xff\xff"
KENYA = (("authorization", "Bearer dev-KEN"),)


@pytest.fixture
async def channel(tmp_path: Path) -> AsyncIterator[grpc.aio.Channel]:
    """To a service that answers each country one call and then none for a long time."""
    settings = without_stores(tmp_path, calls_per_s=0.001, calls_at_once=1)
    async with (
        served("admissions", settings) as target,
        grpc.aio.insecure_channel(target) as channel,
    ):
        yield channel


async def test_a_request_is_read_after_its_sender_is_let_in(channel: grpc.aio.Channel) -> None:
    one = channel.unary_unary(ONE)
    code, _, _ = await refused(one(NO_MESSAGE))
    assert code is grpc.StatusCode.UNAUTHENTICATED
    code, text, _ = await refused(one(NO_MESSAGE, metadata=KENYA))
    assert (code, text) == (grpc.StatusCode.INVALID_ARGUMENT, "the request is no such message")
    code, _, _ = await refused(one(NO_MESSAGE, metadata=KENYA, timeout=4 * MARGIN_S))
    assert code is grpc.StatusCode.RESOURCE_EXHAUSTED, "and in time, although it was held back"


async def test_a_stream_of_what_is_no_message_is_refused(channel: grpc.aio.Channel) -> None:
    ended = await call_with(channel, MANY, NO_MESSAGE, KENYA)
    assert ended.code is grpc.StatusCode.INVALID_ARGUMENT
