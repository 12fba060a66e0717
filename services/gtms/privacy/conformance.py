"""Conformance vectors: made-up identities and the pseudonyms that every sender must make of them.

One file per form in `vectors/`, with the pseudonyms of clients and of participants under one
published key. A national system in any language proves with them that it makes the same.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files

from gtms.privacy.identities import PARTS, Identity
from gtms.privacy.keys import Key
from gtms.privacy.pseudonyms import FORMS, Algorithm, Subject, pseudonym
from gtms.trouble import Trouble

PUBLISHED_KEY = bytes(range(32))
"""00 01 02 … 1f. For vectors only."""

ANSWER = ("vector", "pseudonym", "algo_id", "linkage_level")
"""Columns of what a sender has made; the first two must be there."""


@dataclass(frozen=True, slots=True)
class Vector:
    """One made-up identity and what is made of it."""

    number: str
    identity: Identity
    normalised: str
    pseudonym: str
    algo_id: str
    linkage_level: str


def key(subject: Subject) -> Key:
    """The published key."""
    return Key(PUBLISHED_KEY, subject)


def algorithm_named(algo_id: str) -> Algorithm:
    """A registered algorithm by its id, of a country's first key, or by its form alone.

    Raises:
        Trouble: there is none of this id.
    """
    registered = {
        name: Algorithm(subject, form)
        for subject in reversed(Subject)
        for form in FORMS
        for name in (Algorithm(subject, form).algo_id, form)
    }
    if algo_id not in registered:
        known = ", ".join(name for name in registered if name.endswith("-v1"))
        raise Trouble(f"--algo is none of {known}")
    return registered[algo_id]


def vectors(algorithm: Algorithm) -> tuple[Vector, ...]:
    """The vectors of a registered algorithm."""
    folder = files("gtms.privacy").joinpath("vectors")
    text = folder.joinpath(f"{algorithm.form}-v1.csv").read_text(encoding="utf-8")
    whose = algorithm.subject.value
    return tuple(
        Vector(
            number=row["vector"],
            identity=Identity(**{part: row[part] for part in PARTS}),
            normalised=row["normalised"],
            pseudonym=row[f"{whose}_pseudonym"],
            algo_id=row[f"{whose}_algo_id"],
            linkage_level=row["linkage_level"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def ours(algorithm: Algorithm) -> list[Mapping[str, str]]:
    """What this implementation makes of the vectors, in the columns of an answer."""
    made: list[Mapping[str, str]] = []
    for each in vectors(algorithm):
        said = pseudonym(PUBLISHED_KEY, algorithm, each.identity)
        row = (each.number, said.value, said.algo_id, str(said.linkage_level))
        made.append(dict(zip(ANSWER, row, strict=True)))
    return made


def differing(algorithm: Algorithm, answers: Iterable[Mapping[str, str]]) -> list[str]:
    """The numbers of the vectors that are not answered, or otherwise than they must be."""
    said = {row.get("vector", ""): row for row in answers}
    return [each.number for each in vectors(algorithm) if not _same(each, said.get(each.number))]


def _same(vector: Vector, answer: Mapping[str, str] | None) -> bool:
    if answer is None or answer.get("pseudonym") != vector.pseudonym:
        return False
    also = {"algo_id": vector.algo_id, "linkage_level": vector.linkage_level}
    return all(answer.get(name, must) == must for name, must in also.items())
