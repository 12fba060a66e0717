"""What the loader writes: records into the registry, and how far each partition is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import cast

from gtms.config import ClickHouse
from gtms.events.dead_letters import Origin
from gtms.events.many import Unwrapped
from gtms.warehouse.client import Connection
from gtms.warehouse.sender import Sender
from gtms.warehouse.uploads import Upload, body, uploads

_FAST = {
    "async_insert": "0",  # when it returns, it is stored
    "optimize_on_insert": "0",  # merging a block by itself takes a third of the time
}


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

        When an event is refused, nothing of the batch is stored anywhere.
        """
        rows = body(found.events)
        for into in uploads(found.family):
            self._sender.send(into.statement, rows, _settings(into))
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

    def note_dead_letters(self, put_aside: Mapping[Origin, str]) -> None:
        """Note where an event was put aside that can never be read, and why."""
        self._connection.insert(
            "ops.dead_letters",
            {
                "topic": [origin.topic for origin in put_aside],
                "partition": [origin.partition for origin in put_aside],
                "offset": [origin.offset for origin in put_aside],
                "reason": list(put_aside.values()),
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

    def erased(self) -> dict[str, frozenset[str]]:
        """What must not be stored again: by country, hashes of record ids."""
        rows = self._connection.execute(
            "SELECT country, groupUniqArray(digest) FROM ops.erased GROUP BY country"
        )
        return {str(country): frozenset(cast("list[str]", found)) for country, found in rows}

    def close(self) -> None:
        """Drop both connections."""
        self._sender.close()
        self._connection.close()


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
