"""What a country's simulated population looks like: figures as data, read once.

`figures/shares.toml` holds what is the same everywhere, `figures/regions.toml` what differs between
regions, `figures/countries.csv` which country belongs to which region. Sources stand beside the
figures. A country departs a little from its region, always in the same way.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Protocol, TypeVar

from gtms.records.codes import SubstanceGroup
from gtms.simulate.shares import Shares, Stay, shares
from treatment.common.v1 import codes_pb2 as codes

_FIGURES = Path(__file__).parent / "figures"
_DEPARTURE = 0.12  # spread of the logarithm of a country's weight around its region's

Range = tuple[int, int]
Code_co = TypeVar("Code_co", bound=int, covariant=True)


class UnknownCountryError(ValueError):
    """A code that is no ISO 3166-1 alpha-3 code of a country with a profile."""


class CodeList(Protocol[Code_co]):
    """A generated enum: its numbers by name."""

    def Value(self, name: str) -> Code_co:  # noqa: N802 - protobuf's name
        """The number; ValueError when there is no such name."""
        ...


@dataclass(frozen=True, slots=True)
class Journeys:
    """How people behave over the years; shares of 0..1, days where the name says so.

    The meaning of each stands in `figures/shares.toml`.
    """

    never_treated_before: float
    returns: float
    returns_after_days: float
    transferred: float
    transfer_arrives: float
    died: float
    stays_on_oat: float
    review_days: int
    forgotten: float
    needle_exchange_only: float
    other_persons_use: float
    contradicts_registry: float
    overdose: float
    follow_up_cohort: float
    follow_up_interviewed: float
    measures_taken: float
    wait_reported: float
    month_precision: float


@dataclass(frozen=True, slots=True)
class Trainings:
    """How a country trains people; the meaning of each stands in `figures/shares.toml`."""

    per_year: float
    fewest: int
    most: int
    institutions: int
    women: float
    abroad: float
    known: float
    completed: float
    tested: float
    score_before: float
    score_gained: float
    followed_up: float
    perception_changed: float
    applied_in_work: float


@dataclass(frozen=True, slots=True)
class Sizes:
    """How big populations are; the meaning of each stands in `figures/shares.toml`."""

    population: float
    growth: float
    drug_use_disorders: float
    interval_below: float
    interval_above: float
    women_reached: float
    opioid_dependent: float
    injecting: float
    injecting_other: float
    under_25: float
    prison: float
    reached: Mapping[SubstanceGroup, float]


@dataclass(frozen=True, slots=True)
class Common:
    """Shares that are the same in every region, by the code of the answer."""

    age: Shares[Range]
    age_first_use: Shares[Range]
    frequency: Shares[codes.Frequency.ValueType]
    frequency_at_discharge: Shares[codes.Frequency.ValueType]
    education: Shares[codes.Education.ValueType]
    labour: Shares[codes.Labour.ValueType]
    housing: Shares[codes.Housing.ValueType]
    living_with: Shares[codes.LivingWith.ValueType]
    referral_other: Shares[codes.Referral.ValueType]
    referral_criminal_justice: Shares[codes.Referral.ValueType]
    comorbidity: Shares[codes.Comorbidity.ValueType]
    pregnancy: Shares[codes.Pregnancy.ValueType]
    wait_days: Shares[Range]
    discharge: Shares[codes.DischargeReason.ValueType]
    sharing: Shares[codes.SharingStatus.ValueType]
    test: Shares[codes.TestStatus.ValueType]
    ownership: Shares[codes.Ownership.ValueType]
    death_cause: Shares[codes.DeathCause.ValueType]
    other_substance: Shares[codes.Substance.ValueType]
    training_kind: Shares[codes.TrainingKind.ValueType]
    sector: Shares[codes.Sector.ValueType]
    participant_age: Shares[codes.ParticipantAgeBand.ValueType]
    training_follow_up: Shares[codes.FollowUpStatus.ValueType]
    trainings: Trainings
    sizes: Sizes
    journeys: Journeys
    stay: Mapping[str, Stay]
    age_shift: Mapping[SubstanceGroup, int]
    route: Mapping[SubstanceGroup, Shares[codes.Route.ValueType]]
    route_of: Mapping[int, codes.Route.ValueType]


@dataclass(frozen=True, slots=True)
class CountryProfile:
    """One country's shares. Plain numbers are shares of 0..1 (`growth`: change per year)."""

    country: str
    region: str
    women: float
    injecting_opioids: float
    injecting_stimulants: float
    oat: float
    criminal_justice: float
    wait_factor: float
    unknown: float
    growth: float
    settings: Shares[codes.Setting.ValueType]
    linkage: Shares[codes.LinkageLevel.ValueType]
    substances: Shares[codes.Substance.ValueType]


def code(enum: CodeList[Code_co], prefix: str, label: str) -> Code_co:
    """The number of a code by its label; ValueError names a label that is not in the list."""
    return enum.Value(f"{prefix}_{label}")


@cache
def common() -> Common:
    """The shares of `figures/shares.toml`."""
    table = tomllib.loads((_FIGURES / "shares.toml").read_text())
    return Common(
        age=_ranges(table["age"]),
        age_first_use=_ranges(table["age_first_use"]),
        wait_days=_ranges(table["wait_days"]),
        frequency=_coded(table["frequency"], codes.Frequency, "FREQUENCY"),
        frequency_at_discharge=_coded(
            table["frequency_at_discharge"], codes.Frequency, "FREQUENCY"
        ),
        education=_coded(table["education"], codes.Education, "EDUCATION"),
        labour=_coded(table["labour"], codes.Labour, "LABOUR"),
        housing=_coded(table["housing"], codes.Housing, "HOUSING"),
        living_with=_coded(table["living_with"], codes.LivingWith, "LIVING_WITH"),
        referral_other=_coded(table["referral_other"], codes.Referral, "REFERRAL"),
        referral_criminal_justice=_coded(
            table["referral_criminal_justice"], codes.Referral, "REFERRAL"
        ),
        comorbidity=_coded(table["comorbidity"], codes.Comorbidity, "COMORBIDITY"),
        pregnancy=_coded(table["pregnancy"], codes.Pregnancy, "PREGNANCY"),
        discharge=_coded(table["discharge"], codes.DischargeReason, "DISCHARGE_REASON"),
        sharing=_coded(table["sharing"], codes.SharingStatus, "SHARING_STATUS"),
        test=_coded(table["test"], codes.TestStatus, "TEST_STATUS"),
        ownership=_coded(table["ownership"], codes.Ownership, "OWNERSHIP"),
        death_cause=_coded(table["death_cause"], codes.DeathCause, "DEATH_CAUSE"),
        other_substance=_coded(table["other_substance"], codes.Substance, "SUBSTANCE"),
        training_kind=_coded(table["training_kind"], codes.TrainingKind, "TRAINING_KIND"),
        sector=_coded(table["sector"], codes.Sector, "SECTOR"),
        participant_age=_coded(
            table["participant_age"], codes.ParticipantAgeBand, "PARTICIPANT_AGE_BAND"
        ),
        training_follow_up=_coded(
            table["training_follow_up"], codes.FollowUpStatus, "FOLLOW_UP_STATUS"
        ),
        trainings=Trainings(**table["trainings"]),
        sizes=_sizes(table["estimates"]),
        journeys=Journeys(**table["journeys"]),
        stay={name: Stay(**stay) for name, stay in table["stay"].items()},
        age_shift={SubstanceGroup(label): years for label, years in table["age_shift"].items()},
        route={
            SubstanceGroup(label): _coded(weights, codes.Route, "ROUTE")
            for label, weights in table["route"].items()
        },
        route_of={
            code(codes.Substance, "SUBSTANCE", drug): code(codes.Route, "ROUTE", label)
            for drug, label in table["route_of"].items()
        },
    )


@cache
def countries() -> Mapping[str, str]:
    """The region of every country that has one, by ISO 3166-1 alpha-3 code."""
    with (_FIGURES / "countries.csv").open(newline="") as file:
        return {
            country: row["region"]
            for row in csv.DictReader(file)
            for country in row["countries"].split()
        }


@cache
def profile(country: str) -> CountryProfile:
    """The profile of a country; UnknownCountryError when there is none."""
    region = countries().get(country)
    if region is None:
        raise UnknownCountryError(f"{country} is not an ISO 3166-1 alpha-3 country code")
    figures = tomllib.loads((_FIGURES / "regions.toml").read_text())[region]
    rng = Random(f"departure/{country}")
    settings = _coded(figures.pop("settings"), codes.Setting, "SETTING", rng)
    drugs = _coded(figures.pop("substances"), codes.Substance, "SUBSTANCE", rng)
    linkage = zip(codes.LinkageLevel.values()[1:], figures.pop("linkage"), strict=True)
    return CountryProfile(
        country=country,
        region=region,
        **{name: _departed(rng, name, value) for name, value in figures.items()},
        settings=settings,
        linkage=shares(linkage),
        substances=drugs,
    )


def _sizes(figures: Mapping[str, Any]) -> Sizes:
    reached = {SubstanceGroup(label): factor for label, factor in figures["reached"].items()}
    return Sizes(**{**figures, "reached": reached})


def _coded(
    weights: Mapping[str, float],
    enum: CodeList[Code_co],
    prefix: str,
    rng: Random | None = None,
) -> Shares[Code_co]:
    """Shares by code; with `rng` each weight departs a little."""
    return shares(
        (code(enum, prefix, label), _scaled(rng, weight) if rng else weight)
        for label, weight in weights.items()
    )


def _ranges(weights: Mapping[str, float]) -> Shares[Range]:
    pairs = []
    for label, weight in weights.items():
        low, high = label.split(":")
        pairs.append(((int(low), int(high)), weight))
    return shares(pairs)


def _scaled(rng: Random, weight: float) -> float:
    return weight * rng.lognormvariate(0.0, _DEPARTURE)


def _departed(rng: Random, name: str, value: float) -> float:
    departed = _scaled(rng, value)
    return departed if name in ("growth", "wait_factor") else min(0.95, departed)
