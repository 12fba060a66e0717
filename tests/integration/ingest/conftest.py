"""Ingest services of this test process on the shared stores, and as processes of their own."""

import os
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import grpc
import psutil
import pytest
from grpc_health.v1 import health_pb2, health_pb2_grpc

from gtms.config import ClickHouse, Settings
from gtms.ingest.server import running as serving
from gtms.stack.lifecycle import EmbeddedStack
from gtms.stack.ports import free_port_base, with_port_base
from tests.support.command import clean_environment, gtms_words

SERVING = health_pb2.HealthCheckResponse.SERVING
Serve = Callable[..., AbstractAsyncContextManager[str]]


def on_free_ports(settings: Settings) -> Settings:
    """The same stores, with services on ports that nothing else uses."""
    moved = with_port_base(settings, free_port_base(settings))
    return settings.model_copy(update={"ports": moved.ports})


def is_serving(target: str) -> bool:
    """Health says SERVING."""
    with grpc.insecure_channel(target) as channel:
        try:
            asked = health_pb2_grpc.HealthStub(channel).Check(
                health_pb2.HealthCheckRequest(), timeout=2
            )
        except grpc.RpcError:
            return False
    return bool(asked.status == SERVING)


def until(true: Callable[[], bool], patience_s: float = 60.0) -> None:
    """Return when it is true."""
    end = time.monotonic() + patience_s
    while not true():
        assert time.monotonic() < end, f"not so within {patience_s} s"
        time.sleep(0.1)


@dataclass(slots=True)
class Process:
    """`gtms serve` as a process."""

    target: str
    started: subprocess.Popen[bytes]

    def memory_bytes(self) -> int:
        """Resident memory of it and its children."""
        family = psutil.Process(self.started.pid)
        return sum(p.memory_info().rss for p in (family, *family.children(recursive=True)))

    def close(self, signal_number: int) -> float:
        """Send the signal; seconds until it was gone, which must be with code 0."""
        began = time.monotonic()
        self.started.send_signal(signal_number)
        assert self.started.wait(30) == 0
        return time.monotonic() - began


@pytest.fixture
def serve(stack: EmbeddedStack) -> Serve:
    """Serve in this process: `async with serve("admissions", drain_s=1) as target`."""

    @asynccontextmanager
    async def start(
        service: str, clickhouse: ClickHouse | None = None, **ingest: object
    ) -> AsyncIterator[str]:
        settings = stack.settings.model_copy(
            update={
                "clickhouse": clickhouse or stack.settings.clickhouse,
                "ports": stack.settings.ports.model_copy(update={service: 0}),
                "ingest": stack.settings.ingest.model_copy(update={"drain_s": 1.0, **ingest}),
            }
        )
        async with serving(service, settings) as port:
            target = f"127.0.0.1:{port}"
            async with grpc.aio.insecure_channel(target) as channel:
                asked = health_pb2_grpc.HealthStub(channel).Watch(health_pb2.HealthCheckRequest())
                async for answer in asked:
                    if answer.status == SERVING:
                        break
            yield target

    return start


@pytest.fixture
def serve_apart() -> Iterator[Callable[..., Process]]:
    """Serve as a process: `serve_apart(settings, "admissions", "--processes", "2")`."""
    started: list[subprocess.Popen[bytes]] = []

    def start(settings: Settings, service: str, *words: str, **changes: str) -> Process:
        environment = clean_environment(
            {
                "GTMS_STACK__STATE": str(settings.stack.state),
                f"GTMS_PORTS__{service.upper()}": str(settings.ports.of(service)),
                **changes,
            }
        )
        process = subprocess.Popen(gtms_words("serve", service, *words), env=environment)
        started.append(process)
        target = f"127.0.0.1:{settings.ports.of(service)}"
        until(lambda: is_serving(target))
        return Process(target, process)

    yield start
    for process in started:
        if process.poll() is None:
            for child in psutil.Process(process.pid).children(recursive=True):
                os.kill(child.pid, 9)
            process.kill()
            process.wait()
