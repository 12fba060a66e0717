"""The two stores of the embedded stack do what the rest of GTMS takes for granted."""

import signal

from gtms.stack.lifecycle import EmbeddedStack


def test_both_stores_are_healthy(stack: EmbeddedStack) -> None:
    healths = {one.name: one.health for one in stack.status()}
    assert (healths["kafka"], healths["clickhouse"]) == ("healthy", "healthy")


def test_a_killed_clickhouse_comes_back(stack: EmbeddedStack) -> None:
    before = stack.pid("clickhouse")
    stack.kill("clickhouse", signal.SIGKILL)
    stack.wait_restarted("clickhouse", before)
    stack.wait_healthy(["clickhouse"])
    assert stack.pid("clickhouse") != before
