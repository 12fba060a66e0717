"""P21: from another machine every port is closed, those of metrics and of Faust among them."""

import socket
from collections.abc import Iterable

import psutil
import pytest

from gtms.ingest.identity import is_loopback
from gtms.stack.lifecycle import EmbeddedStack

FAUST_WEB = 6066


def listening(processes: Iterable[psutil.Process]) -> set[tuple[str, int]]:
    """Address and port of every listening socket of these processes."""
    return {
        (each.laddr.ip, each.laddr.port)
        for process in processes
        for each in process.net_connections("inet")
        if each.status == psutil.CONN_LISTEN
    }


def open_to_others(found: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those that another machine, or another container, could reach."""
    return {(host, port) for host, port in found if not _is_local(host)}


def _is_local(host: str) -> bool:
    return is_loopback(host.removeprefix("::ffff:"))


@pytest.mark.slow
def test_everything_the_stack_opens_is_for_this_machine_alone(running: EmbeddedStack) -> None:
    supervisor = psutil.Process(running.supervisor.pid())
    processes = supervisor.children(recursive=True)
    found = listening(processes)
    ports = {port for _, port in found}
    known = running.settings.ports
    assert {known.facilities, known.indicators, known.metrics("processor")} <= ports
    assert open_to_others(found) == set()
    assert FAUST_WEB not in ports


def test_a_port_open_to_others_would_be_found() -> None:
    with socket.create_server(("0.0.0.0", 0)) as everywhere, socket.create_server(("127.0.0.1", 0)):
        found = listening([psutil.Process()])
        assert open_to_others(found) >= {("0.0.0.0", everywhere.getsockname()[1])}
        assert ("127.0.0.1",) not in {(host,) for host, _ in open_to_others(found)}
