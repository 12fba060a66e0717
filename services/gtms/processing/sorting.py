"""Events as they came, sorted into families; what can never be read, with what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gtms.events.many import Doubtful, Incoming, Unwrapped, by_family, one_by_one, unwrap
from gtms.events.tombstones import without_tombstones
from gtms.families import Family


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An event that can never be read, and the reason, without anything found in it."""

    event: Incoming
    reason: str


@dataclass(frozen=True, slots=True)
class Sorted:
    """Some events: those of each family, and those of none."""

    families: Sequence[Unwrapped]
    unreadable: Sequence[Unreadable]


def sort(events: Sequence[Incoming]) -> Sorted:
    """Sort events as Kafka gave them; what their key, headers and value say is checked.

    Tombstones say nothing and are left out.
    """
    families: list[Unwrapped] = []
    unreadable: list[Unreadable] = []
    for family, group in by_family(without_tombstones(events)).items():
        found, wrong = _readable(family, group)
        families += [found] if found else []
        unreadable += wrong
    return Sorted(families, unreadable)


def sort_closely(events: Sequence[Incoming]) -> Sorted:
    """As `sort`, each event by itself and with a look at every date, code and decimal."""
    sound, wrong = one_by_one(without_tombstones(events))
    again = sort(sound)
    return Sorted(again.families, [*again.unreadable, *(Unreadable(e, w.reason) for e, w in wrong)])


def _readable(
    family: Family | None, events: list[Incoming]
) -> tuple[Unwrapped | None, list[Unreadable]]:
    if family is not None:
        try:
            return unwrap(family, events), []
        except Doubtful:
            pass
    sound, errors = one_by_one(events)
    wrong = [Unreadable(event, error.reason) for event, error in errors]
    kept: list[Incoming] = []
    for event in sound:
        if family is not None and _fits(family, event):
            kept.append(event)
        else:
            wrong.append(Unreadable(event, "its topic or its pseudonym is not one of its family"))
    return unwrap(family, kept) if family is not None and kept else None, wrong


def _fits(family: Family, event: Incoming) -> bool:
    """Whether an event that is sound by itself is where it belongs, and fits into the tables."""
    try:
        unwrap(family, [event])
    except Doubtful:
        return False
    return True
