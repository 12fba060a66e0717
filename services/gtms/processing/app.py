"""The Faust app: the loader and the agent that keeps cells right.

Several workers share the work by partition: the loader's by the partitions of the record topics,
the agent's by those of `gtms.changes.v1`, whose key is the country, so that one worker owns a
country.
"""

import asyncio
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import TypeVar

import faust
import structlog
from faust.types import StreamT
from faust.types.auth import CredentialsT

from gtms import observability
from gtms.config import Kafka, Settings
from gtms.events.brokers import MECHANISM, brokers
from gtms.events.topics import CHANGES
from gtms.processing import cells
from gtms.processing.aggregation import Aggregation
from gtms.processing.batches import batches
from gtms.processing.days import due
from gtms.processing.ends import Ends
from gtms.processing.loader import Loader
from gtms.processing.patience import Patience
from gtms.processing.session import Session
from gtms.warehouse.client import Connection
from treatment.changes.v1.changes_pb2 import Changes

#: Most messages of changes that are worked on together.
CHANGES_AT_ONCE = 1_000

Result = TypeVar("Result")

#: How often superseded cells are removed.
PRUNE_S = 1_800.0

_log = structlog.get_logger("gtms.processing")


def as_of(settings: Settings) -> Callable[[], date]:
    """Today, in UTC, or the fixed day of the settings."""
    fixed = settings.processing.as_of
    return lambda: fixed or datetime.now(UTC).date()


def aggregation_group(settings: Settings) -> str:
    """The consumer group of the workers that keep cells right."""
    return f"{settings.processing.group}-cells"


class CellsKeeper:
    """Brings cells up to date, in one thread: a ClickHouse connection belongs to its thread."""

    def __init__(self, settings: Settings) -> None:
        self._thread = ThreadPoolExecutor(1, "aggregation")
        self._session = Session(Connection(settings.clickhouse), settings.processing.lanes)
        self._today = as_of(settings)
        self._aggregation = Aggregation(self._session, self._today)
        self._patience = Patience("aggregation")

    async def apply(self, values: Sequence[bytes]) -> None:
        """Do what messages of `gtms.changes.v1` ask for; waits while ClickHouse is away."""
        changes = [Changes.FromString(value) for value in values]
        with observability.AGGREGATION_SECONDS.time():
            written = await self._run(lambda: self._aggregation.apply(changes))
        observability.SNAPSHOTS.inc(len(written))

    async def turned(self) -> list[Changes]:
        """News of the day for every country that has not been brought up to it."""
        day = self._today()
        late = await self._run(lambda: due(self._session, day))
        return [Changes(country=country, turned_day=day.isoformat()) for country in late]

    async def prune(self) -> None:
        """Remove superseded cells that nobody reads any more."""
        await self._run(lambda: cells.prune(self._session))

    async def _run(self, work: Callable[[], Result]) -> Result:
        loop = asyncio.get_running_loop()
        return await self._patience.keep_trying(lambda: loop.run_in_executor(self._thread, work))


def create_app(settings: Settings) -> faust.App:
    """The app of one worker; run it with `faust.Worker`, stop it by signal.

    `await app.stop()` inside a task of the app hangs, which is why a bug ends the process by
    SIGTERM to itself: the supervisor starts it again, and what was not acknowledged is read again.
    """
    app = _app(settings)
    changes = app.topic(CHANGES, key_type=bytes, value_type=bytes)
    keeper = CellsKeeper(settings)

    async def keep_cells_right(stream: StreamT[bytes]) -> None:
        within = settings.processing.within_s
        try:
            async for values in batches(stream, most=CHANGES_AT_ONCE, within=within):
                await keeper.apply(values)
        except Exception:
            _log.exception("aggregation crashed")
            os.kill(os.getpid(), signal.SIGTERM)
            raise

    async def turn_of_the_day() -> None:
        for news in await keeper.turned():
            await changes.send(key=news.country.encode(), value=news.SerializeToString())

    loader = Loader.of(settings)
    for service in (loader, Ends(settings, loader.ends)):
        app.service(service)  # type: ignore[arg-type]  # takes instances as well
    app.agent(changes)(keep_cells_right)
    app.timer(interval=settings.processing.stale_check_s)(turn_of_the_day)
    app.timer(interval=PRUNE_S)(keeper.prune)
    return app


def _credentials(kafka: Kafka) -> CredentialsT | None:
    """How Faust speaks to the brokers; raises Trouble when it cannot as the settings say."""
    reached = brokers(kafka)
    if (context := reached.get("ssl_context")) is None:
        return None
    if not kafka.user:
        return faust.SSLCredentials(context=context)
    password = reached["sasl_plain_password"]
    return faust.SASLCredentials(
        username=kafka.user, password=password, ssl_context=context, mechanism=MECHANISM
    )


def _app(settings: Settings) -> faust.App:
    """Kafka as Faust sees it: topics exist already, no tables, no leader, no web server."""
    return faust.App(
        aggregation_group(settings),
        broker=f"kafka://{settings.kafka.bootstrap.replace(',', ';')}",
        broker_credentials=_credentials(settings.kafka),
        value_serializer="raw",
        key_serializer="raw",
        web_enabled=False,
        topic_allow_declare=False,
        topic_disable_leader=True,
        reply_create_topic=False,
        consumer_auto_offset_reset="earliest",
        broker_session_timeout=settings.processing.session_timeout_s,
        broker_heartbeat_interval=settings.processing.heartbeat_s,
        broker_commit_interval=0.5,
        stream_wait_empty=False,
        store="memory://",
        datadir=settings.stack.state / "faust",
    )
