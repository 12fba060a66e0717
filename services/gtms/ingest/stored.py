"""Reading back what is stored for one record: the revision that counts now."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from gtms.config import ClickHouse
from gtms.events.failures import Unavailable
from gtms.families import Family
from gtms.warehouse.client import Connection

THREADS = 4
STATEMENT_TIMEOUT_S = 5.0


class Stored:
    """The registry as national systems may ask it: one record of their own at a time.

    Each thread keeps a connection of its own. Nothing connects before the first question.
    """

    def __init__(self, clickhouse: ClickHouse) -> None:
        self._server = clickhouse.model_copy(update={"query_timeout_s": STATEMENT_TIMEOUT_S})
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="stored")
        self._own = threading.local()

    async def read(
        self, family: Family, country: str, record_uid: str, timeout_s: float
    ) -> bytes | None:
        """The serialized record message, or None when this country has no such record.

        Raises:
            Unavailable: ClickHouse is away or did not answer in time.
        """
        loop = asyncio.get_running_loop()
        reading = loop.run_in_executor(self._threads, self._read, family, country, record_uid)
        try:
            async with asyncio.timeout(timeout_s):
                return await reading
        except TimeoutError:
            raise Unavailable("ClickHouse did not answer in time") from None

    def close(self) -> None:
        """Let go of the threads, without waiting for a question that is still open."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _read(self, family: Family, country: str, record_uid: str) -> bytes | None:
        # hex: the driver takes a String for text and would decode it
        rows = self._connection().execute(
            f"SELECT hex(payload) FROM registry.{family.table} FINAL"
            " WHERE country = %(country)s AND record_uid = %(record_uid)s",
            {"country": country, "record_uid": record_uid},
        )
        return bytes.fromhex(str(rows[0][0])) if rows else None

    def _connection(self) -> Connection:
        connection: Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = Connection(self._server)
        return connection
