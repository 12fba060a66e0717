"""Connections to ClickHouse, and which of its errors mean "wait" rather than "bug".

clickhouse-driver clients are not thread-safe and a half-read answer poisons their socket: a
:class:`Connection` belongs to one thread and drops its socket on every error.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import cast

from clickhouse_driver import Client
from clickhouse_driver import errors as driver

from gtms.config import ClickHouse
from gtms.events.failures import Unavailable

#: ClickHouse error codes after which the same statement may succeed later without a change of
#: ours: the operator, or time, repairs them. Every other code is a bug and crashes the process.
WAIT_CODES: Mapping[int, str] = {
    74: "cannot read from its disk",
    75: "cannot write to its disk",
    76: "cannot open a file",
    159: "a statement took too long",
    160: "a statement is too slow",
    164: "the account may only read",
    192: "unknown account",
    193: "wrong password",
    194: "a password is required",
    195: "this address may not connect",
    201: "quota exceeded",
    202: "too many queries at once",
    203: "no free connection",
    209: "a socket timed out",
    210: "network error",
    225: "Keeper is away",
    236: "aborted",
    241: "out of memory",
    242: "a table is read-only",
    243: "disk full",
    244: "Keeper failed",
    252: "too many parts",
    279: "no replica answers",
    285: "too few live replicas",
    286: "quorum not reached",
    319: "unknown status of an insert",
    394: "the query was cancelled",
    425: "the operating system refused",
    439: "no free thread",
    473: "deadlock avoided",
    497: "access denied",
    516: "authentication failed",
    745: "server overloaded",
    999: "Keeper failed",
}

# What the driver would log, we raise; its tracebacks would stand in front of our one clear line.
logging.getLogger("clickhouse_driver").setLevel(logging.CRITICAL)

_NETWORK = (driver.NetworkError, driver.SocketTimeoutError, EOFError, OSError)


class Connection:
    """One thread's connection. Connects on first use and again after any error.

    Every method blocks for at most ``query_timeout_s`` between two packets of the server and
    raises :class:`Unavailable` when waiting may help.
    """

    def __init__(self, server: ClickHouse) -> None:
        self._server = server
        self._client: Client | None = None

    def execute(
        self,
        statement: str,
        parameters: Mapping[str, object] | None = None,
        *,
        settings: Mapping[str, object] | None = None,
        query_id: str | None = None,
    ) -> list[tuple[object, ...]]:
        """The rows of a query, or an empty list for a statement without rows."""
        with self._speaking() as client:
            rows = client.execute(
                statement, parameters, settings=dict(settings or {}), query_id=query_id
            )
        return rows if isinstance(rows, list) else []

    def rows(
        self, statement: str, *, query_id: str | None = None
    ) -> Generator[tuple[object, ...], None, None]:
        """The rows as they arrive; dropping the iterator before the last one cancels the query."""
        with self._speaking() as client:
            yield from client.execute_iter(statement, query_id=query_id)

    def insert(
        self,
        table: str,
        columns: Mapping[str, Sequence[object]],
        *,
        settings: Mapping[str, object] | None = None,
    ) -> None:
        """Store columns of equal length; columns that are not named get their defaults."""
        names = ", ".join(f"`{name}`" for name in columns)
        self.insert_by(f"INSERT INTO {table} ({names}) VALUES", columns, settings=settings)

    def insert_by(
        self,
        statement: str,
        columns: Mapping[str, Sequence[object]],
        *,
        settings: Mapping[str, object] | None = None,
    ) -> None:
        """As `insert`, by a statement that reads these columns with the function ``input``."""
        with self._speaking() as client:
            client.execute(
                statement,
                list(columns.values()),
                columnar=True,
                types_check=False,
                settings=dict(settings or {}),
            )

    def another(self) -> Connection:
        """Another connection to the same server, for another thread."""
        return Connection(self._server)

    def close(self) -> None:
        """Drop the socket; a statement still running on it is cancelled by the server."""
        client, self._client = self._client, None
        if client is not None:
            client.disconnect()

    @contextmanager
    def _speaking(self) -> Iterator[Client]:
        try:
            if self._client is None:
                self._client = _client(self._server)
            yield self._client
        except driver.ServerException as refusal:
            self.close()
            reason = WAIT_CODES.get(code_of(refusal))
            if reason is None:
                raise
            raise Unavailable(f"{place(self._server)}: {reason}") from refusal
        except _NETWORK as broken:
            self.close()
            raise Unavailable(f"{place(self._server)} does not answer") from broken
        except BaseException:
            self.close()
            raise


def _client(server: ClickHouse) -> Client:
    return Client(
        host=server.host,
        port=server.port,
        user=server.user,
        password=server.password(),
        connect_timeout=server.connect_timeout_s,
        send_receive_timeout=server.query_timeout_s,
        sync_request_timeout=server.query_timeout_s,  # late is not away
        client_name="gtms",
        secure=server.ca_file is not None,
        ca_certs=None if server.ca_file is None else str(server.ca_file),
    )


def code_of(refusal: driver.ServerException) -> int:
    """ClickHouse's number of the error."""
    return int(cast("int", refusal.code))


def place(server: ClickHouse) -> str:
    """How a message names the server."""
    return f"ClickHouse at {server.host}:{server.port}"
