"""What was erased stays so: events of erased records are not stored again, and go from the log."""

from collections.abc import Sequence

import structlog

from gtms import observability
from gtms.events.envelope import Outgoing
from gtms.events.many import Unwrapped, unwrap
from gtms.events.tombstones import tombstone
from gtms.privacy.erased import Erased
from gtms.processing.sorting import Sorted

_log = structlog.get_logger("gtms.processing")


def sift(found: Sorted, erased: Erased) -> tuple[Sorted, list[Outgoing]]:
    """What may be stored, and tombstones for the events that may not.

    Costs next to nothing for countries in which nobody was erased.
    """
    kept: list[Unwrapped] = []
    tombstones: list[Outgoing] = []
    for family in found.families:
        back = [place for place in _places(family, erased) if _is_back(family, place, erased)]
        if not back:
            kept.append(family)
            continue
        tombstones += _tombstones(family, back)
        gone = frozenset(back)
        events = [event for place, event in enumerate(family.events) if place not in gone]
        kept += [unwrap(family.family, events)] if events else []
    return Sorted(kept, found.unreadable), tombstones


def _places(family: Unwrapped, erased: Erased) -> Sequence[int]:
    """Which events are of countries in which somebody was erased."""
    if erased.digests.keys().isdisjoint(family.countries):
        return ()
    return [place for place, one in enumerate(family.countries) if one in erased.digests]


def _is_back(family: Unwrapped, place: int, erased: Erased) -> bool:
    country, uid = family.countries[place], family.uids[place]
    return erased.holds(family.family, country, uid, family.events[place].value or b"")


def _tombstones(family: Unwrapped, places: Sequence[int]) -> list[Outgoing]:
    topic = family.family.topic
    observability.LOADER_ERASED.labels(topic).inc(len(places))
    _log.info("events of erased records are not stored", topic=topic, events=len(places))
    return [
        tombstone(topic, family.events[place].key or b"", family.uids[place]) for place in places
    ]
