"""Which records were erased and must not come back: known by keyed hashes of their ids. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from gtms.families import FAMILIES, Family
from gtms.records.identifiers import record_uid

_ADMISSION = FAMILIES["admission"]


def digest(key: bytes, country: str, uid: str) -> str:
    """32 hexadecimal digits that stand for a record and, without the key, tell nothing of it."""
    return blake2b(f"{country}/{uid}".encode(), key=key, digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Erased:
    """The records that were erased, by country."""

    key: bytes
    digests: Mapping[str, Collection[str]]

    def holds(self, family: Family, country: str, uid: str, value: bytes) -> bool:
        """Whether an event is about one of them: it is the record, or an outcome of it."""
        known = self.digests.get(country)
        return known is not None and any(
            digest(self.key, country, one) in known for one in _about(family, country, uid, value)
        )


def _about(family: Family, country: str, uid: str, value: bytes) -> Iterator[str]:
    yield uid
    if family.name == "outcome":
        message: Any = family.record_type.FromString(value)
        if message.HasField("record"):
            outcome = message.record
            yield record_uid(country, _ADMISSION, outcome.facility_id, outcome.episode_id)
