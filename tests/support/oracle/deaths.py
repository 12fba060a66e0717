"""Who died, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from . import codes
from .visible import Live, Outcome


@dataclass(frozen=True, slots=True)
class Death:
    day: date
    precision: int
    cause: int


def told_death(live: Sequence[Live], person: str) -> Death | None:
    """What the earliest DEATH that names the person says; of one day the smaller record_uid."""
    told = [
        (each.content.event_date, each.record_uid, each.content)
        for each in live
        if isinstance(each.content, Outcome)
        and each.content.kind == codes.DEATH
        and each.content.person == person
    ]
    if not told:
        return None
    day, _, first = min(told, key=lambda each: each[:2])
    return Death(day, first.precision, first.death_cause)
