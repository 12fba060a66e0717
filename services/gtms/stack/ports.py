"""Which port each part of the embedded stack listens on, and whether it is free."""

import random
import socket
from collections.abc import Iterator
from contextlib import closing

import psutil

from gtms.config import METRICS_PORT_OFFSET, Settings
from gtms.trouble import Trouble

LOOPBACK = "127.0.0.1"
SERVICES = ("facilities", "admissions", "outcomes", "trainings", "indicators")
HIGHEST = 65535

# Distance of each port from --port-base; the services' metrics are 1000 further.
OFFSETS = {
    "kafka": 0,
    "controller": 1,
    "clickhouse": 2,
    "clickhouse_http": 3,
    "facilities": 51,
    "admissions": 52,
    "outcomes": 53,
    "trainings": 54,
    "indicators": 55,
    "processor": 56,
}


def with_port_base(settings: Settings, base: int) -> Settings:
    """The same settings with every port counted from `base`; raises Trouble if that can't be."""
    last = base + OFFSETS["processor"] + settings.stack.workers + METRICS_PORT_OFFSET
    if base < 1 or last > HIGHEST:
        raise Trouble(f"--port-base {base} does not fit: choose one from 1024 to {HIGHEST - 1100}")
    at = {name: base + offset for name, offset in OFFSETS.items()}
    return settings.model_copy(
        update={
            "kafka": settings.kafka.model_copy(update={"bootstrap": f"{LOOPBACK}:{at['kafka']}"}),
            "clickhouse": settings.clickhouse.model_copy(
                update={
                    "host": LOOPBACK,
                    "port": at["clickhouse"],
                    "http_port": at["clickhouse_http"],
                }
            ),
            "ports": settings.ports.model_copy(
                update={name: at[name] for name in (*SERVICES, "processor")}
            ),
            "stack": settings.stack.model_copy(update={"controller_port": at["controller"]}),
        }
    )


def kafka_port(settings: Settings) -> int:
    """The port of the one broker the embedded stack runs."""
    return int(settings.kafka.bootstrap.split(",")[0].rpartition(":")[2])


def all_ports(settings: Settings) -> Iterator[tuple[str, int]]:
    """Every port the stack will listen on, with the name of who wants it."""
    yield "kafka", kafka_port(settings)
    yield "kafka's controller", settings.stack.controller_port
    yield "clickhouse", settings.clickhouse.port
    yield "clickhouse (HTTP)", settings.clickhouse.http_port
    for service in SERVICES:
        yield service, settings.ports.of(service)
        yield f"the metrics of {service}", settings.ports.metrics(service)
    for worker in range(settings.stack.workers):
        yield "the processor's metrics", settings.ports.metrics("processor") + worker


def is_free(port: int) -> bool:
    """Whether this machine would let us listen there now."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def owner(port: int) -> str:
    """Who listens on a port, as far as this user may know."""
    for connection in psutil.net_connections("tcp"):
        listens = connection.status == psutil.CONN_LISTEN and connection.laddr[1:] == (port,)
        if listens and connection.pid:
            return f"{psutil.Process(connection.pid).name()} (process {connection.pid})"
    return "another program"


def require_free(settings: Settings) -> None:
    """Raise Trouble naming the first port that is taken, by whom, and the way out."""
    for name, port in all_ports(settings):
        if not is_free(port):
            raise Trouble(
                f"port {port}, wanted by {name}, is in use by {owner(port)}: "
                "stop that, or start on other ports with --port-base 20000"
            )


def free_port_base(settings: Settings) -> int:
    """A base whose ports are all free, below the range the kernel gives to outgoing connections."""
    for _ in range(200):
        base = random.SystemRandom().randrange(10_000, 31_000, 100)
        if all(is_free(port) for _, port in all_ports(with_port_base(settings, base))):
            return base
    raise Trouble("no free block of ports between 10000 and 32000: stop some servers")
