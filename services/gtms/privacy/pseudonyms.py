"""Pseudonyms: made in the country, from an identity and a key that never leave it.

A pseudonym is the first 16 bytes of HMAC-SHA-256(key, algo_id ‖ 0x1F ‖ normalised identity) in
lower-case hexadecimal. The id of the algorithm is part of what is hashed, so that two algorithms
never give the same pseudonym, and neither do people in treatment and participants of trainings.

An algorithm's id says everything that a receiver has to know of it:

    [participant-]nid-SCHEME-v1[-kN]    the national number, its check digit by SCHEME
    [participant-]slk-581-v1[-kN]       a statistical linkage key in the style of SLK-581

`kN` is the country's Nth key, from the second on.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gtms.privacy.identities import SCHEMES, Identity, linkage_key, national_number

SEPARATOR = b"\x1f"
PSEUDONYM_BYTES = 16
LINKAGE_KEY = "slk-581"

FORMS: Sequence[str] = (*(f"nid-{scheme}" for scheme in SCHEMES), LINKAGE_KEY)
"""How an identity becomes text: a national number with one of the schemes, or a linkage key."""

UNIQUE_ID, EPISODE_ONLY = 1, 5
LEVEL_OF_UNKNOWN = (2, 3, 4, 5, 5)
"""Linkage level of a linkage key by how many of its four parts are not known: what a key of fewer
parts tells apart is a smaller circle of people, a region's, then a facility's, then nobody's."""

_PSEUDONYM = re.compile(r"[0-9a-f]{32}")
_FILLED = re.compile(r"(.)\1{11}")


class Subject(StrEnum):
    """Whose pseudonyms a key makes. The two have different keys and are never joined."""

    CLIENT = "client"
    PARTICIPANT = "participant"


@dataclass(frozen=True, slots=True)
class Algorithm:
    """A registered algorithm: whose pseudonyms, of what, with which of the country's keys."""

    subject: Subject
    form: str
    key_number: int = 1

    @property
    def algo_id(self) -> str:
        """The name under which records say it (`linkage_algo`), and the domain of the hash."""
        whose = "participant-" if self.subject is Subject.PARTICIPANT else ""
        return f"{whose}{self.form}-v1{f'-k{self.key_number}' if self.key_number > 1 else ''}"


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """What travels of a person: 32 hexadecimal digits, how they were made and how far they link."""

    value: str
    algo_id: str
    linkage_level: int
    """Code list LinkageLevel."""


@dataclass(frozen=True, slots=True, repr=False)
class Normalised:
    """What is hashed of an identity. Never printed, except of the published made-up ones."""

    algorithm: Algorithm
    text: str
    linkage_level: int


def normalise(algorithm: Algorithm, identity: Identity) -> Normalised:
    """What `algorithm` hashes of the identity; without a valid national number, the linkage key.

    Raises:
        Unreadable: the birth date or the sex, where the linkage key is needed.
    """
    if algorithm.form != LINKAGE_KEY:
        number = national_number(identity, algorithm.form.removeprefix("nid-"))
        if number is not None:
            return Normalised(algorithm, number, UNIQUE_ID)
        algorithm = Algorithm(algorithm.subject, LINKAGE_KEY, algorithm.key_number)
    key = linkage_key(identity)
    return Normalised(algorithm, key.text, LEVEL_OF_UNKNOWN[key.unknown])


def pseudonym(key: bytes, algorithm: Algorithm, identity: Identity) -> Pseudonym:
    """The pseudonym of a person. Pure: the same person, key and algorithm give the same for ever.

    Raises:
        Unreadable: the birth date or the sex.
    """
    said = normalise(algorithm, identity)
    value = keyed(key, said.algorithm.algo_id, said.text)
    return Pseudonym(value, said.algorithm.algo_id, said.linkage_level)


def keyed(key: bytes, algo_id: str, normalised: str) -> str:
    """The formula alone."""
    message = algo_id.encode() + SEPARATOR + normalised.encode()
    return hmac.digest(key, message, hashlib.sha256)[:PSEUDONYM_BYTES].hex()


def is_plausible(value: str) -> bool:
    """Whether this can be a pseudonym: 32 lower-case hexadecimal digits, none 12 times in a row.

    The same as the rule of the schemas. A keyed hash breaks the second part once in 10¹² times; a
    national number that was filled up with zeros always does.
    """
    return bool(_PSEUDONYM.fullmatch(value)) and not _FILLED.search(value)
