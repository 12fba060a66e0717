"""A01, A04–A06 and F05: how many of those in need are reached, and with what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from . import codes
from .cells import NOT_AVAILABLE, Share, Sheet, Traits
from .episodes import Episode
from .estimates import (
    DRUG_USE_DISORDERS,
    OPIOID_DEPENDENT,
    OPIOID_DEPENDENT_INJECTORS,
    Bounds,
    Formula,
    dimensions_of,
    set_against,
    strata,
)
from .people import InTreatment, in_treatment, on_census_day
from .periods import Period, Profile
from .surroundings import Estimate
from .visible import Live

BY_GROUP = (("substance_group",),)
TABLES = {
    "A01": (("sex",), *BY_GROUP, ("intervention",)),
    "A04": (("sex",), ("age_25",), ("admin1",)),
    "A05": (("sex",), *BY_GROUP),
    "A06": BY_GROUP,
    "F05": (("setting",),),
}
LEGAL_GROUPS = frozenset({"ALCOHOL", "NICOTINE"})

# The more people there may be, the smaller the part of them that is reached.
OF_COVERAGE: Bounds = {
    "value": lambda estimate: estimate.value,
    "lower": lambda estimate: estimate.upper,
    "upper": lambda estimate: estimate.lower,
}
OF_GAP: Bounds = {
    "value": lambda estimate: estimate.value,
    "lower": lambda estimate: estimate.lower,
    "upper": lambda estimate: estimate.upper,
}


@dataclass(frozen=True, slots=True)
class Clients:
    """The people in treatment, and how many people need it."""

    of_drugs: Sequence[Traits]
    of_any_group: Sequence[Traits]
    """With those of alcohol and nicotine, where the country counts them."""
    in_need: Mapping[str, Estimate]
    """By stratum."""


def _reached(people: int, in_need: float) -> float:
    return 100 * people / in_need


def _missed(people: int, in_need: float) -> float:
    return in_need - people


def write(
    sheets: dict[str, Sheet],
    live: Sequence[Live],
    episodes: Sequence[Episode],
    period: Period,
    as_of: date,
    profile: Profile,
) -> None:
    people = in_treatment(episodes, period)
    clients = _clients(people, strata(live, DRUG_USE_DISORDERS, period, profile), profile)
    _need(sheets["A01"], clients, _reached, OF_COVERAGE)
    _need(sheets["A05"], clients, _missed, OF_GAP)
    _women_to_men(sheets["A06"], clients)
    on_oat = [(each, 1) for each in on_census_day(episodes, period, as_of) if each["oat"] == "YES"]
    injectors = strata(live, OPIOID_DEPENDENT_INJECTORS, period, profile)
    set_against(sheets["A04"], on_oat, injectors, _reached, OF_COVERAGE)
    set_against(
        sheets["A04"],
        on_oat,
        strata(live, OPIOID_DEPENDENT, period, profile),
        _reached,
        {
            "fallback": OF_COVERAGE["value"],
            "fallback_lower": OF_COVERAGE["lower"],
            "fallback_upper": OF_COVERAGE["upper"],
        },
    )
    sheets["F05"].shares(
        Share(each.traits, any(map(_has_naloxone, each.episodes)))
        for each in people
        if codes.is_opioid(each.described_by.admission.substance)
    )


def _clients(
    people: Sequence[InTreatment], in_need: Mapping[str, Estimate], profile: Profile
) -> Clients:
    everybody = [{**each.traits, "intervention": _interventions(each.episodes)} for each in people]
    of_drugs = [each for each in everybody if each["substance_group"] not in LEGAL_GROUPS]
    if profile.alcohol_included:
        return Clients(of_drugs, everybody, in_need)
    of_legal_groups = {f"substance_group={group}" for group in LEGAL_GROUPS}
    need_of_drugs = {
        stratum: each
        for stratum, each in in_need.items()
        if not of_legal_groups & set(stratum.split("|"))
    }
    return Clients(of_drugs, of_drugs, need_of_drugs)


def _interventions(episodes: Sequence[Episode]) -> frozenset[str]:
    """Everything planned at an admission or received by a review or discharge."""
    found: set[int] = set()
    for episode in episodes:
        found |= set(episode.admission.interventions)
        for outcome in episode.outcomes:
            if outcome.kind in (codes.REVIEW, codes.DISCHARGE):
                found |= set(outcome.interventions)
    return frozenset(map(codes.intervention, found))


def _has_naloxone(episode: Episode) -> bool:
    return episode.admission.take_home_naloxone == codes.YES or any(
        outcome.naloxone_given == codes.YES
        for outcome in episode.outcomes
        if outcome.kind in (codes.REVIEW, codes.DISCHARGE)
    )


def _need(sheet: Sheet, clients: Clients, formula: Formula, bounds: Bounds) -> None:
    """People of alcohol and nicotine are told as groups of their own, and nowhere else."""
    other_tables = [table for table in sheet.tables if table not in BY_GROUP]
    of_drugs = [(each, 1) for each in clients.of_drugs]
    set_against(sheet.part(other_tables), of_drugs, clients.in_need, formula, bounds)
    of_any_group = [(each, 1) for each in clients.of_any_group]
    by_group = sheet.part(BY_GROUP, within=BY_GROUP[0])
    set_against(by_group, of_any_group, clients.in_need, formula, bounds)


def _women_to_men(sheet: Sheet, clients: Clients) -> None:
    """Coverage of women divided by that of men."""
    women, men = (_coverage_of(sex, clients) for sex in ("FEMALE", "MALE"))
    if "" in women and men.get(""):
        sheet.write((), "", women[""] / men[""], women[""], men[""])
    else:
        sheet.write((), "", None, None, None, status=NOT_AVAILABLE)
    for key in sorted(women.keys() & men.keys() - {""}):
        if men[key]:
            sheet.write(BY_GROUP[0], key, women[key] / men[key], women[key], men[key])


def _coverage_of(sex: str, clients: Clients) -> dict[str, float]:
    """Percentage of the people of a sex that is reached: of all (""), and of each group."""
    found = {}
    for stratum, in_need in clients.in_need.items():
        if not in_need.value or dimensions_of(stratum) not in (("sex",), ("sex", *BY_GROUP[0])):
            continue
        own, _, group = stratum.partition("|")
        if own == f"sex={sex}":
            people = clients.of_any_group if group else clients.of_drugs
            reached = [
                each
                for each in people
                if each["sex"] == sex and group in ("", f"substance_group={each[BY_GROUP[0][0]]}")
            ]
            found[group] = _reached(len(reached), in_need.value)
    return found
