"""Tombstones: events without a value that have Kafka drop what was under their key.

Compaction removes every earlier event of the key. A header says that the tombstone was meant: an
event that merely lost its value is a dead letter like any other that cannot be read.
"""

import zlib
from collections.abc import Iterable
from typing import TypeVar

from gtms.events.envelope import Headers, Outgoing
from gtms.events.many import Incoming

_TYPE = ("ce_type", b"gtms.erasure.v1")
HEADERS: Headers = [("ce_specversion", b"1.0"), _TYPE]

Read = TypeVar("Read", bound=Incoming)


def tombstone(topic: str, key: bytes, record_uid: str) -> Outgoing:
    """What is written so that the event under this key of a record goes."""
    return Outgoing(topic, key, None, HEADERS, zlib.crc32(record_uid.encode()))


def is_tombstone(event: Incoming) -> bool:
    """Whether the event is one of ours."""
    return event.value is None and _TYPE in event.headers


def without_tombstones(events: Iterable[Read]) -> list[Read]:
    """The events that say something."""
    return [event for event in events if event.value is not None or not is_tombstone(event)]
