"""The problem list of a registry, brought up to date without computing cells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gtms.config import ClickHouse
from gtms.events.envelope import encode
from gtms.families import by_code
from gtms.processing import problems, timelines
from gtms.processing.changes import changes
from gtms.processing.session import Session
from gtms.processing.sorting import sort
from gtms.processing.timelines import Touched
from gtms.records.profiles import DEFAULT_PROFILE, Profile
from gtms.warehouse.client import Connection
from gtms.warehouse.writer import Writer
from tests.support.engine import Incoming
from tests.support.oracle import RecordMessage
from tests.support.population import record_uid
from tests.support.stored import Stored
from treatment.changes.v1.changes_pb2 import Changes

Row = tuple[str, str, str, tuple[str, ...]]
"""rule, record id, state, ids of the related records."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that is expected: its rule, its record, its state, and the related records."""

    rule_id: str
    of: RecordMessage
    related: Sequence[RecordMessage] = ()
    awaiting: bool = False

    def row(self, country: str) -> Row:
        return (
            self.rule_id,
            record_uid(country, self.of),
            "AWAITING" if self.awaiting else "OPEN",
            tuple(sorted(record_uid(country, each) for each in self.related)),
        )


class Judging:
    """Takes records into the registry and judges them, as a worker does before it counts."""

    def __init__(self, server: ClickHouse) -> None:
        self.stored = Stored(server)
        self._writer = Writer(server)
        self._connection = Connection(server)
        self._offset = 0

    def close(self) -> None:
        self._writer.close()
        self._connection.close()
        self.stored.close()

    def forget_everything(self) -> None:
        for (table,) in self.stored.rows(
            "SELECT name FROM system.tables WHERE database = 'registry'"
        ):
            self.stored.rows(f"TRUNCATE TABLE registry.{table}")

    def take(
        self,
        records: Iterable[RecordMessage],
        as_of: date,
        profiles: Mapping[str, Profile] | None = None,
        turned: Iterable[str] = (),
    ) -> None:
        """One batch of received records."""
        found = sort([self._incoming(record) for record in records])
        assert not found.unreadable, found.unreadable
        for family in found.families:
            self._writer.store(family)
        told = [Changes.FromString(each.value or b"") for each in changes(found.families)]
        touched = [
            Touched(change.country, one.family, one.record_uid, one.person)
            for change in told
            for one in change.touched
        ]
        session = Session(self._connection)
        countries = {one.country for one in touched} | set(turned)
        current = dict.fromkeys(countries, DEFAULT_PROFILE) | dict(profiles or {})
        timelines.rebuild(session, touched, as_of=as_of, profiles=current)
        problems.judge(session, touched, turned, as_of=as_of, profiles=current)

    def rows(self, country: str) -> list[Row]:
        """The problems of a country, by rule and record."""
        rows = self.stored.rows(
            "SELECT rule_id, toString(record_uid), state, arraySort(related.record_uid)"
            " FROM registry.problems FINAL WHERE country = %(country)s"
            " ORDER BY rule_id, record_uid",
            country=country,
        )
        return [(rule, uid, state, tuple(related)) for rule, uid, state, related in rows]

    def everything(self, country: str) -> list[tuple]:
        """All that is stored of a country's problems but the version."""
        return self.stored.rows(
            "SELECT * EXCEPT (version) FROM registry.problems FINAL WHERE country = %(country)s"
            " ORDER BY rule_id, record_uid",
            country=country,
        )

    def _incoming(self, record: RecordMessage) -> Incoming:
        event = encode(by_code(record.envelope.family), record)
        self._offset += 1
        return Incoming(event.topic, 0, self._offset, event.key, event.value, event.headers)
