"""What an auditor reads: the entries of its country, and nothing else."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import grpc
import pytest

from gtms.privacy.audit import NOTHING, Entry, link
from gtms.query.server import running
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse import audit
from gtms.warehouse.client import Connection
from treatment.audit.v1.audit_pb2 import ListEntriesRequest
from treatment.audit.v1.audit_pb2_grpc import AuditServiceStub
from treatment.indicators.v1.indicators_pb2 import QueryCellsRequest
from treatment.indicators.v1.indicators_pb2_grpc import IndicatorsServiceStub

WHO = {"KEN": "dev-KEN", "UGA": "dev-UGA", "KEN,UGA": "dev-UNODC"}


@pytest.fixture
def entries(stack: EmbeddedStack) -> Iterator[None]:
    """One about Kenya, one about Uganda, one about both."""
    connection = Connection(stack.settings.clickhouse)
    connection.execute("TRUNCATE TABLE ops.audit")
    for number, (country, who) in enumerate(WHO.items()):
        at = datetime(2026, 9, 30, 12, 0, number, tzinfo=UTC)
        said = Entry(at, who, ("ministry",), country, "QueryCells", "review", {"cells": number})
        audit.store(connection, [link(f"chain-{number}", 1, NOTHING, said)])
    yield
    connection.execute("TRUNCATE TABLE ops.audit")
    connection.close()


@pytest.fixture
async def channel(stack: EmbeddedStack, entries: None) -> AsyncIterator[grpc.aio.Channel]:
    ports = stack.settings.ports.model_copy(update={"indicators": 0})
    async with (
        running(stack.settings.model_copy(update={"ports": ports})) as port,
        grpc.aio.insecure_channel(f"127.0.0.1:{port}") as opened,
    ):
        yield opened


def token(name: str) -> tuple[tuple[str, str], ...]:
    return (("authorization", f"Bearer {name}"),)


async def test_an_auditor_reads_what_was_about_its_country(channel: grpc.aio.Channel) -> None:
    answer = await AuditServiceStub(channel).ListEntries(
        ListEntriesRequest(), metadata=token("audit-KEN")
    )
    stored = [one for one in answer.entries if one.chain.startswith("chain-")]
    assert [one.who for one in stored] == ["dev-UNODC", "dev-KEN"]
    assert (stored[1].purpose, dict(stored[1].counts)) == ("review", {"cells": 0})
    assert stored[1].previous == NOTHING


@pytest.mark.parametrize("name", ["dev-KEN", "admin-KEN", "dev-UNODC", "operate"])
async def test_nobody_else_reads_it(channel: grpc.aio.Channel, name: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await AuditServiceStub(channel).ListEntries(ListEntriesRequest(), metadata=token(name))
    assert refused.value.code() is grpc.StatusCode.PERMISSION_DENIED


async def test_an_auditor_reads_nothing_else_and_of_no_other(channel: grpc.aio.Channel) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await IndicatorsServiceStub(channel).QueryCells(
            QueryCellsRequest(indicators=["A02"]), metadata=token("audit-KEN")
        )
    assert refused.value.code() is grpc.StatusCode.PERMISSION_DENIED
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await AuditServiceStub(channel).ListEntries(
            ListEntriesRequest(country="UGA"), metadata=token("audit-KEN")
        )
    assert refused.value.code() is grpc.StatusCode.PERMISSION_DENIED
