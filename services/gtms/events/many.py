"""`envelope.decode` for many events at once, at a fraction of the price.

A loader reads a hundred thousand events where a service writes ten thousand: it cannot afford
dozens of calls of Python per event. Here each check runs over a whole list, mostly inside C code.
Nothing is accepted that `envelope.decode` would refuse, except for dates, codes and decimals, which
ClickHouse looks at. When any check fails, `one_by_one` finds out which events are wrong, and why.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha1
from operator import attrgetter
from typing import Protocol

from google.protobuf.message import DecodeError, Message

from gtms.events.envelope import LATEST_SECOND, MAX_VALUE_BYTES, Headers, decode
from gtms.events.failures import InvalidRecord
from gtms.families import Family, by_event_type
from gtms.records.identifiers import GTMS_NAMESPACE
from treatment.common.v1.codes_pb2 import RecordOp

_ENVELOPE_PARTS = attrgetter(
    "country_iso3",
    "record_uid",
    "record_version",
    "payload_sha256",
    "family",
    "operation",
    "source_system_id",
    "received_at.seconds",
    "received_at.nanos",
    "submitted_at.seconds",
    "submitted_at.nanos",
)
_VARIANT = {f"{digit:x}": f"{digit & 0x3 | 0x8:x}" for digit in range(16)}
_TYPE_PLACE = 3  # where our own publisher puts the ce_type header; elsewhere it is searched
_OPERATIONS = frozenset({RecordOp.RECORD_OP_UPSERT, RecordOp.RECORD_OP_RETRACT})


class Doubtful(Exception):
    """At least one of these events is not what it says; `one_by_one` tells which."""


class Incoming(Protocol):
    """An event as Kafka's client hands it out."""

    @property
    def topic(self) -> str:
        """Where it was read."""

    @property
    def partition(self) -> int:
        """Which partition of the topic."""

    @property
    def offset(self) -> int:
        """Its place in the partition."""

    @property
    def key(self) -> bytes | None:
        """What compaction and partitions go by."""

    @property
    def value(self) -> bytes | None:
        """The record message, serialized."""

    @property
    def headers(self) -> Headers:
        """CloudEvents attributes."""


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """Events of one family, their parts side by side: position i of each belongs to event i.

    `contents` has the record, or for a retraction its natural key; `retracted` which it is.
    """

    family: Family
    events: Sequence[Incoming]
    contents: Sequence[Message]
    retracted: Sequence[bool]
    countries: Sequence[str]
    uids: Sequence[str]
    revisions: Sequence[int]
    hashes: Sequence[bytes]
    sources: Sequence[str]
    received: tuple[Sequence[int], Sequence[int]]
    submitted: tuple[Sequence[int], Sequence[int]]


def by_family(events: Iterable[Incoming]) -> dict[Family | None, list[Incoming]]:
    """The events of each family, in their order; under None those whose family is not known."""
    by_type: defaultdict[bytes | None, list[Incoming]] = defaultdict(list)
    for event in events:
        by_type[_event_type(event.headers)].append(event)
    groups: defaultdict[Family | None, list[Incoming]] = defaultdict(list)
    for event_type, group in by_type.items():
        groups[by_event_type(event_type.decode("latin-1")) if event_type else None] += group
    return groups


def unwrap(family: Family, events: Sequence[Incoming]) -> Unwrapped:
    """The parts of events that say they are of this family.

    Raises:
        Doubtful: at least one of them has to be looked at by itself.
    """
    parse = family.record_type.FromString
    values = [event.value for event in events]
    try:
        records = [parse(value) for value in values]  # type: ignore[arg-type]  # None raises
    except (DecodeError, TypeError):
        raise Doubtful from None
    if max(map(len, filter(None, values)), default=0) > MAX_VALUE_BYTES:
        raise Doubtful
    parts = map(_ENVELOPE_PARTS, map(attrgetter("envelope"), records))
    countries, uids, revisions, hashes, families, operations, sources, *times = zip(
        *parts, strict=True
    )
    retracted = [operation == RecordOp.RECORD_OP_RETRACT for operation in operations]
    contents = _contents(records, retracted)
    found = Unwrapped(
        *(family, events, contents, retracted),
        *(countries, uids, revisions, hashes, sources),
        *((times[0], times[1]), (times[2], times[3])),
    )
    if set(families) != {family.code} or not _OPERATIONS.issuperset(operations):
        raise Doubtful
    _check(found)
    return found


def one_by_one(
    events: Iterable[Incoming],
) -> tuple[list[Incoming], list[tuple[Incoming, InvalidRecord]]]:
    """The sound events, and those that can never be read with what is wrong with them."""
    sound: list[Incoming] = []
    unreadable: list[tuple[Incoming, InvalidRecord]] = []
    for event in events:
        try:
            decode(event.key, event.value, event.headers)
        except InvalidRecord as wrong:
            unreadable.append((event, wrong))
        else:
            sound.append(event)
    return sound, unreadable


def _event_type(headers: Headers) -> bytes | None:
    if len(headers) > _TYPE_PLACE and headers[_TYPE_PLACE][0] == "ce_type":
        return headers[_TYPE_PLACE][1]
    return next((content for name, content in headers if name == "ce_type"), None)


def _contents(records: Sequence[Message], retracted: Sequence[bool]) -> list[Message]:
    # Of the part that is not set, upb gives an empty message: its empty key fails the check of ids.
    if not any(retracted):
        return list(map(attrgetter("record"), records))
    inside = (attrgetter("record"), attrgetter("retraction"))
    return [
        inside[is_retracted](record)
        for record, is_retracted in zip(records, retracted, strict=True)
    ]


def _check(found: Unwrapped) -> None:
    countries = set(found.countries)
    if not all(len(c) == 3 and c.isascii() and c.isupper() for c in countries):
        raise Doubtful
    if min(found.revisions) == 0 or set(map(len, found.hashes)) != {32}:
        raise Doubtful
    received, submitted = found.received[0], found.submitted[0]
    if min(received) <= 0 or min(submitted) < 0:
        raise Doubtful
    if max(received) >= LATEST_SECOND or max(submitted) >= LATEST_SECOND:
        raise Doubtful
    if _keys(found) != [event.key for event in found.events]:
        raise Doubtful
    if _record_uids(found, countries) != list(found.uids):
        raise Doubtful


def _keys(found: Unwrapped) -> list[bytes]:
    """What `envelope.event_key` gives for each event."""
    columns = zip(found.countries, found.uids, found.revisions, found.hashes, strict=True)
    return [
        f"{country}/{uid}/{revision}/{content_hash[:6].hex()}".encode()
        for country, uid, revision, content_hash in columns
    ]


def _record_uids(found: Unwrapped, countries: Iterable[str]) -> list[str]:
    """What `identifiers.record_uid` gives for each event."""
    label = found.family.label
    begun = {c: GTMS_NAMESPACE.bytes + f"{c}|{label}|".encode() for c in countries}
    columns = [list(map(attrgetter(field), found.contents)) for field in found.family.key_fields]
    if not all(map(all, columns)):
        raise Doubtful
    names = map("|".join, zip(*columns, strict=True))
    digests = [
        sha1(begun[country] + name.encode(), usedforsecurity=False).hexdigest()
        for country, name in zip(found.countries, names, strict=True)
    ]
    return [
        f"{d[:8]}-{d[8:12]}-5{d[13:16]}-{_VARIANT[d[16]]}{d[17:20]}-{d[20:32]}" for d in digests
    ]
