"""Everything the query side reads from ClickHouse.

Every method takes the country it reads first, and every statement has it as its first condition,
so a question over a country that nobody named cannot be written. Answers come from the current
snapshot of each period, or from the snapshots the caller names; never from two at a time.
"""

import asyncio
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from gtms.config import ClickHouse
from gtms.events.failures import Unavailable
from gtms.warehouse.client import Connection

COVERAGE = "L01"
LINKAGE = "L03"

_SNAPSHOTS = """
SELECT period, version, as_of, computed_at, parameters
FROM indicators.snapshots FINAL
WHERE country = %(country)s AND period IN %(periods)s
ORDER BY period
"""

_NEWEST_PARAMETERS = """
SELECT parameters
FROM indicators.snapshots
WHERE country = %(country)s
ORDER BY version DESC LIMIT 1
"""

_SIZES = """
SELECT period, count()
FROM indicators.cells
WHERE country = %(country)s AND (period, version) IN %(snapshots)s
GROUP BY period
"""

_QUALITY = """
SELECT period, anyIf(value, indicator = %(coverage)s), anyIf(value, indicator = %(linkage)s)
FROM indicators.cells
WHERE country = %(country)s AND (period, version) IN %(snapshots)s
  AND indicator IN (%(coverage)s, %(linkage)s) AND measure = 'value' AND by = '' AND key = ''
GROUP BY period
"""

_CELLS = """
SELECT period, indicator, measure, key, dimensions, value, numerator, denominator, status
FROM indicators.cells
WHERE country = %(country)s AND (period, version) IN %(snapshots)s
  AND indicator IN %(indicators)s AND measure IN %(measures)s AND by = %(by)s{conditions}
ORDER BY country, period, version, indicator, measure, by, key
LIMIT %(limit)s
"""

# Written out because a comparison of tuples is not looked up in the primary key.
_AFTER = """
  AND (period > %(after_period)s OR (period = %(after_period)s
  AND (indicator > %(after_indicator)s OR (indicator = %(after_indicator)s
  AND (measure > %(after_measure)s OR (measure = %(after_measure)s
  AND key > %(after_key)s))))))"""

# Each statement reads a few granules: threads and a second pass would take longer than the work.
_SMALL = {"max_threads": 1, "query_plan_optimize_lazy_materialization": 0}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One computation of all cells of a period of the country.

    Attributes:
        period: label of the period.
        version: which computation; a later one has a higher version.
        as_of: the day as of which it was computed.
        computed_at: when, UTC.
        parameters: the country's parameters, canonical JSON.
        cells: how many cells it has, or None while nobody needed to know.
    """

    period: str
    version: int
    as_of: date
    computed_at: datetime
    parameters: str
    cells: int | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """L01 and L03 of one period, in per cent; None where they cannot be computed."""

    coverage: float | None = None
    linkage: float | None = None


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in the order of cells of one table."""

    period: str
    indicator: str
    measure: str
    key: str


@dataclass(frozen=True, slots=True)
class Table:
    """The cells wanted of each snapshot: indicators, their measures, one table, filters."""

    indicators: tuple[str, ...]
    measures: tuple[str, ...]
    dimensions: tuple[str, ...]
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def conditions(self) -> tuple[str, dict[str, object]]:
        """What the filters add to a statement, and the values it needs."""
        parameters: dict[str, object] = {}
        conditions = ""
        for number, (dimension, values) in enumerate(self.filters):
            conditions += f"\n  AND dimensions[%(dimension_{number})s] IN %(values_{number})s"
            parameters |= {f"dimension_{number}": dimension, f"values_{number}": values}
        return conditions, parameters


@dataclass(frozen=True, slots=True)
class StoredCell:
    """A cell as it was computed; what each attribute means is told in indicators.proto."""

    position: Position
    dimensions: Mapping[str, str]
    value: float | None
    numerator: float | None
    denominator: float | None
    status: str


class Reader:
    """A few threads with one connection each.

    Every method lets ClickHouse work for `longest_s` seconds at most, tries a second time when a
    connection was found broken, and raises `Unavailable` when waiting may help.
    """

    def __init__(self, server: ClickHouse, threads: int = 4, longest_s: float = 10.0) -> None:
        self._server = server
        self._settings = {"max_execution_time": longest_s, "readonly": 2} | _SMALL
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="reader")
        self._own = threading.local()
        self._connections: list[Connection] = []

    async def snapshots(self, country: str, periods: Iterable[str]) -> tuple[Snapshot, ...]:
        """The current snapshots of those of the periods that have been computed, by period."""
        rows = await self.rows(country, _SNAPSHOTS, {"periods": tuple(periods)})
        return tuple(
            Snapshot(period, version, as_of, _utc(computed_at), parameters)
            for period, version, as_of, computed_at, parameters in rows
        )

    async def parameters(self, country: str) -> str | None:
        """The parameters of the newest snapshot, canonical JSON; None before the first."""
        rows = await self.rows(country, _NEWEST_PARAMETERS, {})
        return str(rows[0][0]) if rows else None

    async def sizes(self, country: str, snapshots: Sequence[Snapshot]) -> Mapping[str, int]:
        """Per period the number of cells that are still there of the named snapshot."""
        if not snapshots:
            return {}
        rows = await self.rows(country, _SIZES, {"snapshots": _named(snapshots)})
        return dict(rows)

    async def quality(self, country: str, snapshots: Sequence[Snapshot]) -> Mapping[str, Quality]:
        """Per period the reporting coverage and the linkage, from the same snapshots."""
        if not snapshots:
            return {}
        names = {"snapshots": _named(snapshots), "coverage": COVERAGE, "linkage": LINKAGE}
        rows = await self.rows(country, _QUALITY, names)
        return {period: Quality(coverage, linkage) for period, coverage, linkage in rows}

    async def cells(
        self,
        country: str,
        snapshots: Sequence[Snapshot],
        table: Table,
        after: Position | None,
        limit: int,
    ) -> tuple[StoredCell, ...]:
        """The next `limit` cells of the table, in the order of `Position`."""
        conditions, parameters = _conditions(table, after)
        left = [s for s in snapshots if after is None or s.period >= after.period]
        if not left:
            return ()
        parameters |= {
            "snapshots": _named(left),
            "indicators": table.indicators,
            "measures": table.measures,
            "by": ",".join(table.dimensions),
            "limit": limit,
        }
        rows = await self.rows(country, _CELLS.format(conditions=conditions), parameters)
        return tuple(StoredCell(Position(*row[:4]), *row[4:]) for row in rows)

    async def ping(self) -> None:
        """Raise `Unavailable` unless ClickHouse answers."""
        await self._call(lambda connection: connection.execute("SELECT 1"))

    def close(self) -> None:
        """Let running statements end, then drop the connections."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        for connection in self._connections:
            connection.close()

    async def rows(
        self, country: str, statement: str, parameters: Mapping[str, object]
    ) -> list[tuple[Any, ...]]:
        """The rows of a statement whose first condition is `country = %(country)s`."""
        return await self.public_rows(statement, {"country": country, **parameters})

    async def public_rows(
        self, statement: str, parameters: Mapping[str, object]
    ) -> list[tuple[Any, ...]]:
        """The rows of a statement that reads only what is published, of whatever country."""
        return await self._call(
            lambda connection: connection.execute(statement, parameters, settings=self._settings)
        )

    async def _call(
        self, work: Callable[[Connection], list[tuple[Any, ...]]]
    ) -> list[tuple[Any, ...]]:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._twice, work)

    def _twice(self, work: Callable[[Connection], list[tuple[Any, ...]]]) -> list[tuple[Any, ...]]:
        connection = self._connection()
        try:
            return work(connection)
        except Unavailable:  # the socket may be of a server that has since restarted
            return work(connection)

    def _connection(self) -> Connection:
        connection: Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = Connection(self._server)
            self._connections.append(connection)
        return connection


def _named(snapshots: Sequence[Snapshot]) -> tuple[tuple[str, int], ...]:
    return tuple((snapshot.period, snapshot.version) for snapshot in snapshots)


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _conditions(table: Table, after: Position | None) -> tuple[str, dict[str, object]]:
    """What narrows the table down: its filters, and the end of the page before."""
    conditions, parameters = table.conditions()
    if after is not None:
        conditions += _AFTER
        parameters |= {
            "after_period": after.period,
            "after_indicator": after.indicator,
            "after_measure": after.measure,
            "after_key": after.key,
        }
    return conditions, parameters
