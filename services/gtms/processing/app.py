"""The Faust app: the loader and the agent that keeps cells right.

Several workers share the work by partition: the loader's by the partitions of the record topics, the
agent's by those of `gtms.changes.v1`, whose key is the country, so that one worker owns a country.
"""

import asyncio
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import TypeVar

import faust
import structlog
from faust.types import StreamT

from gtms import observability
from gtms.config import Settings
from gtms.events.topics import CHANGES
from gtms.processing.aggregation import Aggregation
from gtms.processing.batches import batches
from gtms.processing.days import due
from gtms.processing.loader import Loader
from gtms.processing.patience import Patience
from gtms.processing.session import Session
from gtms.warehouse.client import Connection
from treatment.changes.v1.changes_pb2 import Changes

#: Most messages of changes that are worked on together.
CHANGES_AT_ONCE = 1_000

Result = TypeVar("Result")

_log = structlog.get_logger("gtms.processing")


def as_of(settings: Settings) -> Callable[[], date]:
    """Today, in UTC, or the fixed day of the settings."""
    fixed = settings.processing.as_of
    return lambda: fixed or datetime.now(UTC).date()


def aggregation_group(settings: Settings) -> str:
    """The consumer group of the workers that keep cells right."""
    return f"{settings.processing.group}-cells"


def create_app(settings: Settings) -> faust.App:
    """The app of one worker; run it with `faust.Worker`, stop it by signal.

    `await app.stop()` inside a task of the app hangs, which is why a bug ends the process by SIGTERM
    to itself: the supervisor starts it again, and what was not acknowledged is read again.
    """
    app = faust.App(
        aggregation_group(settings),
        broker=f"kafka://{settings.kafka.bootstrap.replace(',', ';')}",
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
    app.service(Loader.of(settings))
    changes = app.topic(CHANGES, key_type=bytes, value_type=bytes)
    # One thread: a ClickHouse connection belongs to the thread that made it.
    thread = ThreadPoolExecutor(1, "aggregation")
    today = as_of(settings)
    session = Session(Connection(settings.clickhouse))
    aggregation = Aggregation(session, today)
    patience = Patience("aggregation")

    async def run(work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(thread, work)

    @app.agent(changes)
    async def keep_cells_right(stream: StreamT[bytes]) -> None:
        """Changes in, current snapshots out."""
        try:
            async for values in batches(
                stream, most=CHANGES_AT_ONCE, within=settings.processing.within_s
            ):
                parsed = [Changes.FromString(value) for value in values]
                with observability.AGGREGATION_SECONDS.time():
                    written = await patience.keep_trying(
                        lambda: run(lambda: aggregation.apply(parsed))
                    )
                observability.SNAPSHOTS.inc(len(written))
        except Exception:
            _log.exception("aggregation crashed")
            os.kill(os.getpid(), signal.SIGTERM)
            raise

    @app.timer(interval=settings.processing.stale_check_s)
    async def turn_of_the_day() -> None:
        """Tell the owners of the countries that a new day has begun."""
        day = today()
        late = await patience.keep_trying(lambda: run(lambda: due(session, day)))
        for country in late:
            message = Changes(country=country, turned_day=day.isoformat())
            await changes.send(key=country.encode(), value=message.SerializeToString())

    return app
