"""`gtms serve indicators` as a process of its own, asked by `gtms indicators` as another."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from gtms.stack.health import grpc_service

GTMS = (sys.executable, "-m", "gtms")


@pytest.fixture
def served(kenya, commands_find_stack) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([*GTMS, "serve", "indicators"])
    try:
        until(lambda: health(commands_find_stack) is None)
        yield process
    finally:
        process.kill()
        process.wait()


def until(holds: Callable[[], bool], patience_s: float = 60.0) -> None:
    end = time.monotonic() + patience_s
    while not holds():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.1)


def health(stack) -> str | None:
    return grpc_service("indicators")(stack.settings)


def query() -> subprocess.CompletedProcess[str]:
    words = ("indicators", "query", "A02", "-c", "KEN", "-p", "2025", "--format", "json")
    return subprocess.run([*GTMS, *words], capture_output=True, text=True, check=False)


def test_serves_and_ends_when_told(served):
    result = query()
    assert result.returncode == 0
    assert [cell["value"] for cell in json.loads(result.stdout)] == [6.0]
    served.send_signal(signal.SIGTERM)
    assert served.wait(timeout=15) == 0
    refused = query()
    assert refused.returncode == 1
    assert refused.stderr.startswith("gtms: the indicators service at ")
    assert len(refused.stderr.splitlines()) == 1


def test_health_follows_the_warehouse(served, stack):
    pid = stack.pid("clickhouse")
    stack.stop("clickhouse")
    until(lambda: health(stack) == "NOT_SERVING")
    refused = query()
    assert refused.returncode == 1
    assert "ClickHouse" in refused.stderr
    stack.start("clickhouse")
    assert stack.pid("clickhouse") != pid
    until(lambda: health(stack) is None)
    assert query().returncode == 0
