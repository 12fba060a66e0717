"""The programs of the embedded stack, in the order in which they come up."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from gtms.config import Settings
from gtms.stack import clickhouse, health, kafka
from gtms.stack.ports import SERVICES, kafka_port

STORES = ("kafka", "clickhouse")
MIGRATE = "migrate"


@dataclass(frozen=True, slots=True)
class Program:
    """One program under the supervisor."""

    name: str
    group: str
    """Groups come up one after the other and go down in the other direction."""
    command: tuple[str, ...]
    health: health.Check
    port: int | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    once: bool = False
    """Runs to its end and is not started again."""
    stop_signal: str = "TERM"
    stop_wait_s: int = 15
    """Killed when it has not ended so long after the stop signal."""


def programs(settings: Settings) -> tuple[Program, ...]:
    """All programs, stores first."""
    return (*_stores(settings), *_services(settings), *_workers(settings))


def _stores(settings: Settings) -> tuple[Program, ...]:
    return (
        Program(
            name="kafka",
            group="stores",
            command=kafka.command(settings),
            health=health.kafka,
            port=kafka_port(settings),
        ),
        Program(
            name="clickhouse",
            group="stores",
            command=clickhouse.command(settings),
            health=health.clickhouse,
            port=settings.clickhouse.port,
            environment=clickhouse.environment(settings),
            stop_signal="KILL",  # as the library knows no gentler end; nothing acknowledged is lost
        ),
        Program(
            name=MIGRATE,
            group="migrations",
            command=_gtms("migrate"),
            health=health.nothing_to_ask,
            once=True,
        ),
    )


def _services(settings: Settings) -> tuple[Program, ...]:
    return tuple(
        Program(
            name=name,
            group="services",
            command=_gtms("serve", name),
            health=health.grpc_service(name),
            port=settings.ports.of(name),
            environment=clickhouse.account(settings, name),
        )
        for name in SERVICES
    )


def _workers(settings: Settings) -> tuple[Program, ...]:
    first = settings.ports.processor
    return tuple(
        Program(
            name="processor" if worker == 0 else f"processor-{worker + 1}",
            group="services",
            command=_gtms("process", "worker"),
            health=health.processor(worker),
            port=settings.ports.metrics("processor") + worker,
            environment={
                "GTMS_PORTS__PROCESSOR": str(first + worker),
                **clickhouse.account(settings, "processor"),
            },
        )
        for worker in range(settings.stack.workers)
    )


def _gtms(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "gtms", *words)
