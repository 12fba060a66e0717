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
MOST_REVISIONS = 500

# hex: the driver takes a String for text and would decode it
_CURRENT = """
SELECT hex(payload) FROM registry.{family.table} FINAL
WHERE country = %(country)s AND record_uid = %(record_uid)s
"""
_EVER = f"""
SELECT hex(payload) FROM registry.{{family.name}}_revisions FINAL
WHERE country = %(country)s AND record_uid = %(record_uid)s
ORDER BY revision DESC, content_hash DESC LIMIT {MOST_REVISIONS}
"""


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
        found = await self._within(timeout_s, _CURRENT.format(family=family), country, record_uid)
        return found[0] if found else None

    async def revisions(
        self, family: Family, country: str, record_uid: str, timeout_s: float
    ) -> list[bytes]:
        """Every accepted revision, serialized, the one that counts first; only profiles keep them.

        Raises:
            Unavailable: ClickHouse is away or did not answer in time.
        """
        return await self._within(timeout_s, _EVER.format(family=family), country, record_uid)

    def close(self) -> None:
        """Let go of the threads, without waiting for a question that is still open."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _within(
        self, timeout_s: float, statement: str, country: str, record_uid: str
    ) -> list[bytes]:
        loop = asyncio.get_running_loop()
        reading = loop.run_in_executor(self._threads, self._read, statement, country, record_uid)
        try:
            async with asyncio.timeout(timeout_s):
                return await reading
        except TimeoutError:
            raise Unavailable("ClickHouse did not answer in time") from None

    def _read(self, statement: str, country: str, record_uid: str) -> list[bytes]:
        rows = self._connection().execute(statement, {"country": country, "record_uid": record_uid})
        return [bytes.fromhex(str(payload)) for (payload,) in rows]

    def _connection(self) -> Connection:
        connection: Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = Connection(self._server)
        return connection
