"""What the loader and a worker do with events, without Kafka between them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gtms.config import ClickHouse, Processing
from gtms.events.envelope import Headers, encode
from gtms.families import by_code
from gtms.processing.aggregation import Aggregation
from gtms.processing.changes import changes
from gtms.processing.session import Session
from gtms.processing.sorting import sort
from gtms.warehouse.client import Connection
from gtms.warehouse.writer import Writer
from tests.support.oracle import RecordMessage
from tests.support.stored import Stored
from treatment.changes.v1.changes_pb2 import Changes


@dataclass(frozen=True, slots=True)
class Incoming:
    """An event as Kafka's client would hand it out."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers


class Engine:
    """Takes records into the registry and brings the cells of their countries up to date."""

    def __init__(self, server: ClickHouse) -> None:
        self.stored = Stored(server)
        self._writer = Writer(server)
        self._connection = Connection(server)
        self._session = Session(self._connection, Processing().lanes)
        self._offset = 0

    def close(self) -> None:
        self._writer.close()
        self._connection.close()
        self.stored.close()

    def forget_everything(self) -> None:
        """An empty registry and nothing published, as after a migration."""
        for database, table in self.stored.rows(
            "SELECT database, name FROM system.tables"
            " WHERE engine != 'View' AND (database IN ('registry', 'indicators', 'published')"
            " OR (database = 'ops' AND name IN ('days', 'watermarks', 'release_policies')))"
        ):
            self.stored.rows(f"TRUNCATE TABLE {database}.{table}")

    def take(self, records: Iterable[RecordMessage], as_of: date) -> None:
        """One batch: stored, and everything it touches counted as of the day."""
        found = sort([self._incoming(record) for record in records])
        assert not found.unreadable, found.unreadable
        for family in found.families:
            self._writer.store(family)
        told = [Changes.FromString(each.value or b"") for each in changes(found.families)]
        Aggregation(self._session, lambda: as_of).apply(told)

    def _incoming(self, record: RecordMessage) -> Incoming:
        event = encode(by_code(record.envelope.family), record)
        self._offset += 1
        return Incoming(event.topic, 0, self._offset, event.key, event.value, event.headers)
