"""What the quality service promises on the wire, whatever is stored: ClickHouse is away here."""

import grpc
import pytest
from google.rpc.error_details_pb2 import BadRequest, RetryInfo
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from tests.support.refused import refused
from treatment.quality.v1 import quality_pb2 as pb
from treatment.quality.v1 import quality_pb2_grpc

KENYA = (("authorization", "Bearer dev-KEN"),)
NAME = "treatment.quality.v1.QualityService"


@pytest.fixture
def service(channel) -> quality_pb2_grpc.QualityServiceStub:
    return quality_pb2_grpc.QualityServiceStub(channel)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"rules": ["r63"]}, "filter.rules[0]"),
        ({"rules": ["R063", "R999"]}, "filter.rules[1]"),
        ({"rules": ["R031"]}, "filter.rules[0]"),  # one record alone answers it
        ({"rules": ["R063", "R063"]}, "filter.rules"),
        ({"families": [0]}, "filter.families[0]"),
        ({"families": [77]}, "filter.families[0]"),
        ({"facility_id": "F" * 65}, "filter.facility_id"),
        ({"states": [0]}, "filter.states[0]"),
    ],
)
async def test_a_wrong_filter_names_the_field(service, fields, wrong):
    asked = pb.ProblemFilter(**fields)
    for call in (
        service.ListProblems(pb.ListProblemsRequest(filter=asked), metadata=KENYA),
        service.SummarizeProblems(pb.SummarizeProblemsRequest(filter=asked), metadata=KENYA),
    ):
        code, text, details = await refused(call)
        assert code is grpc.StatusCode.INVALID_ARGUMENT
        assert [each.field for each in details[BadRequest].field_violations] == [wrong]
        assert wrong in text


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"page_size": -1}, "page_size"),
        ({"page_size": 1001}, "page_size"),
        ({"page_token": "x"}, "page_token"),
    ],
)
async def test_a_wrong_page_names_the_field(service, fields, wrong):
    call = service.ListProblems(pb.ListProblemsRequest(**fields), metadata=KENYA)
    code, _, details = await refused(call)
    assert code is grpc.StatusCode.INVALID_ARGUMENT
    assert [each.field for each in details[BadRequest].field_violations] == [wrong]


@pytest.mark.parametrize("metadata", [(), (("authorization", "Bearer dev-ZZZ"),)])
async def test_an_unknown_caller(service, metadata):
    code, _, _ = await refused(service.ListProblems(pb.ListProblemsRequest(), metadata=metadata))
    assert code is grpc.StatusCode.UNAUTHENTICATED


async def test_without_the_warehouse_it_says_so_and_when_to_come_back(service):
    for call in (
        service.ListProblems(pb.ListProblemsRequest(), metadata=KENYA),
        service.SummarizeProblems(pb.SummarizeProblemsRequest(), metadata=KENYA),
    ):
        code, _, details = await refused(call)
        assert code is grpc.StatusCode.UNAVAILABLE
        assert RetryInfo in details


async def test_without_the_warehouse_health_is_not_serving(channel):
    health = health_pb2_grpc.HealthStub(channel)
    answer = await health.Check(health_pb2.HealthCheckRequest(service=NAME))
    assert answer.status == health_pb2.HealthCheckResponse.NOT_SERVING


async def test_reflection_lists_the_service(channel):
    stub = reflection_pb2_grpc.ServerReflectionStub(channel)
    asked = reflection_pb2.ServerReflectionRequest(list_services="")
    async for answer in stub.ServerReflectionInfo(iter([asked])):
        names = {each.name for each in answer.list_services_response.service}
    assert NAME in names
