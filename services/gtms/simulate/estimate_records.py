"""Estimates of populations: the denominators of coverage.

A country has one estimate for each population, year and stratum, so these depend on the country and
the year alone: every simulated population of a country brings the very same ones.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from random import Random

from gtms.records.codes import SubstanceGroup, substance_group
from gtms.simulate.days import Span
from gtms.simulate.profiles import CountryProfile, common
from gtms.simulate.stamps import Dispatch, Role, Stamp
from treatment.common.v1 import codes_pb2 as codes
from treatment.estimates.v1.reference_estimate_pb2 import (
    ReferenceEstimate,
    ReferenceEstimateRecord,
)

REGIONS = 24
"""As many as a network of facilities has at most."""

_FIRST_CODES = {
    SubstanceGroup.OPIOIDS: codes.SUBSTANCE_OPIOIDS_UNSPECIFIED,
    SubstanceGroup.COCAINE: codes.SUBSTANCE_COCAINE_UNSPECIFIED,
    SubstanceGroup.STIMULANTS: codes.SUBSTANCE_STIMULANTS_UNSPECIFIED,
    SubstanceGroup.SEDATIVES: codes.SUBSTANCE_SEDATIVES_UNSPECIFIED,
    SubstanceGroup.HALLUCINOGENS: codes.SUBSTANCE_HALLUCINOGENS_UNSPECIFIED,
    SubstanceGroup.INHALANTS: codes.SUBSTANCE_VOLATILE_INHALANTS,
    SubstanceGroup.CANNABIS: codes.SUBSTANCE_CANNABIS_UNSPECIFIED,
    SubstanceGroup.OTHER: codes.SUBSTANCE_OTHER_SUBSTANCES,
}
_SEXES = (codes.SEX_MALE, codes.SEX_FEMALE)
_DISORDERS = codes.ESTIMATE_KIND_PEOPLE_WITH_DUD_PAST_YEAR
_OPIOID_KINDS = (
    codes.ESTIMATE_KIND_OPIOID_DEPENDENT_PEOPLE,
    codes.ESTIMATE_KIND_OPIOID_DEPENDENT_PWID,
)


@dataclass(frozen=True, slots=True)
class Size:
    """One estimate: how many, and of whom. 0 and None: all."""

    kind: codes.EstimateKind.ValueType
    value: float
    sex: codes.Sex.ValueType = codes.SEX_UNSPECIFIED
    group: codes.Substance.ValueType = codes.SUBSTANCE_UNSPECIFIED
    admin1: str | None = None
    age_lo: int | None = None
    age_hi: int | None = None
    is_counted: bool = False
    """Whether it comes from a census, and has no interval."""


def years(span: Span) -> range:
    """The calendar years of the span."""
    return range(date.fromordinal(span.first).year, date.fromordinal(span.last).year + 1)


def first_day(year: int, span: Span) -> int:
    """The first day of the year that is inside the span."""
    return max(span.first, date(year, 1, 1).toordinal())


def estimates(
    profile: CountryProfile, regions: Container[str], stamp: Stamp, year: int
) -> Iterator[Dispatch]:
    """The estimates of a year: of the country, and of those regions of it."""
    day = first_day(year, stamp.span)
    for number, size in enumerate(sizes(profile, year), start=1):
        if size.admin1 is None or size.admin1 in regions:
            made = ReferenceEstimateRecord(record=_message(profile.country, year, size))
            stamp.upsert(made, f"estimate/{year}/{number}", 1, day)
            yield Dispatch("estimate", made, Role.NEW)


def sizes(profile: CountryProfile, year: int) -> Iterator[Size]:
    """All estimates of one year, the same whenever they are asked for."""
    rng, figures = Random(f"estimates/{profile.country}"), common().sizes
    people = figures.population * rng.lognormvariate(0.0, 0.2)
    people *= (1 + figures.growth) ** (year - 2020)
    disorders = people * figures.drug_use_disorders * rng.lognormvariate(0.0, 0.15)
    yield from _population(profile.country, people, rng)
    women = min(0.5, profile.women / figures.women_reached)
    yield from _by_sex(_DISORDERS, disorders, women)
    by_group = _group_shares(profile)
    for group, share in by_group.items():
        yield from _by_sex(_DISORDERS, disorders * share, women, _FIRST_CODES[group])
    opioids = disorders * by_group.get(SubstanceGroup.OPIOIDS, 0.0) * figures.opioid_dependent
    injecting = opioids * figures.injecting
    for kind, dependent in zip(_OPIOID_KINDS, (opioids, injecting), strict=True):
        yield from _by_sex(kind, dependent, women)
        yield Size(kind, dependent * figures.under_25, age_lo=15, age_hi=24)
        yield Size(kind, dependent * (1 - figures.under_25), age_lo=25, age_hi=64)
    others = (disorders - opioids) * figures.injecting_other
    yield Size(codes.ESTIMATE_KIND_PEOPLE_WHO_INJECT_DRUGS, injecting + others)
    yield Size(codes.ESTIMATE_KIND_PRISON_POPULATION, people * figures.prison, is_counted=True)


def _population(country: str, people: float, rng: Random) -> Iterator[Size]:
    kind = codes.ESTIMATE_KIND_GENERAL_POPULATION
    weights = [rng.lognormvariate(0.0, 0.2) / number for number in range(1, REGIONS + 1)]
    strata: list[tuple[float, codes.Sex.ValueType, str | None]] = [
        (1.0, codes.SEX_UNSPECIFIED, None),
        (0.495, codes.SEX_MALE, None),
        (0.505, codes.SEX_FEMALE, None),
        *(
            (weight / sum(weights), codes.SEX_UNSPECIFIED, f"{country}-{number:02d}")
            for number, weight in enumerate(weights, start=1)
        ),
    ]
    for share, sex, admin1 in strata:
        yield Size(
            kind, people * share, sex=sex, admin1=admin1, age_lo=15, age_hi=64, is_counted=True
        )


def _by_sex(
    kind: codes.EstimateKind.ValueType,
    people: float,
    women: float,
    group: codes.Substance.ValueType = codes.SUBSTANCE_UNSPECIFIED,
) -> Iterator[Size]:
    yield Size(kind, people, group=group)
    for sex, share in zip(_SEXES, (1 - women, women), strict=True):
        yield Size(kind, people * share, sex=sex, group=group)


def _group_shares(profile: CountryProfile) -> dict[SubstanceGroup, float]:
    """Shares of the groups among people with a disorder: those in treatment, by how few are."""
    drugs, reached = profile.substances, common().sizes.reached
    weights: dict[SubstanceGroup, float] = {}
    for drug, (low, high) in zip(drugs.values, pairwise((0.0, *drugs.cumulative)), strict=True):
        group = substance_group(drug)
        if group in reached:
            weights[group] = weights.get(group, 0.0) + (high - low) / reached[group]
    total = sum(weights.values())
    return {group: weight / total for group, weight in weights.items()}


def _message(country: str, year: int, size: Size) -> ReferenceEstimate:
    value = max(10.0, round(size.value, -1))
    nature = codes.ESTIMATE_NATURE_COUNTRY if size.is_counted else codes.ESTIMATE_NATURE_ESTIMATED
    record = ReferenceEstimate(
        estimate_kind=size.kind,
        year=year,
        country_iso3=country,
        admin1_code=size.admin1,
        sex=size.sex,
        age_lo=size.age_lo,
        age_hi=size.age_hi,
        substance_group=size.group,
        value=value,
        method="census" if size.is_counted else "multiplier",
        nature=nature,
        source_citation="Simulated; no figure of a country",
    )
    if not size.is_counted:
        figures = common().sizes
        record.lower95 = round(value * (1 - figures.interval_below))
        record.upper95 = round(value * (1 + figures.interval_above))
    return record
