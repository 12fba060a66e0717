"""What ClickHouse holds, read with plain statements of our own."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from clickhouse_driver import Client
from clickhouse_driver.errors import NetworkError

from gtms.config import ClickHouse
from tests.support.oracle import CellKey, Cells, CellValue, RecordMessage, Version, version_of
from tests.support.population import payload_sha256, received, record_uid

TABLES = (
    "facilities",
    "capacities",
    "qa_assessments",
    "admissions",
    "outcomes",
    "training_events",
    "training_participants",
    "estimates",
    "profiles",
)


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """Names one version of one record."""

    record_uid: str
    revision: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    period: str
    version: int
    as_of: date


def told(country: str, record: RecordMessage) -> Told:
    return Told(
        record_uid(country, record), record.envelope.record_version, payload_sha256(record).hex()
    )


class Stored:
    """One connection of a test to the ClickHouse of a stack."""

    def __init__(self, server: ClickHouse) -> None:
        self._client = Client(
            host=server.host, port=server.port, user=server.user, password=server.password()
        )

    def rows(self, statement: str, **words: object) -> list[tuple]:
        return self._client.execute(statement, words)

    def close(self) -> None:
        self._client.disconnect()

    def wait_until_it_answers(self, patience_s: float = 60.0) -> None:
        """After a kill; the driver connects again by itself."""
        end = time.monotonic() + patience_s
        while True:
            try:
                self.rows("SELECT 1")
            except (NetworkError, EOFError, OSError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)
            else:
                return

    def revisions(self, country: str) -> dict[Told, datetime]:
        """Every accepted version with the earliest hour at which it was received."""
        rows = self.rows(
            "SELECT record_uid, revision, lower(hex(content_hash)), min(received_at)"
            " FROM registry.revisions WHERE country = %(country)s"
            " GROUP BY record_uid, revision, content_hash",
            country=country,
        )
        return {
            Told(_text(uid), revision, digest): at.replace(tzinfo=UTC)
            for uid, revision, digest, at in rows
        }

    def current(self, country: str) -> dict[str, tuple[int, str, bool]]:
        """record_uid → (revision, content hash, retracted) of the registry tables."""
        found = {}
        for table in TABLES:
            for uid, revision, digest, retracted in self.rows(
                "SELECT record_uid, revision, lower(hex(content_hash)), is_retracted"
                f" FROM registry.{table} FINAL WHERE country = %(country)s",
                country=country,
            ):
                found[_text(uid)] = (revision, digest, bool(retracted))
        return found

    def snapshots(self, country: str) -> list[Snapshot]:
        rows = self.rows(
            "SELECT period, version, as_of FROM indicators.snapshots FINAL"
            " WHERE country = %(country)s ORDER BY period",
            country=country,
        )
        return [Snapshot(*row) for row in rows]

    def cells(self, country: str) -> Cells:
        """The current cells; a cell that is there twice in one snapshot is an error."""
        rows = self.rows(
            "SELECT period, indicator, measure, by, key, value, numerator, denominator, status"
            " FROM indicators.cells WHERE country = %(country)s AND (country, period, version) IN"
            " (SELECT country, period, version FROM indicators.snapshots FINAL)",
            country=country,
        )
        cells: Cells = {}
        for period, indicator, measure, by, key, *value in rows:
            where = CellKey(country, period, indicator, measure, by, key)
            assert where not in cells, f"{where} is stored twice"
            cells[where] = CellValue(*value)
        return cells

    def versions(self, country: str, sent: Iterable[RecordMessage]) -> list[Version]:
        """The versions among those sent that are in the registry, with their hour of receipt."""
        known = self.revisions(country)
        return [
            version_of(received(record, country, known[told(country, record)]))
            for record in sent
            if told(country, record) in known
        ]


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
