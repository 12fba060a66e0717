"""What the indicators service promises on the wire, whatever is stored: ClickHouse is away here."""

import grpc
import pytest
from google.rpc.error_details_pb2 import BadRequest, ErrorInfo, RetryInfo
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc

from gtms.indicators.catalogue import CATALOGUE
from tests.support.refused import refused
from treatment.indicators.v1 import indicators_pb2 as pb
from treatment.indicators.v1 import indicators_pb2_grpc

KENYA = (("authorization", "Bearer dev-KEN"),)


@pytest.fixture
def service(channel) -> indicators_pb2_grpc.IndicatorsServiceStub:
    return indicators_pb2_grpc.IndicatorsServiceStub(channel)


def ask(**fields) -> pb.QueryCellsRequest:
    return pb.QueryCellsRequest(**{"indicators": ["A02"], "periods": ["2025"], **fields})


async def wrong_fields(service, request) -> list[str]:
    code, text, details = await refused(service.QueryCells(request, metadata=KENYA))
    assert code is grpc.StatusCode.INVALID_ARGUMENT
    fields = [each.field for each in details[BadRequest].field_violations]
    assert all(each.description for each in details[BadRequest].field_violations)
    assert all(field in text for field in fields)
    return fields


async def test_catalogue_is_given_whole(service):
    answer = await service.ListIndicators(pb.ListIndicatorsRequest(), metadata=KENYA)
    assert [each.id for each in answer.indicators] == sorted(CATALOGUE)
    for each in answer.indicators:
        assert each.title
        assert each.version
        assert each.unit_of_count
        assert each.formula
        assert each.source
        assert each.measures
        assert each.tables
        names = {name for table in each.tables for name in table.dimensions}
        assert names == {dimension.name for dimension in each.dimensions}


async def test_catalogue_of_some(service):
    request = pb.ListIndicatorsRequest(indicators=["B01", "A02"])
    answer = await service.ListIndicators(request, metadata=KENYA)
    assert [each.id for each in answer.indicators] == ["A02", "B01"]


async def test_catalogue_of_unknown(service):
    call = service.ListIndicators(pb.ListIndicatorsRequest(indicators=["Z99"]), metadata=KENYA)
    code, text, _ = await refused(call)
    assert code is grpc.StatusCode.INVALID_ARGUMENT
    assert "A02" in text


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"indicators": []}, ["indicators"]),
        ({"indicators": ["a02"]}, ["indicators[0]"]),
        ({"indicators": ["A02", "Z99"]}, ["indicators[1]"]),
        ({"countries": ["Kenya"]}, ["countries[0]"]),
        ({"periods": []}, ["periods"]),
        ({"periods": ["2025-13"]}, ["periods[0]"]),
        ({"periods": ["2025", "Q1"]}, ["periods[1]"]),
        ({"period_range": pb.PeriodRange(first="2024", last="2025")}, ["periods"]),
        (
            {"periods": [], "period_range": pb.PeriodRange(first="x", last="2025")},
            ["period_range.first"],
        ),
        ({"by": ["no_such"]}, ["by[0]"]),
        ({"by": ["sex", "setting"]}, ["by"]),
        ({"by": ["sex", "substance_group"], "periods": ["2025-01"]}, ["by"]),
        ({"by": ["sex", "sex"]}, ["by"]),
        ({"filters": [pb.Filter(dimension="sex")]}, ["filters[0].values"]),
        ({"filters": [pb.Filter(dimension="sex", values=["woman"])]}, ["filters[0].values"]),
        ({"filters": [pb.Filter(dimension="weather", values=["x"])]}, ["filters[0].dimension"]),
        ({"page_size": -1}, ["page_size"]),
        ({"page_size": 5001}, ["page_size"]),
        ({"page_token": "x"}, ["page_token"]),
        ({"purpose": "for Mrs Smith"}, ["purpose"]),
        ({"indicators": ["a02"], "page_size": -1}, ["indicators[0]", "page_size"]),
    ],
)
async def test_wrong_request_names_the_field(service, fields, wrong):
    assert await wrong_fields(service, ask(**fields)) == wrong


@pytest.mark.parametrize("countries", [["UGA"], ["KEN", "UGA"], ["ZZZ"]])
async def test_another_country_is_denied_and_nothing_said_of_it(service, countries):
    code, text, details = await refused(
        service.QueryCells(ask(countries=countries), metadata=KENYA)
    )
    assert code is grpc.StatusCode.PERMISSION_DENIED
    assert text == (
        "this credential reads the provisional figures of its own country only;"
        " of others, what they have published (source)"
    )
    assert details.keys() == {ErrorInfo}


@pytest.mark.parametrize(
    "metadata", [(), (("authorization", "Bearer KEN"),), (("authorization", "Bearer dev-ZZZ"),)]
)
async def test_unknown_caller(service, metadata):
    code, _, _ = await refused(service.QueryCells(ask(), metadata=metadata))
    assert code is grpc.StatusCode.UNAUTHENTICATED


async def test_without_the_warehouse_it_says_so_and_when_to_come_back(service):
    code, text, details = await refused(service.QueryCells(ask(), metadata=KENYA))
    assert code is grpc.StatusCode.UNAVAILABLE
    assert "does not answer" in text
    assert RetryInfo in details


async def test_without_the_warehouse_health_is_not_serving(channel):
    health = health_pb2_grpc.HealthStub(channel)
    for name in ("", "treatment.indicators.v1.IndicatorsService"):
        answer = await health.Check(health_pb2.HealthCheckRequest(service=name))
        assert answer.status == health_pb2.HealthCheckResponse.NOT_SERVING


async def test_reflection_lists_the_service(channel):
    reflection = reflection_pb2_grpc.ServerReflectionStub(channel)
    asked = reflection_pb2.ServerReflectionRequest(list_services="")
    async for answer in reflection.ServerReflectionInfo(iter([asked])):
        names = {each.name for each in answer.list_services_response.service}
    assert "treatment.indicators.v1.IndicatorsService" in names
