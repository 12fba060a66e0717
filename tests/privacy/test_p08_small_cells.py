"""P08: cells of 0, 1, k-1, k and k+1: hidden is never taken for zero, and the boundary is exact."""

import pytest

from gtms.indicators.catalogue import CATALOGUE
from gtms.privacy import rules
from gtms.privacy.cells import Cell, Status
from gtms.privacy.suppression import protect
from gtms.records.profiles import DEFAULT_PROFILE, Profile
from tests.support.published import count

WIDER = Profile(k_threshold=10, rounding_base=10)
PLACES = {"country": {}, "region": {"admin1": "north"}}


def wrong(cell: Cell, people: int, profile: Profile) -> bool:
    """Whether a published cell tells of few people, or may be taken for none."""
    few = 0 < people < profile.k_threshold
    if few:
        parts = (cell.value, cell.numerator, cell.denominator)
        return cell.status is not Status.SUPPRESSED_PRIMARY or parts != (None, None, None)
    return cell.value is None or (cell.value == 0) != (people == 0)


def check(profile: Profile) -> list[tuple[str, int]]:
    k = profile.k_threshold
    found = []
    for where, labels in PLACES.items():
        for people in (0, 1, k - 1, k, k + 1):
            (cell,) = protect([count("B01", people, **labels)], CATALOGUE, profile)
            if wrong(cell, people, profile):
                found.append((where, people))
    return found


@pytest.mark.parametrize("profile", [DEFAULT_PROFILE, WIDER])
def test_the_boundary_is_exact_and_hidden_is_not_zero(profile):
    assert check(profile) == []


def test_a_base_wider_than_the_threshold_rounds_nobody_away():
    (cell,) = protect(
        [count("B01", 6, admin1="north")], CATALOGUE, Profile(k_threshold=5, rounding_base=20)
    )
    assert cell.value == 20


def test_the_check_finds_a_rule_that_is_gone(monkeypatch):
    monkeypatch.setattr(rules, "is_small", lambda people, profile: False)
    assert ("country", 1) in check(DEFAULT_PROFILE)
    assert ("region", 4) in check(DEFAULT_PROFILE)


def test_the_check_finds_a_boundary_that_is_off_by_one(monkeypatch):
    monkeypatch.setattr(rules, "is_small", lambda people, profile: 0 < people <= 5)
    assert ("country", 5) in check(DEFAULT_PROFILE)
