"""What is read, served without a warehouse."""

from collections.abc import AsyncIterator

import grpc
import pytest

from gtms.config import Settings
from gtms.query.server import running


@pytest.fixture
async def channel(tmp_path) -> AsyncIterator[grpc.aio.Channel]:
    base = Settings()
    settings = base.model_copy(
        update={
            "clickhouse": base.clickhouse.model_copy(update={"port": 1, "password_file": None}),
            "ports": base.ports.model_copy(update={"indicators": 0}),
            "query": base.query.model_copy(update={"page_key_file": tmp_path / "page.key"}),
        }
    )
    async with (
        running(settings) as port,
        grpc.aio.insecure_channel(f"127.0.0.1:{port}") as opened,
    ):
        yield opened
