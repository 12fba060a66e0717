"""The audit: who did what, for whom, how much of it; never a value. Pure.

Entries form chains: each carries the hash of the one before it, so that none can be changed, left
out or moved without the chain breaking. Cutting off the end of a chain, or taking away all of it,
breaks nothing inside it; that is seen because chains note each other's heads, and because somebody
outside may keep heads as well (docs/audit.md).
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import MappingProxyType

NOTHING = "0" * 64
"""What the first entry of a chain follows."""

LONGEST_PURPOSE = 120
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_PSEUDONYM = re.compile(r"[0-9a-fA-F]{16,}")


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain had come: the number and hash of its last entry."""

    chain: str
    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done, or refused.

    Attributes:
        at: when, UTC, to the millisecond.
        who: subject of the credential; of a command, the account of the machine; empty if unknown.
        roles: what the subject was at the time.
        country: whose figures it was about; several with a comma between; empty if of no country.
        what: full name of the RPC, or the command.
        purpose: what the caller says it is for.
        counts: how many of what: accepted, rejected, cells; never a value.
        outcome: OK, or the status and reason of a refusal.
        heads: of other chains, as this process saw them.
    """

    at: datetime
    who: str
    roles: tuple[str, ...]
    country: str
    what: str
    purpose: str = ""
    counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    outcome: str = "OK"
    heads: tuple[Head, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An entry in its place in a chain; `previous` and `hash` are SHA-256 in hexadecimal."""

    chain: str
    sequence: int
    previous: str
    entry: Entry
    hash: str

    @property
    def head(self) -> Head:
        """The head of the chain when this was its last entry."""
        return Head(self.chain, self.sequence, self.hash)


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain is not as it was written; `what` says how, in one line without any value."""

    chain: str
    sequence: int
    what: str


def stated_purpose(text: str) -> str:
    """A purpose as it may be kept: one short line, with nothing in it that could be a pseudonym."""
    return _PSEUDONYM.sub("[withheld]", _CONTROL.sub(" ", text))[:LONGEST_PURPOSE]


def link(chain: str, sequence: int, previous: str, entry: Entry) -> Link:
    """The entry in its place."""
    return Link(chain, sequence, previous, entry, digest(chain, sequence, previous, entry))


def digest(chain: str, sequence: int, previous: str, entry: Entry) -> str:
    """SHA-256 over the entry, its place and the hash of the entry before it."""
    return digest_of(said(chain, sequence, previous, entry))


def digest_of(text: str) -> str:
    """SHA-256 over what `said` gives."""
    return hashlib.sha256(text.encode()).hexdigest()


def said(chain: str, sequence: int, previous: str, entry: Entry) -> str:
    """The entry and its place as one JSON list, always written the same way."""
    return json.dumps([chain, sequence, previous, *fields(entry)], separators=(",", ":"))


def fields(entry: Entry) -> list[object]:
    """All that an entry says, in an order that never changes; what can be written as JSON."""
    return [
        entry.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        entry.who,
        list(entry.roles),
        entry.country,
        entry.what,
        entry.purpose,
        sorted(entry.counts.items()),
        entry.outcome,
        [[head.chain, head.sequence, head.hash] for head in entry.heads],
    ]


def verify(links: Iterable[Link], heads: Iterable[Head]) -> Iterator[Break]:
    """Where chains are broken: changed, missing, doubled or moved entries; nothing if nowhere.

    Reads the links once.

    Args:
        links: every entry there is, by chain and number.
        heads: what was seen of chains, by other chains or by somebody outside.
    """
    seen: dict[str, dict[int, str]] = {}
    for head in heads:
        known = seen.setdefault(head.chain, {})
        if known.setdefault(head.sequence, head.hash) != head.hash:
            yield Break(head.chain, head.sequence, "was seen with two different hashes")
    chain = _Chain("", {})
    for one in links:
        if one.chain != chain.name:
            yield from chain.end()
            chain = _Chain(one.chain, seen.pop(one.chain, {}))
        yield from chain.follow(one)
    yield from chain.end()
    for name, known in seen.items():
        yield Break(name, 1, f"the whole chain is missing; it had {max(known)} entries or more")


class _Chain:
    """A chain that is being followed from its first entry on."""

    def __init__(self, name: str, seen: Mapping[int, str]) -> None:
        self.name = name
        self._seen = seen
        self._sequence = 0
        self._hash = NOTHING

    def follow(self, one: Link) -> Iterator[Break]:
        """What is wrong with the next entry."""
        if one.sequence <= self._sequence:
            yield self._broken(one.sequence, "another entry has the same number")
            return
        if one.sequence > self._sequence + 1:
            yield self._broken(self._sequence + 1, f"entries up to {one.sequence - 1} are missing")
        elif one.previous != self._hash:
            yield self._broken(one.sequence, "does not follow the entry before it")
        if digest(one.chain, one.sequence, one.previous, one.entry) != one.hash:
            yield self._broken(one.sequence, "was changed after it was written")
        if self._seen.get(one.sequence, one.hash) != one.hash:
            yield self._broken(one.sequence, "is not the entry that was seen here before")
        self._sequence, self._hash = one.sequence, one.hash

    def end(self) -> Iterator[Break]:
        """What is missing at the end."""
        last = max(self._seen, default=0)
        if last > self._sequence:
            yield self._broken(self._sequence + 1, f"the end is missing; it had {last} entries")

    def _broken(self, sequence: int, what: str) -> Break:
        return Break(self.name, sequence, what)
