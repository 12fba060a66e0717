"""What the loader writes: records into the registry, and how far each partition is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
from operator import attrgetter

from gtms.config import ClickHouse
from gtms.events.many import Unwrapped
from gtms.families import Family
from gtms.warehouse.client import Connection
from gtms.warehouse.sender import Sender
from gtms.warehouse.uploads import Upload, body, upload

_FAST = {
    "async_insert": "0",  # when it returns, it is stored
    "optimize_on_insert": "0",  # merging a block by itself takes a third of the time
}

_REVISIONS: Mapping[str, str] = {
    "country": "FixedString(3)",
    "record_uid": "FixedString(36)",
    "revision": "UInt32",
    "content_hash": "FixedString(32)",
    "is_retracted": "UInt8",
    "person": "FixedString(32)",
    "facility_id": "String",
    "event_date": "String",
    "received_s": "Int64",
    "received_ns": "Int32",
    "partition": "UInt32",
    "offset": "UInt64",
}
"""What is sent of each revision, in the order of :func:`_revisions`, and as what."""


@cache
def _into_revisions(family: Family) -> str:
    """An INSERT of what is sent of revisions, the plain types made into what is stored."""
    return (
        "INSERT INTO registry.revisions (country, record_uid, revision, content_hash, family,"
        " is_retracted, person, facility_id, event_date, received_at, topic, partition, offset)"
        f" SELECT country, record_uid, revision, content_hash, {family.code}, is_retracted,"
        " person, facility_id, if(is_retracted, NULL, toDate32OrNull(event_date)),"
        " fromUnixTimestamp64Milli(received_s * 1000 + intDiv(received_ns, 1000000), 'UTC'),"
        f" '{family.topic}', partition, offset"
        f" FROM input('{', '.join(f'{name} {kind}' for name, kind in _REVISIONS.items())}')"
        " FORMAT Native"
    )


@dataclass(frozen=True, slots=True)
class Partition:
    """A partition of a topic."""

    topic: str
    number: int


class Writer:
    """One thread's way into the registry. Blocks; every write may be repeated without harm.

    Raises Unavailable when it is not known whether something was stored, and
    :class:`~gtms.warehouse.sender.Refused` when an event is not as it must be.
    """

    def __init__(self, server: ClickHouse) -> None:
        self._sender = Sender(server)
        self._connection = Connection(server)

    def store(self, found: Unwrapped) -> None:
        """Store events of one family in the three tables they belong to, one insert each.

        The table of the family comes first: only ClickHouse looks at all that must be true of an
        event, and when it refuses one, nothing of the batch may be anywhere.
        """
        into = upload(found.family)
        self._sender.send(into.statement, body(found.events), _settings(into))
        self._connection.insert_by(_into_revisions(found.family), _revisions(found), settings=_FAST)
        if any(found.persons):
            self._connection.insert("registry.person_records", _persons(found), settings=_FAST)

    def note_watermarks(self, next_offsets: Mapping[Partition, int]) -> None:
        """Note that everything below these offsets is stored and its changes are published."""
        self._connection.insert(
            "ops.watermarks",
            {
                "topic": [partition.topic for partition in next_offsets],
                "partition": [partition.number for partition in next_offsets],
                "next_offset": list(next_offsets.values()),
            },
        )

    def watermarks(self) -> dict[Partition, int]:
        """The next offset of every partition that was ever stored."""
        rows = self._connection.execute(
            "SELECT topic, partition, next_offset FROM ops.watermarks FINAL"
        )
        return {
            Partition(str(topic), int(str(number))): int(str(offset))
            for topic, number, offset in rows
        }

    def close(self) -> None:
        """Drop both connections."""
        self._sender.close()
        self._connection.close()


def _revisions(found: Unwrapped) -> dict[str, Sequence[object]]:
    return {
        "country": found.countries,
        "record_uid": found.uids,
        "revision": found.revisions,
        "content_hash": found.hashes,
        "is_retracted": found.retracted,
        "person": found.persons,
        "facility_id": found.facility_ids,
        "event_date": found.event_dates,
        "received_s": found.received_s,
        "received_ns": found.received_ns,
        "partition": list(map(attrgetter("partition"), found.events)),
        "offset": list(map(attrgetter("offset"), found.events)),
    }


def _persons(found: Unwrapped) -> dict[str, Sequence[object]]:
    columns = {"country": found.countries, "person": found.persons, "record_uid": found.uids}
    if any(found.retracted):
        columns = {name: list(compress(values, found.persons)) for name, values in columns.items()}
    return {**columns, "family": [found.family.code] * len(columns["person"])}


def _settings(into: Upload) -> dict[str, str]:
    return {
        **_FAST,
        "format_schema_source": "string",
        "format_schema": into.schema,
        "format_schema_message_name": into.message,
        "input_format_parallel_parsing": "0",  # takes 20 MB per thread and no less time
    }
