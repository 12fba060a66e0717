"""P13: filters that overlap, and the same question over and over, tell no more than one answer.

A filter picks cells of a table that is there; it never makes one. So A, A with x, and A and B are
looked up, and what is not in the tables cannot be asked for.
"""

from collections.abc import AsyncIterator, Iterator
from itertools import chain, combinations
from pathlib import Path

import grpc
import pytest
from google.rpc.error_details_pb2 import RetryInfo

from gtms.config import Quota
from gtms.query.server import running
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse.client import Connection
from tests.integration.query.conftest import BY_SEX, Cells
from tests.support.refused import refused
from tests.support.services import without_stores
from treatment.indicators.v1 import indicators_pb2 as pb
from treatment.indicators.v1.indicators_pb2_grpc import IndicatorsServiceStub

COUNTRY = "COK"
CALLER = (("authorization", f"Bearer dev-{COUNTRY}"),)
SEXES = ("FEMALE", "MALE", "UNKNOWN")
DRUGS = ("OPIOIDS", "COCAINE", "CANNABIS")
AT_ONCE = 300


@pytest.fixture
def connection(stack: EmbeddedStack) -> Iterator[Connection]:
    opened = Connection(stack.settings.clickhouse)
    yield opened
    opened.close()


@pytest.fixture
async def service(
    stack: EmbeddedStack, connection: Connection, tmp_path: Path
) -> AsyncIterator[IndicatorsServiceStub]:
    Cells(connection, COUNTRY).snapshot("2025", BY_SEX)
    settings = without_stores(tmp_path).model_copy(
        update={
            "clickhouse": stack.settings.clickhouse,
            "quota": Quota(calls_per_s=0.01, calls_at_once=AT_ONCE),
        }
    )
    async with (
        running(settings) as port,
        grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel,
    ):
        yield IndicatorsServiceStub(channel)


def asked(by: tuple[str, ...] = (), **filters: tuple[str, ...]) -> pb.QueryCellsRequest:
    return pb.QueryCellsRequest(
        indicators=["A02"],
        periods=["2025"],
        by=by,
        filters=[pb.Filter(dimension=name, values=values) for name, values in filters.items()],
    )


async def cells(service: IndicatorsServiceStub, request: pb.QueryCellsRequest) -> set[bytes]:
    answer = await service.QueryCells(request, metadata=CALLER)
    return {cell.SerializeToString(deterministic=True) for cell in answer.cells}


def subsets(of: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(of, size) for size in range(1, len(of) + 1))


async def test_every_filter_gives_cells_of_the_table_and_none_of_its_own(
    service: IndicatorsServiceStub,
) -> None:
    table = await cells(service, asked(("sex",)))
    assert len(table) == len(SEXES)
    for chosen in subsets(SEXES):
        found = await cells(service, asked(("sex",), sex=chosen))
        assert found <= table
        assert len(found) == len(chosen), "a union is its cells, never their sum"
    crossed = await cells(service, asked(("sex", "substance_group")))
    for sexes in subsets(SEXES):
        for drugs in subsets(DRUGS):
            both = await cells(
                service, asked(("sex", "substance_group"), sex=sexes, substance_group=drugs)
            )
            assert both <= crossed, "A and B is looked up where it was published, or not at all"


async def test_what_is_in_no_table_cannot_be_asked_for(service: IndicatorsServiceStub) -> None:
    for request in (
        asked(("sex", "facility")),
        asked(("sex",), facility=("F1",)),
        asked(("sex", "substance_group", "age_band", "setting")),
        asked((), person=("ann",)),
    ):
        code, _, _ = await refused(service.QueryCells(request, metadata=CALLER))
        assert code is grpc.StatusCode.INVALID_ARGUMENT


async def test_asking_again_and_again_refines_nothing_and_comes_to_an_end(
    service: IndicatorsServiceStub,
) -> None:
    request, answers, ends = asked(("sex",)), set[bytes](), set[grpc.StatusCode]()
    for _ in range(AT_ONCE + 50):
        try:
            answer = await service.QueryCells(request, metadata=CALLER)
        except grpc.aio.AioRpcError as error:
            ends.add(error.code())
            break
        else:
            answers.add(answer.SerializeToString(deterministic=True))
    assert len(answers) == 1
    assert ends == {grpc.StatusCode.RESOURCE_EXHAUSTED}
    _, text, details = await refused(service.QueryCells(request, metadata=CALLER))
    assert "quota" in text
    assert details[RetryInfo].retry_delay.ToMilliseconds() > 0
    other = (("authorization", "Bearer dev-NIU"),)
    assert await service.QueryCells(asked(), metadata=other) is not None


async def test_without_the_quota_it_would_not_end(
    service: IndicatorsServiceStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gtms.ingest.quotas.Rate.take", lambda *_: 0.0)
    for _ in range(AT_ONCE + 5):
        await service.QueryCells(asked(("sex",)), metadata=CALLER)
