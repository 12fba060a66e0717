"""A small population for the tests of this folder."""

from datetime import date

from gtms.simulate.simulation import Simulation
from gtms.simulate.stamps import USUAL_NOISE, Noise

FIRST, LAST = date(2023, 1, 1), date(2026, 6, 30)


def simulation(
    country: str = "KEN", admissions: int = 400, seed: int = 7, noise: Noise = USUAL_NOISE
) -> Simulation:
    return Simulation(country, admissions, seed, FIRST, LAST, noise)
