"""What the loader writes: records into the registry, and how far each partition is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from gtms.config import ClickHouse
from gtms.events.many import Unwrapped
from gtms.warehouse.client import Connection
from gtms.warehouse.sender import Sender
from gtms.warehouse.uploads import Upload, body, upload

_FAST = {
    "async_insert": "0",  # when it returns, it is stored
    "optimize_on_insert": "0",  # merging a block by itself takes a third of the time
}

_REVISIONS: Mapping[str, tuple[str, str]] = {
    "country": ("FixedString(3)", "country"),
    "record_uid": ("FixedString(36)", "record_uid"),
    "revision": ("UInt32", "revision"),
    "content_hash": ("FixedString(32)", "content_hash"),
    "family": ("UInt8", "family"),
    "is_retracted": ("UInt8", "is_retracted"),
    "person": ("FixedString(32)", "person"),
    "facility_id": ("String", "facility_id"),
    "event_date": ("String", "toDate32OrNull(event_date)"),
    "received_at": ("Int64", "fromUnixTimestamp64Milli(received_at, 'UTC')"),
    "topic": ("String", "topic"),
    "partition": ("UInt32", "partition"),
    "offset": ("UInt64", "offset"),
}
"""Columns of registry.revisions: the type each is sent as, and SQL for what is stored."""

_INTO_REVISIONS = (
    f"INSERT INTO registry.revisions ({', '.join(_REVISIONS)})"
    f" SELECT {', '.join(stored for _, stored in _REVISIONS.values())}"
    f" FROM input('{', '.join(f'{name} {kind}' for name, (kind, _) in _REVISIONS.items())}')"
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

        The table of the family comes last: what is in it has its revision and person beside it.
        """
        self._connection.insert_by(_INTO_REVISIONS, _revisions(found), settings=_FAST)
        if found.family.person_field is not None:
            self._connection.insert("registry.person_records", _persons(found), settings=_FAST)
        into = upload(found.family)
        self._sender.send(into.statement, body(found.events), _settings(into))

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


def persons(found: Unwrapped) -> Sequence[str]:
    """The pseudonym in each event; empty where it names none."""
    return _field(found, found.family.person_field)


def _field(found: Unwrapped, name: str | None) -> Sequence[str]:
    """The field in each event; empty where a retraction, or the whole family, does not have it."""
    if name is None:
        return [""] * len(found.events)
    get = attrgetter(name)
    if name in found.family.key_fields or not any(found.retracted):
        return list(map(get, found.contents))
    return [
        "" if gone else get(content)
        for content, gone in zip(found.contents, found.retracted, strict=True)
    ]


def _revisions(found: Unwrapped) -> dict[str, Sequence[object]]:
    many, family = len(found.events), found.family
    seconds, nanos = found.received
    return {
        "country": found.countries,
        "record_uid": found.uids,
        "revision": found.revisions,
        "content_hash": found.hashes,
        "family": [family.code] * many,
        "is_retracted": found.retracted,
        "person": persons(found),
        "facility_id": _field(found, "facility_id"),
        "event_date": _field(found, family.event_date_field),
        "received_at": [s * 1000 + n // 1_000_000 for s, n in zip(seconds, nanos, strict=True)],
        "topic": [family.topic] * many,
        "partition": list(map(attrgetter("partition"), found.events)),
        "offset": list(map(attrgetter("offset"), found.events)),
    }


def _persons(found: Unwrapped) -> dict[str, Sequence[object]]:
    rows = [row for row in zip(found.countries, persons(found), found.uids, strict=True) if row[1]]
    countries, names, uids = zip(*rows, strict=True) if rows else ((), (), ())
    return {
        "country": countries,
        "person": names,
        "family": [found.family.code] * len(rows),
        "record_uid": uids,
    }


def _settings(into: Upload) -> dict[str, str]:
    return {
        **_FAST,
        "format_schema_source": "string",
        "format_schema": into.schema,
        "format_schema_message_name": into.message,
        "input_format_parallel_parsing": "0",  # takes 20 MB per thread and no less time
    }
