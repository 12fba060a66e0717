"""What is read and released, as a process: the same server as those of ingest.

It serves whether ClickHouse is there or not: while it is away health says NOT_SERVING and
queries are answered UNAVAILABLE.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from grpc_health.v1 import health, health_pb2_grpc
from grpc_health.v1._async import HealthServicer
from grpc_reflection.v1alpha import reflection

from gtms.config import Settings
from gtms.events.failures import Unavailable
from gtms.indicators.catalogue import CATALOGUE
from gtms.ingest.access import rules_of
from gtms.ingest.gate import Gate
from gtms.ingest.listening import identity_of, listen
from gtms.ingest.quotas import Quotas
from gtms.ingest.server import audited, grpc_server, tell_health
from gtms.privacy.trail import Trail
from gtms.query.audit_servicer import AuditServicer
from gtms.query.page_key import page_key
from gtms.query.pages import Pages
from gtms.query.problems import ProblemPages
from gtms.query.published_pages import PublishedPages
from gtms.query.quality_servicer import QualityServicer
from gtms.query.servicer import IndicatorsServicer
from gtms.release.office import Office
from gtms.release.servicer import ReleasesServicer
from gtms.warehouse.reader import Reader
from treatment.audit.v1 import audit_pb2, audit_pb2_grpc
from treatment.indicators.v1 import indicators_pb2, indicators_pb2_grpc
from treatment.quality.v1 import quality_pb2, quality_pb2_grpc
from treatment.releases.v1 import releases_pb2, releases_pb2_grpc

NAME = "indicators"
SERVICES = [
    indicators_pb2.DESCRIPTOR.services_by_name["IndicatorsService"].full_name,
    quality_pb2.DESCRIPTOR.services_by_name["QualityService"].full_name,
    releases_pb2.DESCRIPTOR.services_by_name["ReleasesService"].full_name,
    audit_pb2.DESCRIPTOR.services_by_name["AuditService"].full_name,
]
PING_EVERY_S = 2.0


@asynccontextmanager
async def running(settings: Settings, *, shared_port: bool = False) -> AsyncIterator[int]:
    """Serve inside the `async with` block; gives the port.

    With `shared_port` other processes may serve on the same port (SO_REUSEPORT).

    Raises:
        Trouble: the port is taken, the address is not one to serve this identity on, a method
            does not say who may call it, the key of page tokens cannot be read, or the audit
            cannot be written.
    """
    async with audited(settings, NAME) as trail, _serving(settings, shared_port, trail) as port:
        yield port


@asynccontextmanager
async def _serving(settings: Settings, shared_port: bool, trail: Trail) -> AsyncIterator[int]:
    who = identity_of(settings)
    key = page_key(_key_file(settings))
    reader = Reader(settings.clickhouse, settings.query.threads, settings.query.longest_s)
    pages = Pages(reader, CATALOGUE, key, now=_now)
    published = PublishedPages(reader, CATALOGUE, key, now=_now)
    problems = ProblemPages(reader, key, now=_now)
    office = Office(settings.clickhouse, lambda: settings.processing.as_of or _now().date())
    quotas = Quotas.of(settings.quota)
    gate = Gate(who, rules_of(SERVICES), settings.ingest.concurrency, quotas, trail)
    server = grpc_server(settings, gate, shared_port=shared_port)
    checks = HealthServicer()
    health_pb2_grpc.add_HealthServicer_to_server(checks, server)
    indicators_pb2_grpc.add_IndicatorsServiceServicer_to_server(
        IndicatorsServicer(pages, published), server
    )
    quality_pb2_grpc.add_QualityServiceServicer_to_server(QualityServicer(problems), server)
    releases_pb2_grpc.add_ReleasesServiceServicer_to_server(ReleasesServicer(office), server)
    audit_pb2_grpc.add_AuditServiceServicer_to_server(AuditServicer(settings.clickhouse), server)
    reflection.enable_server_reflection(
        (*SERVICES, health.SERVICE_NAME, reflection.SERVICE_NAME), server
    )
    port = listen(server, settings, settings.ports.of(NAME), certificates_only=False)
    await server.start()
    warehouse = _Warehouse(reader)
    watching = (
        asyncio.create_task(warehouse.watch()),
        asyncio.create_task(office.watch(settings.query.release_check_s)),
        asyncio.create_task(tell_health(checks, SERVICES, lambda: warehouse.answers)),
    )
    try:
        yield port
    finally:
        for task in watching:
            task.cancel()
        await checks.enter_graceful_shutdown()
        await server.stop(settings.ingest.drain_s)
        await asyncio.to_thread(reader.close)
        await asyncio.to_thread(office.close)


def _now() -> datetime:
    return datetime.now(UTC)


class _Warehouse:
    """Whether ClickHouse answered when it was last asked."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.answers = False

    async def watch(self) -> None:
        """Ask again and again."""
        while True:
            try:
                await self._reader.ping()
                self.answers = True
            except Unavailable:
                self.answers = False
            await asyncio.sleep(PING_EVERY_S if self.answers else PING_EVERY_S / 10)


def _key_file(settings: Settings) -> Path:
    return settings.query.page_key_file or settings.stack.state / "secrets" / "page-token.key"
