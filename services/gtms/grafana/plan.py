"""Which changes bring an organisation from what it has to what it should have. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gtms.grafana.contents import KINDS, Contents, Found, Json, Kind, Thing

_WHOLE = frozenset({Kind.DASHBOARD})
"""Nothing may be there that is not wanted; Grafana adds fields of its own to all else."""

REDACTED = "[REDACTED]"
"""What Grafana shows in the place of a secret: taken for the right one."""


class Verb(StrEnum):
    """What is done to a thing."""

    CREATE = "create"
    UPDATE = "update"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Change:
    """One change to one organisation.

    Attributes:
        key: of the thing, among those of its kind.
        body: the thing as it should be; as it is, when it is removed.
    """

    organisation: str
    verb: Verb
    kind: Kind
    key: str
    body: Json

    def __str__(self) -> str:
        """One line for a person."""
        name = f" {self.key}" if self.kind is not Kind.ORGANISATION else ""
        return f"{self.verb} {self.kind}{name}"


def changes(organisation: str, wanted: Contents, found: Found) -> tuple[Change, ...]:
    """The changes, in an order in which Grafana can take them; none when all is as it should be."""
    if found.by_files or not (wanted or found.exists):
        return ()
    made = [*_missing(organisation, found), *_towards(organisation, wanted, found)]
    return (*made, *_leftovers(organisation, wanted, found))


def _missing(organisation: str, found: Found) -> Iterator[Change]:
    if not found.exists:
        yield Change(organisation, Verb.CREATE, Kind.ORGANISATION, organisation, {})


def _towards(organisation: str, wanted: Contents, found: Found) -> Iterator[Change]:
    for thing in sorted(wanted, key=_order):
        kind, key = thing
        body = wanted[thing]
        there = found.contents.get(thing)
        if there is None:
            yield Change(organisation, Verb.CREATE, kind, key, body)
        elif not _is_as_wanted(kind, there, body, found):
            yield Change(organisation, Verb.UPDATE, kind, key, body)


def _leftovers(organisation: str, wanted: Contents, found: Found) -> Iterator[Change]:
    left = set(found.contents) - set(wanted)
    for kind, key in sorted(left, key=_order, reverse=True):
        stays = kind is Kind.FOLDER and key in found.shared
        if kind is not Kind.ACCESS and not stays:  # access goes with its folder
            yield Change(organisation, Verb.REMOVE, kind, key, found.contents[kind, key])


def _order(thing: Thing) -> tuple[int, str]:
    kind, key = thing
    return KINDS.index(kind), key


def _is_as_wanted(kind: Kind, there: Json, wanted: Json, found: Found) -> bool:
    if kind is Kind.DATA_SOURCE and not found.works:
        return False
    if kind in _WHOLE:
        return there == wanted
    return _covers(there, wanted)


def _covers(there: object, wanted: object) -> bool:
    """Whether all that is wanted is there; fields that nobody asked for do not count."""
    if isinstance(there, dict) and isinstance(wanted, dict):
        return all(name in there and _covers(there[name], wanted[name]) for name in wanted)
    if isinstance(there, list) and isinstance(wanted, list):
        pairs = zip(there, wanted, strict=False)
        return len(there) == len(wanted) and all(_covers(one, other) for one, other in pairs)
    return there in (wanted, REDACTED)
