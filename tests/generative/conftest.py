"""One engine for all drawn worlds."""

from collections.abc import Iterator

import pytest

from gtms.stack.lifecycle import EmbeddedStack
from tests.support.engine import Engine


@pytest.fixture(scope="module")
def engine(stack: EmbeddedStack) -> Iterator[Engine]:
    taking = Engine(stack.settings.clickhouse)
    taking.forget_everything()
    yield taking
    taking.forget_everything()
    taking.close()
