"""What a batch touched, as the messages that tell the owners of the countries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from gtms.events.envelope import Outgoing
from gtms.events.many import Unwrapped
from gtms.events.topics import CHANGES
from treatment.changes.v1.changes_pb2 import Changes, Touched
from treatment.common.v1.codes_pb2 import RecordFamily

MOST_TOUCHED = 5_000
"""Records in one message; more are told in several."""


def changes(families: Iterable[Unwrapped]) -> Iterator[Outgoing]:
    """One message for each country of each family, or several of at most `MOST_TOUCHED` records."""
    for found in families:
        by_country: defaultdict[str, list[str]] = defaultdict(list)
        code = found.family.code
        for country, uid, person in zip(found.countries, found.uids, found.persons, strict=True):
            by_country[country].append(_touched(code, uid, person))
        last = found.events[-1]
        for country, touched in by_country.items():
            head = Changes(
                country=country,
                topic=last.topic,
                partition=last.partition,
                last_offset=last.offset,
            ).SerializeToString()
            for start in range(0, len(touched), MOST_TOUCHED):
                tail = "".join(touched[start : start + MOST_TOUCHED]).encode()
                yield Outgoing(CHANGES, country.encode(), head + tail, [])


def erased_change(country: str, named: Iterable[tuple[int, str, str]]) -> Outgoing:
    """The message that records (family, id, person) are gone."""
    touched = [
        Touched(family=RecordFamily.ValueType(code), record_uid=uid, person=person)
        for code, uid, person in named
    ]
    return Outgoing(
        CHANGES,
        country.encode(),
        Changes(country=country, touched=touched).SerializeToString(),
        [],
    )


def _touched(code: int, uid: str, person: str) -> str:
    """A `Touched` inside `Changes` as protobuf writes it, all of whose bytes happen to be ASCII.

    Making the message itself takes eight times as long and is done for every record.
    """
    named = f"\x1a{chr(len(person))}{person}" if person else ""
    inside = f"\x08{chr(code)}\x12{chr(len(uid))}{uid}{named}"
    return f"\x12{chr(len(inside))}{inside}"
