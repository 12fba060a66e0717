"""P03: a page token is of no use to another caller, for another question, or altered."""

from collections.abc import AsyncIterator, Iterator

import grpc
import pytest

from gtms.query import tokens
from gtms.stack.lifecycle import EmbeddedStack
from tests.support.engine import Engine
from tests.support.releasing import (
    MINISTRY,
    NEIGHBOUR,
    PERIOD,
    TODAY,
    UNODC,
    Services,
    people,
    published,
    serving,
    stepping,
)
from treatment.indicators.v1 import indicators_pb2 as pb

EVERYBODY = {"ministry": MINISTRY, "neighbour": NEIGHBOUR, "unodc": UNODC}
PUBLISHED = {"source": pb.SOURCE_PUBLISHED, "countries": ["KEN"]}
ASKED = {
    "provisional": ("ministry", {}),
    "published to a ministry": ("ministry", PUBLISHED),
    "published to UNODC": ("unodc", PUBLISHED),
}
OTHERWISE = {
    "indicators": ["B01"],
    "periods": ["2025-01"],
    "by": ["age_band"],
    "filters": [pb.Filter(dimension="sex", values=["MALE"])],
    "countries": ["KEN", "UGA"],
    "vintage": 1,
}


@pytest.fixture(scope="module")
def released(stack: EmbeddedStack) -> Iterator[None]:
    engine = Engine(stack.settings.clickhouse)
    engine.forget_everything()
    engine.take(people(range(60)), TODAY)
    engine.take(people(range(60), "UGA"), TODAY)
    with stepping(stack.settings) as steps:
        published(steps)
    yield
    engine.forget_everything()
    engine.close()


@pytest.fixture
async def services(released: None, stack: EmbeddedStack) -> AsyncIterator[Services]:
    async with serving(stack.settings) as made:
        yield made


def question(**fields) -> pb.QueryCellsRequest:
    return pb.QueryCellsRequest(
        **{"indicators": ["A02"], "periods": [PERIOD], "by": ["sex"], "page_size": 1, **fields}
    )


async def accepted(services: Services) -> set[str]:
    """What a page token was accepted for that it was not made for."""
    found = set()
    for name, (caller, fields) in ASKED.items():
        who, asked = EVERYBODY[caller], question(**fields)
        first = await services.indicators.QueryCells(asked, metadata=who)
        token = first.next_page_token
        assert token, name
        tries = {
            f"{name}: {other}": (EVERYBODY[other], question(**fields, page_token=token))
            for other in EVERYBODY
            if other != caller
        }
        for field, value in OTHERWISE.items():
            tries[f"{name}: {field}"] = (who, question(**{**fields, field: value}))
        for each in (token[:-1], f"{token}A", token[::-1], token[:40] + token[44:]):
            tries[f"{name}: altered to {each}"] = (who, question(**fields, page_token=each))
        for what, (other, request) in tries.items():
            request.page_token = request.page_token or token
            if not await _is_refused(services, other, request):
                found.add(what)
    return found


async def _is_refused(
    services: Services, who: tuple[tuple[str, str], ...], request: pb.QueryCellsRequest
) -> bool:
    try:
        await services.indicators.QueryCells(request, metadata=who)
    except grpc.aio.AioRpcError as problem:
        return problem.code() in (
            grpc.StatusCode.INVALID_ARGUMENT,
            grpc.StatusCode.PERMISSION_DENIED,
        )
    return False


async def test_a_token_is_good_for_its_caller_and_question_only(services):
    assert await accepted(services) == set()


async def test_a_token_says_no_value(services):
    """What is inside is where the sequence stands: the cells before and after it have no part."""
    for caller, fields in ASKED.values():
        asked = question(**fields)
        answer = await services.indicators.QueryCells(asked, metadata=EVERYBODY[caller])
        sealed = tokens._from_text(answer.next_page_token)
        body = tokens.zlib.decompress(sealed[tokens._MAC_BYTES :]).decode()
        assert "value" in body
        for cell in answer.cells:
            assert f"{cell.value:g}" not in body.replace(cell.as_of, "").split(",")


async def test_without_the_seal_the_check_finds_it(services, monkeypatch):
    monkeypatch.setattr(tokens, "_mac", lambda *_: bytes(tokens._MAC_BYTES))
    found = await accepted(services)
    assert {"published to a ministry: unodc", "published to UNODC: by"} <= found


async def test_without_the_caller_in_the_seal_the_check_finds_it(services, monkeypatch):
    sealing = tokens._mac
    monkeypatch.setattr(
        tokens,
        "_mac",
        lambda key, binding, body: sealing(key, tokens.Binding("", binding.question), body),
    )
    assert "published to UNODC: ministry" in await accepted(services)
