"""P12: two vintages beside each other do not tell of whom there is one less.

That a draft made before an erasure is not published is in tests/integration/release.
"""

import pytest

from gtms.privacy import revisions
from gtms.records.profiles import DEFAULT_PROFILE
from gtms.release.judging import Rules
from tests.support.differencing import deduced, population, vintages


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("erased", [1, 2, 4])
def test_who_was_erased_between_two_vintages_is_not_found(seed, erased):
    people = population(seed)
    first, second = vintages(people, people[erased:])
    assert deduced(first, second) == set()
    assert Rules().leaks(second, DEFAULT_PROFILE, [first]) == []


def test_without_the_guard_the_check_finds_it(monkeypatch):
    monkeypatch.setattr(revisions, "in_steps", lambda cells, public, *_: list(public))
    people = population(4)
    first, second = vintages(people, people[1:])
    assert () in deduced(first, second)


def test_without_the_guard_the_release_is_refused(monkeypatch):
    monkeypatch.setattr(revisions, "in_steps", lambda cells, public, *_: list(public))
    people = population(5)
    first, second = vintages(people, people[1:])
    told = [
        leak.because
        for leak in Rules().leaks(second, DEFAULT_PROFILE, [first])
        if any(not cell.dimensions for cell in leak.cells)
    ]
    assert told == ["an earlier vintage differs by few people"]
