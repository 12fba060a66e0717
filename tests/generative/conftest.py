"""One engine for all drawn worlds, which compares before it computes, however little that is."""

from collections.abc import Iterator

import pytest

from gtms.processing import comparing
from gtms.stack.lifecycle import EmbeddedStack
from tests.support.engine import Engine


@pytest.fixture(scope="module")
def engine(stack: EmbeddedStack) -> Iterator[Engine]:
    taking = Engine(stack.settings.clickhouse)
    taking.forget_everything()
    with pytest.MonkeyPatch.context() as always:
        always.setattr(comparing, "MANY", 0)
        yield taking
    taking.forget_everything()
    taking.close()
