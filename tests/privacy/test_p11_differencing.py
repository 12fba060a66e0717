"""P11, P12: two vintages beside each other do not tell of whom there is one more, or one less.

The outsider here is simpler than the attack that the system makes on itself: it knows only that the
cells of a table add up, and what both vintages say exactly.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

import pytest

from gtms.indicators.catalogue import CATALOGUE
from gtms.privacy import revisions
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


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("change", ["one late admission", "one erasure", "a correction"])
def test_who_came_or_went_between_two_vintages_is_not_found(seed, change):
    people, random = population(seed), Random(seed + 1000)
    changed = {
        "one late admission": [*people, somebody(random)],
        "one erasure": people[1:],
        "a correction": [somebody(random), *people[1:]],
    }[change]
    first, second = vintages(people, changed)
    assert deduced(first, second) == set()
    assert Rules().leaks(second, DEFAULT_PROFILE, [first]) == []


def test_a_vintage_that_says_the_same_is_as_exact_as_the_first():
    people = population(1)
    first, second = vintages(people, people)
    assert second == first


def test_what_changed_by_many_is_told_exactly():
    people = population(2)
    _, second = vintages(people, [*people, *people])
    (total,) = [cell for cell in second if not cell.dimensions]
    assert (total.status, total.value) == (Status.OK, 2 * len(people))


def test_a_third_vintage_is_set_against_all_before_it():
    """Steps in which nothing is found alone must not add up to something."""
    people, random = population(3), Random(3)
    first, second = vintages(people, [*people, somebody(random)])
    more = [*people, somebody(random), somebody(random)]
    third = Rules().protected(cells_of(more), DEFAULT_PROFILE, [first, second])
    assert deduced(first, third) == set()
    assert deduced(second, third) == set()


def test_without_the_guard_the_check_finds_it(monkeypatch):
    monkeypatch.setattr(revisions, "in_steps", lambda cells, public, *_: list(public))
    people = population(4)
    for changed in ([*people, somebody(Random(4))], people[1:]):
        first, second = vintages(people, changed)
        assert () in deduced(first, second)


def test_without_the_guard_the_release_is_refused(monkeypatch):
    monkeypatch.setattr(revisions, "in_steps", lambda cells, public, *_: list(public))
    people = population(5)
    first, second = vintages(people, people[1:])
    (total, *_) = [
        leak
        for leak in Rules().leaks(second, DEFAULT_PROFILE, [first])
        if any(not cell.dimensions for cell in leak.cells)
    ]
    assert total.because == "an earlier vintage differs by few people"


def test_the_catalogue_has_the_tables_of_this_test():
    whole = {name for table in CATALOGUE["A02"].tables for name in table}
    assert DIMENSIONS.keys() <= whole
