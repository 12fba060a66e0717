"""One ingest process: a gRPC server with its servicers, health, reflection and metrics.

It serves, Kafka or not: while Kafka is away health says NOT_SERVING and what would be published is
answered UNAVAILABLE. On SIGTERM health says NOT_SERVING, open calls get a few seconds to finish,
streams end after the chunks they have begun, and the process is gone within 15 seconds.
"""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import grpc
import structlog
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_health.v1._async import HealthServicer
from grpc_reflection.v1alpha import reflection

from gtms.config import Settings
from gtms.events.publisher import Publisher
from gtms.ingest.access import rules_of
from gtms.ingest.admissions import AdmissionsServicer
from gtms.ingest.algorithms import registered_in
from gtms.ingest.calls import Calls, Limits
from gtms.ingest.estimates import EstimatesServicer
from gtms.ingest.facilities import FacilitiesServicer
from gtms.ingest.gate import Gate
from gtms.ingest.listening import identity_of, listen
from gtms.ingest.outcomes import OutcomesServicer
from gtms.ingest.profiles import ProfilesServicer
from gtms.ingest.quotas import Quotas
from gtms.ingest.stored import Stored
from gtms.ingest.submission import Submission
from gtms.ingest.trainings import TrainingsServicer
from gtms.privacy.shipping import kept
from gtms.privacy.trail import Trail
from treatment.admissions.v1 import admissions_service_pb2, admissions_service_pb2_grpc
from treatment.estimates.v1 import estimates_service_pb2, estimates_service_pb2_grpc
from treatment.facilities.v1 import facilities_service_pb2, facilities_service_pb2_grpc
from treatment.outcomes.v1 import outcomes_service_pb2, outcomes_service_pb2_grpc
from treatment.profiles.v1 import profiles_service_pb2, profiles_service_pb2_grpc
from treatment.trainings.v1 import trainings_service_pb2, trainings_service_pb2_grpc

HEALTH_EVERY_S = 0.25

log = structlog.get_logger(__name__)

_SERVING = health_pb2.HealthCheckResponse.SERVING
_NOT_SERVING = health_pb2.HealthCheckResponse.NOT_SERVING


@dataclass(frozen=True, slots=True)
class Service:
    """A gRPC service and how its servicer is put into a server."""

    full_name: str
    add: Callable[[Calls, grpc.aio.Server], None]


SERVICES: Mapping[str, tuple[Service, ...]] = {
    "facilities": (
        Service(
            facilities_service_pb2.DESCRIPTOR.services_by_name["FacilitiesService"].full_name,
            lambda calls, to: facilities_service_pb2_grpc.add_FacilitiesServiceServicer_to_server(
                FacilitiesServicer(calls), to
            ),
        ),
    ),
    "admissions": (
        Service(
            admissions_service_pb2.DESCRIPTOR.services_by_name["AdmissionsService"].full_name,
            lambda calls, to: admissions_service_pb2_grpc.add_AdmissionsServiceServicer_to_server(
                AdmissionsServicer(calls), to
            ),
        ),
    ),
    "outcomes": (
        Service(
            outcomes_service_pb2.DESCRIPTOR.services_by_name["OutcomesService"].full_name,
            lambda calls, to: outcomes_service_pb2_grpc.add_OutcomesServiceServicer_to_server(
                OutcomesServicer(calls), to
            ),
        ),
    ),
    "trainings": (
        Service(
            trainings_service_pb2.DESCRIPTOR.services_by_name["TrainingsService"].full_name,
            lambda calls, to: trainings_service_pb2_grpc.add_TrainingsServiceServicer_to_server(
                TrainingsServicer(calls), to
            ),
        ),
        Service(
            estimates_service_pb2.DESCRIPTOR.services_by_name["EstimatesService"].full_name,
            lambda calls, to: estimates_service_pb2_grpc.add_EstimatesServiceServicer_to_server(
                EstimatesServicer(calls), to
            ),
        ),
        Service(
            profiles_service_pb2.DESCRIPTOR.services_by_name["ProfilesService"].full_name,
            lambda calls, to: profiles_service_pb2_grpc.add_ProfilesServiceServicer_to_server(
                ProfilesServicer(calls), to
            ),
        ),
    ),
}
"""The gRPC services of each process that takes records in, by the name it is started with."""


async def serve(name: str, settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        Trouble: the port is taken, the address or the files are not ones to serve this identity
            with, or a method does not say who may call it.
    """
    async with running(name, settings) as port:
        await until_stopped(name, port)


async def until_stopped(name: str, port: int) -> None:
    """Return on SIGTERM or SIGINT."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    log.info("serving", service=name, port=port)
    await stop.wait()
    log.info("closing", service=name)


@asynccontextmanager
async def running(
    name: str, settings: Settings, *, shared_port: bool = False
) -> AsyncIterator[int]:
    """Serve inside the `async with` block; gives the port.

    With `shared_port` other processes may serve on the same port (SO_REUSEPORT).
    """
    ingest = settings.ingest
    who = identity_of(settings)
    names = [service.full_name for service in SERVICES[name]]
    rules = rules_of(names)
    registered = registered_in(ingest.algorithms_file)
    stored = Stored(settings.clickhouse)
    async with (
        audited(settings, name) as trail,
        Publisher(settings.kafka, ingest.publish_timeout_s) as publisher,
    ):
        quotas = Quotas.of(settings.quota)
        gate = Gate(who, rules, ingest.concurrency, quotas, trail)
        calls = Calls(
            Submission(publisher, lambda: datetime.now(UTC), quotas.pace, registered),
            stored,
            Limits.of(ingest),
            quotas.records,
        )
        server = grpc_server(settings, gate, shared_port=shared_port)
        checks = HealthServicer()
        health_pb2_grpc.add_HealthServicer_to_server(checks, server)
        for service in SERVICES[name]:
            service.add(calls, server)
        reflection.enable_server_reflection(
            (*names, health.SERVICE_NAME, reflection.SERVICE_NAME), server
        )
        port = listen(server, settings, settings.ports.of(name), certificates_only=True)
        await server.start()
        watching = asyncio.create_task(tell_health(checks, names, lambda: publisher.ready))
        try:
            yield port
        finally:
            watching.cancel()
            await checks.enter_graceful_shutdown()
            calls.draining.set()
            await server.stop(ingest.drain_s)
    stored.close()


@asynccontextmanager
async def audited(settings: Settings, name: str) -> AsyncIterator[Trail]:
    """The audit of a process; raises Trouble when it cannot be written."""
    keeping = kept(settings, name)
    trail = keeping.__enter__()
    try:
        yield trail
    finally:
        await asyncio.to_thread(keeping.__exit__, None, None, None)


def grpc_server(settings: Settings, gate: Gate, *, shared_port: bool) -> grpc.aio.Server:
    """A server with our limits and keepalive, and nothing in it yet."""
    return grpc.aio.server(
        interceptors=[gate],
        options=[
            ("grpc.so_reuseport", int(shared_port)),
            ("grpc.max_receive_message_length", settings.ingest.max_message_bytes),
            ("grpc.http2.min_recv_ping_interval_without_data_ms", 10_000),
            ("grpc.keepalive_permit_without_calls", 1),
            ("grpc.keepalive_time_ms", 60_000),
            ("grpc.keepalive_timeout_ms", 20_000),
        ],
    )


async def tell_health(
    checks: HealthServicer, services: Iterable[str], is_ready: Callable[[], bool]
) -> None:
    """Keep the health of the services and of the whole process true; ends when cancelled."""
    said = None
    while True:
        status = _SERVING if is_ready() else _NOT_SERVING
        if status != said:
            for name in ("", *services):
                await checks.set(name, status)
            said = status
        await asyncio.sleep(HEALTH_EVERY_S)
