"""Credentials that are refused before they expire: a list that an operator keeps. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Denied:
    """What is refused: tokens by their `jti`, everything of a subject by its `sub`."""

    tokens: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()


def denied(text: bytes) -> Denied:
    """Read the list: a line is `token JTI` or `subject SUB`; `#` begins a remark.

    Raises:
        ValueError: a line is neither.
    """
    found: dict[str, set[str]] = {"token": set(), "subject": set()}
    for number, line in enumerate(text.decode().splitlines(), start=1):
        kind, _, name = line.partition("#")[0].strip().partition(" ")
        if not kind:
            continue
        if kind not in found or not name.strip():
            raise ValueError(f"line {number} is neither `token JTI` nor `subject SUB`")
        found[kind].add(name.strip())
    return Denied(frozenset(found["token"]), frozenset(found["subject"]))
