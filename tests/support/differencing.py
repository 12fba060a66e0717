"""Two vintages beside each other, and what an outsider makes of them.

The outsider here is simpler than the attack that the system makes on itself: it knows only that the
cells of a table add up, and what both vintages say exactly.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

from gtms.privacy.cells import Cell, Status
from gtms.records.profiles import DEFAULT_PROFILE
from gtms.release.judging import Rules

PERIOD = "2025"
DIMENSIONS = {
    "sex": ("MALE", "MALE", "FEMALE"),
    "age_band": ("20–24", "25–29", "30–34", "35–39"),
    "substance_group": ("OPIOIDS", "OPIOIDS", "CANNABIS", "COCAINE"),
}
TABLES = [names for size in range(3) for names in combinations(DIMENSIONS, size)]
FEW = range(1, 5)
Person = tuple[str, ...]
Place = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Outsider:
    """What somebody finds out who reads one vintage."""

    known: dict[Place, float]


def somebody(random: Random) -> Person:
    return tuple(random.choice(labels) for labels in DIMENSIONS.values())


def cells_of(people: Sequence[Person]) -> list[Cell]:
    """People in treatment, by every table of one and two dimensions."""
    found = []
    for table in TABLES:
        counted = Counter(
            tuple((name, person[place]) for place, name in enumerate(DIMENSIONS) if name in table)
            for person in people
        )
        for labels, number in counted.items():
            dimensions = tuple(sorted(labels))
            found.append(Cell("A02", "value", PERIOD, dimensions, number, number, None, Status.OK))
    return found


def read(cells: Sequence[Cell]) -> Outsider:
    """What is told, and what is left when all but one of a whole are told."""
    exact = (Status.OK, Status.LOW_LINKAGE)
    known = {
        cell.dimensions: cell.value
        for cell in cells
        if cell.status in exact and cell.value is not None
    }
    wholes = list(_wholes([cell.dimensions for cell in cells]))
    while True:
        before = len(known)
        for whole, parts in wholes:
            unknown = [each for each in (whole, *parts) if each not in known]
            if len(unknown) == 1:
                total = sum(known[each] for each in parts if each != unknown[0])
                (left,) = unknown
                known[left] = total if left == whole else known[whole] - total
        if len(known) == before:
            return Outsider(known)


def _wholes(places: Sequence[Place]) -> Iterator[tuple[Place, list[Place]]]:
    for whole in places:
        named = {name for name, _ in whole}
        for name in DIMENSIONS.keys() - named:
            parts = [
                place
                for place in places
                if len(place) == len(whole) + 1 and set(whole) < set(place) and name in dict(place)
            ]
            if parts:
                yield whole, parts


def deduced(first: Sequence[Cell], second: Sequence[Cell]) -> set[Place]:
    """Of which cells it is found that few people came or went."""
    before, after = read(first).known, read(second).known
    return {place for place in before.keys() & after if abs(after[place] - before[place]) in FEW}


def vintages(people: Sequence[Person], changed: Sequence[Person]) -> tuple[list[Cell], list[Cell]]:
    first = Rules().protected(cells_of(people), DEFAULT_PROFILE, [])
    return first, Rules().protected(cells_of(changed), DEFAULT_PROFILE, [first])


def population(seed: int) -> list[Person]:
    random = Random(seed)
    return [somebody(random) for _ in range(random.randrange(60, 400))]
