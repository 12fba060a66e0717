"""Cells written by SQL, so that reading is tested without anything that computes."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count

import pytest
from structlog.testing import capture_logs

from gtms.query.pages import Pages
from gtms.query.server import running
from gtms.records.profiles import DEFAULT_PROFILE, Profile
from gtms.warehouse.client import Connection
from gtms.warehouse.reader import Reader
from tests.support.small_catalogue import SMALL_CATALOGUE

AS_OF = date(2026, 9, 30)
KEY = bytes(range(32))
COLUMNS = (
    *("country", "period", "version", "indicator", "measure", "by", "key", "dimensions"),
    *("value", "numerator", "denominator", "status"),
)
_versions = count(1)

BY_SEX = {
    ("A02", "value", ""): 6,
    ("A02", "value", "sex=FEMALE"): 1,
    ("A02", "value", "sex=MALE"): 3,
    ("A02", "value", "sex=UNKNOWN"): 2,
    ("A02", "value", "sex=FEMALE|substance_group=OPIOIDS"): 1,
    ("A02", "value", "sex=MALE|substance_group=OPIOIDS"): 2,
    ("A02", "value", "sex=MALE|substance_group=COCAINE"): 1,
    ("B03", "value", ""): "NOT_AVAILABLE",
    ("G03", "value", ""): "NOT_MATURED",
}


@dataclass
class Cells:
    """Snapshots of one country, written as the processor writes them."""

    connection: Connection
    country: str
    profile: Profile = DEFAULT_PROFILE
    written: dict[str, int] = field(default_factory=dict)
    """The version last written of each period."""

    def snapshot(
        self,
        period: str,
        values: Mapping[tuple[str, str, str], object],
        *,
        linkage: float | None = 95.0,
        current: bool = True,
    ) -> int:
        """Values by (indicator, measure, key).

        A text instead of a number is a status, a pair a numerator and a denominator.
        """
        version = next(_versions)
        quality = {("L01", "value", ""): 80.0, ("L03", "value", ""): linkage}
        rows = [
            self._row(period, version, place, value)
            for place, value in sorted({**quality, **values}.items())
            if value is not None
        ]
        columns = map(list, zip(*rows, strict=True))
        self.connection.insert("indicators.cells", dict(zip(COLUMNS, columns, strict=True)))
        self.written[period] = version
        if current:
            self.point(period, version)
        return version

    def point(self, period: str, version: int) -> None:
        """Make a version the current one."""
        self.connection.insert(
            "indicators.snapshots",
            {
                "country": [self.country],
                "period": [period],
                "version": [version],
                "as_of": [AS_OF],
                "computed_at": [datetime(2026, 9, 30, 12, 0, version % 60, tzinfo=UTC)],
                "parameters": [self.profile.parameters()],
            },
        )

    def drop(self, period: str, version: int) -> None:
        """Remove the cells of a superseded version, at once."""
        self.connection.execute(
            "ALTER TABLE indicators.cells DELETE "
            "WHERE country = %(country)s AND period = %(period)s AND version = %(version)s",
            {"country": self.country, "period": period, "version": version},
            settings={"mutations_sync": 2},
        )

    def _row(
        self, period: str, version: int, place: tuple[str, str, str], value: object
    ) -> tuple[object, ...]:
        indicator, measure, key = place
        dimensions = dict(part.split("=", 1) for part in key.split("|") if part)
        above, below = value if isinstance(value, tuple) else (value, None)
        number = None if isinstance(above, str) else float(above)
        status = value if isinstance(value, str) else "OK"
        by = ",".join(dimensions)
        return (
            *(self.country, period, version, indicator, measure, by, key, dimensions),
            *(number if below is None else number / below, number, below, status),
        )


@pytest.fixture
def connection(stack) -> Iterator[Connection]:
    opened = Connection(stack.settings.clickhouse)
    yield opened
    opened.close()


@pytest.fixture
def cells(connection) -> Callable[[str], Cells]:
    """Cells of a country; each test begins with none of anybody."""
    connection.execute("TRUNCATE TABLE indicators.cells")
    connection.execute("TRUNCATE TABLE indicators.snapshots")
    return lambda country: Cells(connection, country)


@pytest.fixture
def reader(stack) -> Iterator[Reader]:
    opened = Reader(stack.settings.clickhouse, threads=2)
    yield opened
    opened.close()


@pytest.fixture
def pages(reader) -> Pages:
    return Pages(reader, SMALL_CATALOGUE, KEY, now=lambda: datetime.now(UTC))


@pytest.fixture
def kenya(cells) -> Cells:
    """Kenya with the cells `BY_SEX` of 2025, beside a neighbour."""
    cells("UGA").snapshot("2025", {("A02", "value", ""): 999})
    country = cells("KEN")
    country.snapshot("2025", BY_SEX)
    return country


@pytest.fixture
def logged() -> Iterator[list[Mapping[str, object]]]:
    """What the service logs, instead of printing it."""
    with capture_logs() as lines:
        yield lines


@pytest.fixture
async def target(stack, kenya, logged) -> AsyncIterator[str]:
    """Where a service over these cells listens."""
    ports = stack.settings.ports.model_copy(update={"indicators": 0})
    async with running(stack.settings.model_copy(update={"ports": ports})) as port:
        yield f"127.0.0.1:{port}"
