"""The service over real cells: what a country sees, and what it cannot."""

from collections.abc import AsyncIterator

import grpc
import pytest

from tests.integration.query.conftest import BY_SEX
from treatment.indicators.v1 import indicators_pb2 as pb
from treatment.indicators.v1 import indicators_pb2_grpc


def caller(country: str) -> tuple[tuple[str, str], ...]:
    return (("authorization", f"Bearer dev-{country}"),)


def ask(**fields) -> pb.QueryCellsRequest:
    return pb.QueryCellsRequest(**{"indicators": ["A02"], "periods": ["2025"], **fields})


@pytest.fixture
async def service(target) -> AsyncIterator[indicators_pb2_grpc.IndicatorsServiceStub]:
    async with grpc.aio.insecure_channel(target) as channel:
        yield indicators_pb2_grpc.IndicatorsServiceStub(channel)


async def test_own_country_is_meant_when_none_is_named(service):
    for countries in ([], ["KEN"]):
        answer = await service.QueryCells(ask(countries=countries), metadata=caller("KEN"))
        assert [(cell.country, cell.value) for cell in answer.cells] == [("KEN", 6)]


@pytest.mark.parametrize("caller_of", ["UGA", "TZA"])
async def test_foreign_country_is_denied_with_the_same_words_with_and_without_cells(
    service, caller_of
):
    with pytest.raises(grpc.aio.AioRpcError) as problem:
        await service.QueryCells(ask(countries=["KEN"]), metadata=caller(caller_of))
    assert problem.value.code() is grpc.StatusCode.PERMISSION_DENIED
    assert problem.value.details() == (
        "this credential reads the provisional figures of its own country only;"
        " of others, what they have published (source)"
    )


async def test_token_of_another_caller_is_refused(service):
    first = await service.QueryCells(ask(by=["sex"], page_size=1), metadata=caller("KEN"))
    with pytest.raises(grpc.aio.AioRpcError) as problem:
        await service.QueryCells(
            ask(by=["sex"], page_size=1, page_token=first.next_page_token), metadata=caller("UGA")
        )
    assert problem.value.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_dropped_snapshot_ends_the_sequence(service, kenya):
    request = ask(by=["sex"], page_size=1)
    first = await service.QueryCells(request, metadata=caller("KEN"))
    dropped = kenya.written["2025"]
    kenya.snapshot("2025", BY_SEX)
    kenya.drop("2025", dropped)
    request.page_token = first.next_page_token
    with pytest.raises(grpc.aio.AioRpcError) as problem:
        await service.QueryCells(request, metadata=caller("KEN"))
    assert problem.value.code() is grpc.StatusCode.ABORTED
    assert "ask again without a page token" in problem.value.details()


async def test_who_read_what_for_what_is_logged_without_any_value(service, logged):
    request = ask(filters=[pb.Filter(dimension="sex", values=["MALE"])], purpose="annual-report")
    await service.QueryCells(request, metadata=caller("KEN"))
    assert logged == [
        {
            "event": "read",
            "log_level": "info",
            "country": "KEN",
            "indicators": ["A02"],
            "by": [],
            "cells": 1,
            "purpose": "annual-report",
        }
    ]
