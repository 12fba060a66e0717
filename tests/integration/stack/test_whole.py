"""The whole stack: every service and the processor."""

import pytest

from gtms.stack.lifecycle import EmbeddedStack
from gtms.stack.ports import SERVICES


def test_every_part_is_healthy(running: EmbeddedStack) -> None:
    healths = {one.name: one.health for one in running.status()}
    assert healths.pop("migrate") == "done"
    assert set(healths) == {"kafka", "clickhouse", "processor", *SERVICES}
    assert set(healths.values()) == {"healthy"}


@pytest.mark.parametrize("name", [*SERVICES, "processor"])
def test_a_killed_part_comes_back_and_is_healthy(running: EmbeddedStack, name: str) -> None:
    before = running.pid(name)
    running.kill(name)
    running.wait_restarted(name, before)
    running.wait_healthy([name])


def test_a_stopped_part_stays_stopped_until_it_is_started(running: EmbeddedStack) -> None:
    running.stop("outcomes")
    assert running.pid("outcomes") is None
    assert running.complete() == ("outcomes",)
    running.wait_healthy(["outcomes"])
