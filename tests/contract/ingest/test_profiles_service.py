"""Who may set the profile of a country, and what it may say; no Kafka is needed for it."""

import socket
from collections.abc import AsyncIterator

import grpc
import pytest

from gtms.config import Ingest, Kafka, Ports, Settings
from gtms.ingest.server import running
from gtms.records.profiles import PROFILE_ID
from tests.support.population import profile, retraction
from treatment.common.v1.receipts_pb2 import Receipt, ReceiptStatus
from treatment.profiles.v1.profile_pb2 import CountryProfileRecord
from treatment.profiles.v1.profiles_service_pb2 import SetProfileRequest
from treatment.profiles.v1.profiles_service_pb2_grpc import ProfilesServiceStub

ACCEPTED = ReceiptStatus.RECEIPT_STATUS_ACCEPTED
REJECTED = ReceiptStatus.RECEIPT_STATUS_REJECTED


@pytest.fixture
async def stub() -> AsyncIterator[ProfilesServiceStub]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nothing_there = probe.getsockname()[1]
    settings = Settings(
        kafka=Kafka(bootstrap=f"127.0.0.1:{nothing_there}"),
        ports=Ports(trainings=0),
        ingest=Ingest(drain_s=0.5),
    )
    async with (
        running("trainings", settings) as port,
        grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel,
    ):
        yield ProfilesServiceStub(channel)


async def judged(
    stub: ProfilesServiceStub, record: CountryProfileRecord, token: str = "admin-KEN"
) -> Receipt:
    request = SetProfileRequest(record=record, validate_only=True)
    metadata = (("authorization", f"Bearer {token}"),)
    return (await stub.SetProfile(request, metadata=metadata, timeout=5)).receipt


async def test_an_administrator_may_set_it(stub: ProfilesServiceStub) -> None:
    assert (await judged(stub, profile(stale_days=90))).status == ACCEPTED
    assert (await judged(stub, profile())).status == ACCEPTED
    assert (await judged(stub, retraction(profile(), 2))).status == ACCEPTED


async def test_a_submitter_may_not(stub: ProfilesServiceStub) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await judged(stub, profile(stale_days=90), token="dev-KEN")
    assert refused.value.code() is grpc.StatusCode.PERMISSION_DENIED
    assert refused.value.details() == "this call needs the role administrator"


async def test_nor_may_the_administrator_of_another_country(stub: ProfilesServiceStub) -> None:
    record = profile(stale_days=90)
    record.envelope.country_iso3 = "KEN"
    receipt = await judged(stub, record, token="admin-UGA")
    assert receipt.status == REJECTED
    assert [problem.rule_id for problem in receipt.problems] == ["R003"]


RANGES = {
    "journey_gap_days": ((0, 21, 365), (366,)),
    "entrant_gap_days": ((1, 1826), (0, 1827)),
    "stale_days": ((1, 1826), (0, 1827)),
    "year_start": ((1, 4, 7), (0, 2, 10, 13)),
    "k_threshold": ((5, 100), (0, 4, 101)),
    "rounding_base": ((5, 100), (0, 1, 101)),
    "min_linkage": ((0.0, 99.5, 100.0), (-0.1, 100.1, float("nan"), float("inf"))),
}


@pytest.mark.parametrize("name", RANGES)
async def test_a_parameter_has_its_range(stub: ProfilesServiceStub, name: str) -> None:
    inside, outside = RANGES[name]
    for value in inside:
        assert (await judged(stub, profile(**{name: value}))).status == ACCEPTED
    for value in outside:
        receipt = await judged(stub, profile(**{name: value}))
        assert receipt.status == REJECTED
        assert {(one.rule_id, one.field_path) for one in receipt.problems} == {
            ("R007", f"record.{name}")
        }


async def test_there_is_one_profile(stub: ProfilesServiceStub) -> None:
    another = profile()
    another.record.profile_id = "another"
    assert (await judged(stub, another)).status == REJECTED
    assert profile().record.profile_id == PROFILE_ID
    unknown = await judged(stub, profile(attribute_episode=3))
    assert {(one.rule_id, one.field_path) for one in unknown.problems} == {
        ("R006", "record.attribute_episode")
    }
