"""Numbered SQL files applied in order, noted in ``ops.migrations``, safe to run twice and at once.

ClickHouse has neither transactions over DDL nor a compare-and-set on one node, so three things
together make a run safe:

* every statement of a migration can be executed twice (``migrations/README.md``);
* the ledger keeps, per migration, the greatest number of executed statements: a late writer
  cannot set it back;
* one runner works at a time. The lock is a running query with a fixed id: ClickHouse refuses a
  second query of the same id, and cancels the first when its client is gone, so that a killed
  runner never leaves the lock behind.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from clickhouse_driver import errors as driver

from gtms.config import ClickHouse
from gtms.trouble import Trouble
from gtms.warehouse.client import Connection, code_of

FOLDER = Path(__file__).parent / "migrations"

_FILE = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
_LOCK = "gtms-migrate"
_SAME_QUERY_RUNS = 216
_UNKNOWN = frozenset({60, 81})  # table, database: nothing was ever migrated here


class State(StrEnum):
    """How far a migration is; these words are what the ledger and the command line say."""

    PENDING = "pending"
    IN_PROGRESS = "in progress"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of the migrations folder."""

    number: int
    name: str
    text: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the file as it stands, placeholders included."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def statements(self, placeholders: Mapping[str, str]) -> tuple[str, ...]:
        """The statements in order, placeholders filled, comment lines left out."""
        lines = (line for line in self.text.splitlines() if not line.lstrip().startswith("--"))
        parts = re.split(r";[ \t]*(?:\n|$)", "\n".join(lines))
        filled = (part.strip() for part in parts)
        return tuple(_fill(part, placeholders) for part in filled if part)

    def __str__(self) -> str:
        return f"{self.number:04d}_{self.name}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger holds for a migration."""

    migration: Migration
    state: State
    progress: int


def placeholders(server: ClickHouse) -> dict[str, str]:
    """What the migrations' placeholders stand for on one node or on the configured cluster."""
    if not server.cluster:
        return {"on_cluster": "", "replicated": ""}
    return {"on_cluster": f"ON CLUSTER '{server.cluster}'", "replicated": "Replicated"}


def migrations(folder: Path = FOLDER) -> tuple[Migration, ...]:
    """Every migration of the folder by number; raises Trouble for a bad or doubled name."""
    found: dict[int, Migration] = {}
    for path in sorted(folder.glob("*.sql")):
        match = _FILE.fullmatch(path.name)
        if match is None:
            raise Trouble(f"migration {path.name} is not named NNNN_name.sql; rename it")
        number = int(match[1])
        if number in found:
            raise Trouble(
                f"migrations {found[number]} and {path.stem} share a number; renumber one"
            )
        found[number] = Migration(number, match[2], path.read_text())
    return tuple(found.values())


class Ledger:
    """Applies migrations to one server. Blocks; raises Unavailable when ClickHouse is away."""

    def __init__(self, server: ClickHouse, folder: Path = FOLDER) -> None:
        self._server = server
        self._first, *rest = migrations(folder)
        self._migrations = tuple(rest)
        self._placeholders = placeholders(server)

    def entries(self, connection: Connection) -> tuple[Entry, ...]:
        """The state of every migration; raises Trouble when an applied file has changed."""
        noted = _noted(connection)
        return tuple(
            _entry(migration, noted.get(migration.number)) for migration in self._migrations
        )

    def pending(self, connection: Connection) -> Iterator[tuple[Entry, Sequence[str]]]:
        """What a run would execute: each unfinished migration and its remaining statements."""
        for entry in self.entries(connection):
            if entry.state is not State.DONE:
                statements = entry.migration.statements(self._placeholders)
                yield entry, statements[entry.progress :]

    def apply(
        self,
        connection: Connection,
        *,
        patience_s: float = 120.0,
        report: Callable[[Migration], None] = lambda migration: None,
    ) -> tuple[Migration, ...]:
        """Bring the server up to date; the migrations that this run finished.

        Waits for another runner up to ``patience_s``, then raises Trouble.
        """
        with _alone(self._server, patience_s):
            for statement in self._first.statements(self._placeholders):
                connection.execute(statement)
            finished = []
            for entry, statements in self.pending(connection):
                self._finish(connection, entry, statements)
                report(entry.migration)
                finished.append(entry.migration)
            return tuple(finished)

    def _finish(self, connection: Connection, entry: Entry, statements: Sequence[str]) -> None:
        executed = entry.progress
        _note(connection, entry.migration, State.IN_PROGRESS, executed)
        for executed, statement in enumerate(statements, start=entry.progress + 1):
            connection.execute(statement)
            _note(connection, entry.migration, State.IN_PROGRESS, executed)
        _note(connection, entry.migration, State.DONE, executed + 1)


def _fill(statement: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        statement = statement.replace(f"{{{name}}}", value)
    return "\n".join(line.rstrip() for line in statement.splitlines())


def _noted(connection: Connection) -> dict[int, tuple[str, str, int]]:
    """By number: checksum, state and progress; empty on a server that was never migrated."""
    try:
        rows = connection.execute(
            "SELECT number, checksum, state, progress FROM ops.migrations FINAL"
        )
    except driver.ServerException as refusal:
        if code_of(refusal) in _UNKNOWN:
            return {}
        raise
    return {
        int(str(number)): (str(checksum), str(state), int(str(progress)))
        for number, checksum, state, progress in rows
    }


def _entry(migration: Migration, noted: tuple[str, str, int] | None) -> Entry:
    if noted is None:
        return Entry(migration, State.PENDING, 0)
    checksum, state, progress = noted
    if checksum != migration.checksum:
        raise Trouble(
            f"migration {migration} was applied with other contents than it has now;"
            " restore the file and put the change into a new migration"
        )
    return Entry(migration, State(state), progress)


def _note(connection: Connection, migration: Migration, state: State, progress: int) -> None:
    connection.insert(
        "ops.migrations",
        {
            "number": [migration.number],
            "name": [migration.name],
            "checksum": [migration.checksum],
            "state": [state.value],
            "progress": [progress],
        },
    )


@contextmanager
def _alone(server: ClickHouse, patience_s: float) -> Iterator[None]:
    """Hold the lock of the one runner; it is released by closing its connection, or by dying."""
    holder = Connection(server)
    deadline = time.monotonic() + patience_s
    try:
        while (sleeping := _lock(holder)) is None:
            if time.monotonic() > deadline:
                raise Trouble(
                    f"another `gtms migrate` still runs after {patience_s:.0f} s; see to it"
                )
            time.sleep(0.2)
        yield
        sleeping.close()
    finally:
        holder.close()


def _lock(holder: Connection) -> Generator[tuple[object, ...], None, None] | None:
    """The query that is the lock, for as long as it is kept; None when another runner has it."""
    # The first row says that the query is registered; then it sleeps for a day unless cancelled.
    sleeping = holder.rows(
        "SELECT 0 UNION ALL SELECT count() FROM numbers(86400) WHERE sleepEachRow(1)"
        " SETTINGS max_block_size = 1, max_threads = 2, max_execution_time = 0",
        query_id=_LOCK,
    )
    try:
        next(sleeping)
    except driver.ServerException as refusal:
        if code_of(refusal) == _SAME_QUERY_RUNS:
            return None
        raise
    return sleeping
