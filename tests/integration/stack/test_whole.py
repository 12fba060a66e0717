"""The whole stack: every service and the processor."""

import pytest

from gtms.stack.lifecycle import STARTS_ALLOWED, EmbeddedStack
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


def test_accidents_of_the_past_are_not_held_against_a_part(running: EmbeddedStack) -> None:
    for _ in range(STARTS_ALLOWED + 1):
        before = running.pid("facilities")
        running.kill("facilities")
        running.wait_restarted("facilities", before)
        running.wait_healthy(["facilities"])


def test_a_stopped_part_stays_stopped_until_it_is_started(running: EmbeddedStack) -> None:
    running.stop("outcomes")
    assert running.pid("outcomes") is None
    assert running.complete() == ("outcomes",)
    running.wait_healthy(["outcomes"])
