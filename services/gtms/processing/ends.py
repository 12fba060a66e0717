"""Tells ClickHouse every few seconds how far partitions are written, for who watches the pipeline.

Only what Kafka said with the events that the loader fetched, so that it costs no call of its own.
When nothing is told any more, the processor is not reading.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from mode import Service

from gtms.config import Settings
from gtms.events.failures import Unavailable
from gtms.warehouse.client import Connection
from gtms.warehouse.writer import Partition

EVERY_S = 10.0


class Ends(Service):
    """A service of the Faust app; `ends` gives the next offset to be written of each partition."""

    def __init__(self, settings: Settings, ends: Callable[[], Mapping[Partition, int]]) -> None:
        super().__init__()
        self._ends = ends
        self._connection = Connection(settings.clickhouse)
        # One thread, because the connection belongs to one.
        self._thread = ThreadPoolExecutor(1, "ends")

    @Service.timer(EVERY_S)
    async def _tell(self) -> None:
        if ends := self._ends():
            await asyncio.get_running_loop().run_in_executor(self._thread, self._note, ends)

    async def on_stop(self) -> None:
        """Let go of the connection."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._connection.close()

    def _note(self, ends: Mapping[Partition, int]) -> None:
        rows: dict[str, Sequence[object]] = {
            "topic": [one.topic for one in ends],
            "partition": [one.number for one in ends],
            "next_offset": list(ends.values()),
        }
        try:
            self._connection.insert("ops.ends", rows)
        except Unavailable:
            return  # the loader waits for ClickHouse and says so; it is told next time
