"""A ClickHouse of one's own database state, and a connection to it."""

from collections.abc import Iterator

import pytest

from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse.client import Connection
from gtms.warehouse.writer import Writer


@pytest.fixture
def connection(stack: EmbeddedStack) -> Iterator[Connection]:
    made = Connection(stack.settings.clickhouse)
    yield made
    made.close()


@pytest.fixture
def writer(stack: EmbeddedStack) -> Iterator[Writer]:
    made = Writer(stack.settings.clickhouse)
    yield made
    made.close()
