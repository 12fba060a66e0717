"""Problems of drawn populations: a function of what the registry holds, whatever came when."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from gtms.stack.lifecycle import EmbeddedStack
from tests.generative.test_cells_equal_the_reference import SLOW
from tests.support.drawing import AS_OF, Population, populations
from tests.support.problems import Judging

pytestmark = pytest.mark.slow

COUNTRIES = ("KEN", "NPL")


@pytest.fixture(scope="module")
def judging(stack: EmbeddedStack) -> Iterator[Judging]:
    opened = Judging(stack.settings.clickhouse)
    yield opened
    opened.forget_everything()
    opened.close()


@SLOW
@given(
    world=st.tuples(*(populations(country) for country in COUNTRIES)),
    as_of=st.sampled_from(AS_OF),
    batches=st.integers(2, 5),
    seed=st.integers(0, 2**32 - 1),
)
def test_in_any_order_with_duplicates_the_same_problems_are_found(
    judging: Judging,
    world: tuple[Population, ...],
    as_of: object,
    batches: int,
    seed: int,
) -> None:
    chance = random.Random(seed)
    arrivals = [record for population in world for record in population.arrivals]
    judging.forget_everything()
    judging.take(arrivals, as_of)
    at_once = [judging.everything(country) for country in COUNTRIES]

    again = arrivals + chance.sample(arrivals, len(arrivals) // 2)
    chance.shuffle(again)
    judging.forget_everything()
    for number in range(batches):
        judging.take(again[number::batches], as_of)
    for country, population, expected in zip(COUNTRIES, world, at_once, strict=True):
        found = judging.everything(country)
        if found != expected:
            note(population.told())
        assert found == expected
