"""Scores of the scales of an interview, from the answers alone. Pure.

The Treatment Outcomes Profile (TOP) has nothing to score: its items are days of the last 28.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

_WHOQOL_ITEMS = 26
_MOST_MISSING = 5  # 20 %, rounded down
_NEGATIVE = frozenset({3, 4, 26})  # pain, medication, negative feelings: 1 is best
_DOMAINS: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "physical": (3, 4, 10, 15, 16, 17, 18),
        "psychological": (5, 6, 7, 11, 19, 26),
        "social": (20, 21, 22),
        "environment": (8, 9, 12, 13, 14, 23, 24, 25),
    }
)
_MAY_BE_MISSING = {"physical": 2, "psychological": 2, "social": 0, "environment": 2}

WHOQOL_DOMAINS = tuple(_DOMAINS)
BARC10_TOTALS = range(10, 61)
"""What a total can be."""


def barc10_total(items: Sequence[int]) -> int | None:
    """The sum of ten answers of 1 to 6, from 10 to 60; None when an answer is missing (R082).

    Vilsaint et al. (2017), Development and validation of a Brief Assessment of Recovery Capital
    (BARC-10). Drug and Alcohol Dependence 177: a simple sum, no item reversed, and 47 or more goes
    with lasting remission.
    """
    return _sum(items, number=10, most=6)


def sure_total(items: Sequence[int]) -> int | None:
    """The sum of 21 answers of 1 to 3, from 21 to 63; None when an answer is missing.

    Neale et al. (2016), Development and validation of 'SURE'. Drug and Alcohol Dependence 165.
    """
    return _sum(items, number=21, most=3)


def whoqol_domains(items: Sequence[int]) -> Mapping[str, float] | None:
    """Domain to its score of 4 to 20; None when the scale is not to be stored (R083).

    WHOQOL-BREF, Introduction, administration, scoring and generic version of the assessment (WHO
    1996), steps for checking and cleaning: answers of 1 to 5, 0 is missing; with more than 20 %
    missing the assessment is discarded. Items 3, 4 and 26 are reversed. A domain is 4 × the mean of
    its answers, which puts that mean in the place of up to two missing ones; with more missing, or
    any of the three social ones, it has no score. 0-100 is (score - 4) × 100 / 16.
    """
    if len(items) != _WHOQOL_ITEMS or not all(0 <= item <= 5 for item in items):
        return None
    if items.count(0) > _MOST_MISSING:
        return None
    return {
        domain: 4 * sum(answers) / len(answers)
        for domain, numbers in _DOMAINS.items()
        if len(answers := _answers(items, numbers)) >= len(numbers) - _MAY_BE_MISSING[domain]
    }


def _answers(items: Sequence[int], numbers: Sequence[int]) -> list[int]:
    """The answers to some items, counted from 1, that are not missing; 5 is always best."""
    return [
        6 - items[number - 1] if number in _NEGATIVE else items[number - 1]
        for number in numbers
        if items[number - 1] != 0
    ]


def _sum(items: Sequence[int], number: int, most: int) -> int | None:
    complete = len(items) == number and all(1 <= item <= most for item in items)
    return sum(items) if complete else None
