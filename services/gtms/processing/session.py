"""A connection to ClickHouse with temporary tables, which live as long as the connection does."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeAlias

from clickhouse_driver.errors import ErrorCodes, ServerException

from gtms.events.failures import Unavailable
from gtms.warehouse.client import Connection

_SETTINGS = {
    # First days of months outside 1970–2149, and dates from day numbers, stay Date32.
    "enable_extended_results_for_datetime_functions": 1,
    # A first load may group more than there is memory for; it is then slower, not refused.
    "max_bytes_before_external_group_by": 1 << 30,
    "max_bytes_before_external_sort": 1 << 30,
    # Every statement is planned anew with new names: compiling it costs more than it saves.
    "compile_expressions": 0,
    "compile_aggregate_expressions": 0,
}

_Columns: TypeAlias = dict[str, dict[str, str]]


class Session:
    """Statements that share temporary tables.

    One thread at a time. The driver connects again by itself when the server was restarted between
    two statements; the temporary tables are gone then, which is told as `Unavailable`, so that the
    whole piece of work begins again.

    Args:
        connection: that no other session has.
        lanes: how many there are, itself among them.
        columns: of the SELECTs that `keep` has asked for before; more are added.
    """

    def __init__(
        self, connection: Connection, lanes: int = 1, columns: _Columns | None = None
    ) -> None:
        self._connection = connection
        self._columns: _Columns = {} if columns is None else columns
        self._beside = lanes - 1
        self._others: tuple[Session, ...] = ()

    @property
    def lanes(self) -> tuple[Session, ...]:
        """Itself and those beside it, each with a connection of its own, for work on many cores.

        ClickHouse plans a statement on one core, which for a small country is most of the work.
        """
        if not self._others:
            self._others = tuple(
                Session(self._connection.another(), 1, self._columns) for _ in range(self._beside)
            )
        return (self, *self._others)

    def version(self) -> int:
        """Nanoseconds of the server's clock: versions are taken by ClickHouse, before it reads."""
        return int(str(self.query("SELECT toUnixTimestamp64Nano(now64(9))")[0][0]))

    def query(self, statement: str) -> list[tuple[object, ...]]:
        """The rows of a SELECT."""
        try:
            return self._connection.execute(statement, settings=_SETTINGS)
        except ServerException as refusal:
            if refusal.code == ErrorCodes.UNKNOWN_TABLE:
                raise Unavailable(
                    "ClickHouse was restarted in the middle of a rebuild"
                ) from refusal
            raise

    def execute(self, statement: str) -> None:
        """A statement without rows."""
        self.query(statement)

    def fill(self, table: str, structure: str, columns: Mapping[str, Sequence[object]]) -> None:
        """Make a temporary table of columns of equal length, in place of one of that name."""
        self.execute(f"CREATE OR REPLACE TEMPORARY TABLE {table} ({structure}) ENGINE = Memory")
        if any(columns.values()):
            self._connection.insert(table, columns)

    def keep(self, table: str, select: str, among: Container[str] | None = None) -> None:
        """Make a temporary table of the rows of a SELECT, in place of one of that name.

        Of its columns it has those `among` the given.
        ClickHouse is asked for the columns of a SELECT once: it plans `CREATE … AS SELECT` twice.
        """
        if select not in self._columns:
            found = self.query(f"DESCRIBE TABLE ({select})")
            self._columns[select] = {str(name): str(of) for name, of, *_ in found}
        columns = {
            f"`{name}`": of
            for name, of in self._columns[select].items()
            if among is None or name in among
        }
        structure = ", ".join(f"{name} {of}" for name, of in columns.items())
        self.execute(f"CREATE OR REPLACE TEMPORARY TABLE {table} ({structure}) ENGINE = Memory")
        self.execute(f"INSERT INTO {table} SELECT {', '.join(columns)} FROM ({select})")

    @contextmanager
    def tables(self, *names: str) -> Iterator[None]:
        """Temporary tables that are gone when the block is left, however it is left."""
        try:
            yield
        except BaseException:
            self._connection.close()
            raise
        for name in names:
            self.execute(f"DROP TEMPORARY TABLE IF EXISTS {name}")
