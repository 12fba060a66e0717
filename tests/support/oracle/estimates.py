"""Estimates of populations, and what is counted set against them, stratum by stratum."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

from . import codes
from .cells import Sheet, Traits, grouped
from .periods import Period, Profile, year_of
from .surroundings import Estimate
from .visible import Live

DRUG_USE_DISORDERS, OPIOID_DEPENDENT, POPULATION, OPIOID_DEPENDENT_INJECTORS = 1, 3, 4, 6
WORKING_AGE = "age=15-64"
# Each value of these is set against the estimate of the whole country.
UNDIVIDED = frozenset({"intervention"})

Formula: TypeAlias = Callable[[int, float], float]
"""What is told of n when so many are estimated."""
Bounds: TypeAlias = Mapping[str, Callable[[Estimate], float | None]]
"""Measure → the figure of the estimate that it is computed with."""


def strata(
    live: Sequence[Live], kind: int, period: Period, profile: Profile
) -> dict[str, Estimate]:
    """The estimates of a kind for the country's year of the period, by stratum.

    A stratum is spelled as the key of a cell: "" of all, "sex=FEMALE",
    "sex=FEMALE|substance_group=OPIOIDS". Of several in one age stratum the widest holds.
    """
    found = [
        each.content
        for each in live
        if isinstance(each.content, Estimate)
        and each.content.kind == kind
        and each.content.year == year_of(period, profile)
    ]
    narrowest_first = sorted(found, key=_years_of_age)
    return {_stratum(each): each for each in narrowest_first}


def _years_of_age(estimate: Estimate) -> int:
    youngest = 0 if estimate.age_lo is None else estimate.age_lo
    oldest = 120 if estimate.age_hi is None else estimate.age_hi
    return oldest - youngest


def _stratum(estimate: Estimate) -> str:
    parts = []
    if estimate.admin1_code:
        parts.append(f"admin1={estimate.admin1_code}")
    if estimate.age_lo is not None or estimate.age_hi is not None:
        parts.append(_age(estimate.age_lo, estimate.age_hi))
    if estimate.sex:
        parts.append(f"sex={codes.sex(estimate.sex)}")
    if estimate.substance_group:
        parts.append(f"substance_group={codes.substance_group(estimate.substance_group)}")
    return "|".join(parts)


def _age(youngest: int | None, oldest: int | None) -> str:
    if oldest == 24 and (youngest is None or youngest <= 15):
        return "age_25=<25"
    if youngest == 25 and (oldest is None or oldest >= 64):
        return "age_25=25+"
    return f"age={youngest}-{oldest}"


def of_working_age(found: Mapping[str, Estimate]) -> dict[str, Estimate]:
    """The strata of people of 15 to 64 years, spelled without their age."""
    split = {stratum: stratum.split("|") for stratum in found}
    return {
        "|".join(part for part in parts if part != WORKING_AGE): found[stratum]
        for stratum, parts in split.items()
        if WORKING_AGE in parts
    }


def dimensions_of(stratum: str) -> tuple[str, ...]:
    return tuple(part.partition("=")[0] for part in stratum.split("|") if part)


def set_against(
    sheet: Sheet,
    amounts: Sequence[tuple[Traits, int]],
    found: Mapping[str, Estimate],
    formula: Formula,
    bounds: Bounds,
) -> None:
    """What is counted in each stratum against the estimate of it.

    A stratum of which there is an estimate has its cell even if nobody is counted in it; of what is
    counted without an estimate (or with one of 0) only the total is told, as not available.
    """
    for grouping in sheet.groupings():
        counted = {key: sum(those) for key, those in grouped(amounts, grouping).items()}
        estimated = _estimated(grouping, counted, found)
        for key in sorted(counted.keys() | estimated.keys()):
            n = counted.get(key, 0)
            for measure, bound in bounds.items():
                size = bound(estimated[key]) if key in estimated else None
                if size:
                    sheet.write(grouping, key, formula(n, size), n, size, measure=measure)
                elif not grouping:
                    sheet.not_available(n, 0, measure=measure)


def _estimated(
    grouping: tuple[str, ...], counted: Iterable[str], found: Mapping[str, Estimate]
) -> dict[str, Estimate]:
    if UNDIVIDED & set(grouping):
        return {key: found[""] for key in counted if "" in found}
    return {key: each for key, each in found.items() if dimensions_of(key) == grouping}
