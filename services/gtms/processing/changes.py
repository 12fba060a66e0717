"""What a batch touched, as the messages that tell the owners of the countries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from gtms.events.envelope import Outgoing
from gtms.events.many import Unwrapped
from gtms.events.topics import CHANGES
from gtms.warehouse.writer import persons
from treatment.changes.v1.changes_pb2 import Changes, Touched
from treatment.common.v1.codes_pb2 import RecordFamily

MOST_TOUCHED = 5_000
"""Records in one message; more are told in several."""


def changes(families: Iterable[Unwrapped]) -> Iterator[Outgoing]:
    """One message for each country of each family, or several of at most `MOST_TOUCHED` records."""
    for found in families:
        code = RecordFamily.ValueType(found.family.code)
        by_country: defaultdict[str, list[Touched]] = defaultdict(list)
        for country, uid, person in zip(found.countries, found.uids, persons(found), strict=True):
            by_country[country].append(Touched(family=code, record_uid=uid, person=person))
        last = found.events[-1]
        for country, touched in by_country.items():
            for start in range(0, len(touched), MOST_TOUCHED):
                message = Changes(
                    country=country,
                    touched=touched[start : start + MOST_TOUCHED],
                    topic=last.topic,
                    partition=last.partition,
                    last_offset=last.offset,
                )
                yield Outgoing(CHANGES, country.encode(), message.SerializeToString(), [])
