"""One country's simulated reporting, from parameters to the records in the order they arrive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from heapq import merge
from random import Random
from typing import TypeAlias

from gtms.simulate.admission_records import AdmissionWriter
from gtms.simulate.days import Span, span
from gtms.simulate.delivery import delivered
from gtms.simulate.estimate_records import estimates, first_day, years
from gtms.simulate.facilities import Network, build_network
from gtms.simulate.facility_records import FacilityWriter
from gtms.simulate.happenings import happenings
from gtms.simulate.outcome_records import OutcomeWriter
from gtms.simulate.population import Country, Person, people
from gtms.simulate.profiles import common, profile
from gtms.simulate.stamps import USUAL_NOISE, Dispatch, Noise, Role, Stamp, population_tag
from gtms.simulate.training_records import TrainingWriter

Moment: TypeAlias = "tuple[int, int, Iterator[Dispatch]]"
"""A day, a place among the moments of a day, and what is sent then; drawn when its turn comes."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """The parameters of one country's records.

    `admissions` is the exact number of admissions that stay; those that are taken back again, the
    outcomes and the facilities come on top. Everything happens from `first` to `last`, which must
    not lie in the future. Raises UnknownCountry or ValueError when drawn from.
    """

    country: str
    admissions: int
    seed: int
    first: date
    last: date
    noise: Noise = USUAL_NOISE

    @property
    def tag(self) -> str:
        """What all ids of this population begin with; differs when any parameter does."""
        return population_tag(
            self.country, self.admissions, self.seed, self.first, self.last, self.noise
        )


@dataclass(slots=True)
class Tally:
    """What was dispatched so far, by family and role."""

    dispatched: Counter[tuple[str, Role]] = field(default_factory=Counter)

    def count(self, dispatch: Dispatch) -> None:
        """Take note of one dispatch."""
        self.dispatched[dispatch.family, dispatch.role] += 1

    def sent(self, family: str | None = None) -> int:
        """Messages, of one family or of all."""
        return sum(n for (name, _), n in self.dispatched.items() if family in (None, name))

    def of(self, role: Role) -> int:
        """Messages of one role."""
        return sum(n for (_, own), n in self.dispatched.items() if own is role)

    def kept(self, family: str) -> int:
        """Records that stay: what the registry must hold of this family, retracted ones apart."""
        return self.dispatched[family, Role.NEW]


def records(simulation: Simulation) -> Iterator[Dispatch]:
    """Every record of a country in the order of arrival, drawn as it is asked for."""
    rng = Random(f"delivery/{simulation.seed}/{simulation.country}")
    return delivered(_in_order(simulation), simulation.noise, rng)


def estimates_of(simulation: Simulation) -> Iterator[Dispatch]:
    """The estimates among its records; two populations of a country share theirs."""
    within = span(simulation.first, simulation.last)
    network = _network(simulation, _chance("population", simulation), within)
    for year in years(within):
        yield from _estimates(simulation, network, within, year)


def _chance(what: str, simulation: Simulation) -> Random:
    return Random(f"{what}/{simulation.seed}/{simulation.country}")


def _network(simulation: Simulation, rng: Random, within: Span) -> Network:
    shape = profile(simulation.country)
    return build_network(rng, shape, within, simulation.admissions, simulation.tag)


def _in_order(simulation: Simulation) -> Iterator[Dispatch]:
    """The records in the order in which they come about."""
    rng = _chance("population", simulation)
    within = span(simulation.first, simulation.last)
    network = _network(simulation, rng, within)
    country = Country(profile(simulation.country), network, within, simulation.admissions)
    chance = _chance("records", simulation)
    stamp = Stamp(simulation.country, within, chance)
    facilities = FacilityWriter(chance, simulation.noise, stamp, within)
    for facility in network.facilities:
        yield from facilities.register(facility)
        yield from facilities.assessments(facility)
    writer = _PersonWriter(simulation, chance, stamp, within)
    moments: tuple[Iterable[Moment], ...] = (
        ((day, 0, _census(network, facilities, day)) for day in within.month_ends()),
        ((one.episodes[0].admitted, 1, writer.write(one)) for one in people(country, rng)),
        _trainings(simulation, within),
        (
            (first_day(year, within), 3, _estimates(simulation, network, within, year))
            for year in years(within)
        ),
    )
    for _, _, dispatches in merge(*moments, key=lambda moment: moment[:2]):
        yield from dispatches


def _trainings(simulation: Simulation, within: Span) -> Iterator[Moment]:
    rng = _chance("trainings", simulation)
    stamp = Stamp(simulation.country, within, rng)
    writer = TrainingWriter(rng, stamp, within, simulation.tag)
    events = list(writer.events())
    asked = [(event.asked, 2, writer.asked(event)) for event in events if event.asked is not None]
    held = [(event.end, 2, writer.held(event)) for event in events]
    yield from sorted([*held, *asked], key=lambda moment: moment[:2])


def _estimates(
    simulation: Simulation, network: Network, within: Span, year: int
) -> Iterator[Dispatch]:
    stamp = Stamp(simulation.country, within, _chance(f"estimates {year}", simulation))
    regions = {facility.admin1 for facility in network.facilities}
    return estimates(profile(simulation.country), regions, stamp, year)


def _census(network: Network, facilities: FacilityWriter, day: int) -> Iterator[Dispatch]:
    for facility in network.facilities:
        yield from facilities.census(facility, day)


class _PersonWriter:
    """All records of one person after the other; numbers their outcomes."""

    def __init__(self, simulation: Simulation, rng: Random, stamp: Stamp, within: Span) -> None:
        self._rng = rng
        self._span = within
        self._journeys = common().journeys
        self._admissions = AdmissionWriter(rng, simulation.noise, stamp, simulation.tag)
        self._outcomes = OutcomeWriter(rng, simulation.noise, stamp, simulation.tag)
        self._number = 0

    def write(self, person: Person) -> Iterator[Dispatch]:
        for episode in person.episodes:
            yield from self._admissions.write(person, episode)
        for happening in happenings(self._rng, self._journeys, self._span, person):
            self._number += 1
            yield from self._outcomes.write(person, happening, self._number)
