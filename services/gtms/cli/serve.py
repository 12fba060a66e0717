"""`gtms serve`: one gRPC service as a process, or as several on one port.

Trainings and estimates are two small services in one process.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from enum import StrEnum
from typing import Annotated

import typer
import uvloop

from gtms.config import Settings, settings
from gtms.trouble import Trouble

app = typer.Typer(help="One gRPC service: taking records in, or giving indicators out.")

Running = Callable[[Settings, bool], AbstractAsyncContextManager[int]]


class ServiceName(StrEnum):
    """The services that can be started."""

    FACILITIES = "facilities"
    ADMISSIONS = "admissions"
    OUTCOMES = "outcomes"
    TRAININGS = "trainings"
    INDICATORS = "indicators"


@app.command()
def serve(
    service: Annotated[ServiceName, typer.Argument(help="Which one.")],
    processes: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Processes that share the port.",
            show_default="GTMS_INGEST__PROCESSES, or 1",
        ),
    ] = None,
    shared_port: Annotated[
        bool, typer.Option("--shared-port", hidden=True, help="One of several processes.")
    ] = False,
) -> None:
    """Serve until SIGTERM or Ctrl-C, which lets open calls finish for a few seconds.

    The port is that of the settings, `GTMS_PORTS__ADMISSIONS` for example; metrics are on the
    port + 1000, for this machine only.

    **Examples**

    `gtms serve admissions`

    `gtms serve admissions --processes 4`
    """
    from gtms.observability import configure_logging  # reads the folder of `_several` when loaded

    chosen = settings()
    configure_logging(chosen.log.level, chosen.log.format)
    many = processes or chosen.ingest.processes
    if many > 1 and not shared_port:
        raise typer.Exit(_several(service, chosen, many))
    if not shared_port:
        _show_metrics(service, chosen)
    uvloop.run(_one(service, chosen, shared_port=shared_port))


async def _one(service: ServiceName, chosen: Settings, *, shared_port: bool) -> None:
    from gtms.ingest.server import until_stopped

    async with _running(service)(chosen, shared_port) as port:
        await until_stopped(service.value, port)


def _running(service: ServiceName) -> Running:
    """What serves inside a `with` block; loads only what this service needs."""
    if service is ServiceName.INDICATORS:
        from gtms.query.server import running as indicators

        return lambda chosen, shared: indicators(chosen, shared_port=shared)
    from gtms.ingest.server import running

    return lambda chosen, shared: running(service.value, chosen, shared_port=shared)


def _show_metrics(service: ServiceName, chosen: Settings) -> None:
    from gtms.observability import serve_metrics

    port = chosen.ports.metrics(service.value)
    try:
        serve_metrics(port)
    except OSError:
        raise Trouble(
            f"port {port}, for the metrics of {service.value}, is in use: stop what uses it,"
            " or choose another port for the service"
        ) from None


def _several(service: ServiceName, chosen: Settings, many: int) -> int:
    """Run processes that share the port until one ends or we are told to stop; our exit code.

    When one dies the others are stopped too: whoever supervises us then starts all of them again.
    """
    _check_free(chosen.ingest.host, chosen.ports.of(service.value))
    with tempfile.TemporaryDirectory(prefix="gtms-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        command = [sys.executable, "-m", "gtms", "serve", service.value, "--shared-port"]
        told = _on_signals()
        running = [subprocess.Popen(command) for _ in range(many)]
        _show_shared_metrics(chosen.ports.metrics(service.value))
        while not told and all(process.poll() is None for process in running):
            time.sleep(0.2)
        for process in running:
            process.terminate()
        codes = [process.wait() for process in running]
    return 0 if told else next((abs(code) for code in codes if code), 1)


def _on_signals() -> list[int]:
    """A list to which SIGTERM and SIGINT add themselves."""
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda received, _: told.append(received))
    return told


def _show_shared_metrics(port: int) -> None:
    from prometheus_client import CollectorRegistry, start_http_server
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    start_http_server(port, addr="127.0.0.1", registry=registry)


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError:
            raise Trouble(
                f"port {port} on {host} is in use: stop what uses it, or choose another port"
            ) from None
