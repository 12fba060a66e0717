"""A steady stream of ordinary records for fault tests: seeded, valid, and full of corrections."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from tests.support.oracle import RecordMessage
from tests.support.population import admission, discharge, facility, retraction, review, revised

FIRST = date(2024, 6, 1)
SUBSTANCES = (11, 21, 32, 42, 71)


def ordinary_records(people: int, seed: int = 1) -> Iterator[RecordMessage]:
    """Two facilities, then about three records per person, some of them corrected or taken back."""
    chance = random.Random(seed)
    yield facility("F1")
    yield facility("F2", admin1="KE-28", settings=[5])
    for number in range(people):
        yield from _person(f"person {number}", chance)


def _person(name: str, chance: random.Random) -> Iterator[RecordMessage]:
    start = FIRST + timedelta(days=chance.randrange(600))
    came = admission(
        name,
        start.isoformat(),
        facility_id=chance.choice(("F1", "F2")),
        sex=chance.choice((1, 2)),
        substance=chance.choice(SUBSTANCES),
        status=chance.choice((1, 2, 99)),
        birth_year=chance.randrange(1960, 2005),
    )
    yield came
    yield review(came, (start + timedelta(days=30)).isoformat())
    left = discharge(came, (start + timedelta(days=chance.randrange(31, 200))).isoformat(), 12)
    yield left
    fate = chance.random()
    if fate < 0.1:
        yield retraction(came, 2)
    elif fate < 0.3:
        corrected = revised(left, 2)
        corrected.record.discharge_reason, corrected.record.planned = 31, False
        yield corrected
