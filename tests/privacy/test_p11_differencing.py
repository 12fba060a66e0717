"""P11: two vintages beside each other do not tell of whom there is one more."""

from random import Random

import pytest

from gtms.indicators.catalogue import CATALOGUE
from gtms.privacy import revisions
from gtms.privacy.cells import SUPPRESSED, Status
from gtms.records.profiles import DEFAULT_PROFILE
from gtms.release.judging import Rules
from tests.support.differencing import (
    DIMENSIONS,
    cells_of,
    deduced,
    population,
    somebody,
    vintages,
)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("change", ["one late admission", "a correction"])
def test_who_came_between_two_vintages_is_not_found(seed, change):
    people, random = population(seed), Random(seed + 1000)
    changed = {
        "one late admission": [*people, somebody(random)],
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
    first, second = vintages(people, [*people, somebody(Random(4))])
    assert () in deduced(first, second)


def test_the_catalogue_has_the_tables_of_this_test():
    whole = {name for table in CATALOGUE["A02"].tables for name in table}
    assert DIMENSIONS.keys() <= whole


@pytest.mark.parametrize("seed", range(6))
def test_what_a_vintage_hid_the_next_one_does_not_tell_exactly(seed):
    """Else who knows that little has changed has what was hidden, and what was hidden with it."""
    people = population(seed)[:60]
    first, second = vintages(people, people + people[:40])
    hidden = {cell.place for cell in first if cell.status in SUPPRESSED}
    told = {cell.status for cell in second if cell.place in hidden}
    assert hidden
    assert Status.OK not in told
    assert Rules().leaks(second, DEFAULT_PROFILE, [first]) == []
    exact = [cell for cell in cells_of(people + people[:40]) if cell.place in hidden]
    shown = [max(exact, key=lambda cell: cell.value or 0)]
    found = revisions.changes(shown, [first], CATALOGUE, DEFAULT_PROFILE)
    assert "an earlier vintage hides it" in {breach.because for breach in found}
