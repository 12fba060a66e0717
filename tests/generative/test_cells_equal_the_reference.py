"""L2 and L5 on drawn populations: every cell that ClickHouse computes is that of the reference.

More examples: GTMS_TEST_EXAMPLES=100, which also draws other ones than the day before.
"""

import os
import random
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from tests.support.cells import differences
from tests.support.drawing import AS_OF, Population, populations
from tests.support.engine import Engine
from tests.support.laws import right

pytestmark = pytest.mark.slow

EXPLORED = "GTMS_TEST_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("GTMS_TEST_EXAMPLES", "3"))
COUNTRIES = ("ALB", "BRA", "COL", "KEN", "NPL", "THA")
# A recompute costs about the same for one country as for many, so a world has several; no example
# is drawn again to shrink it, as that takes minutes: the differing cells already tell the case.
SLOW = settings(
    max_examples=EXAMPLES,
    derandomize=not EXPLORED,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def worlds() -> st.SearchStrategy[list[Population]]:
    return st.tuples(*(populations(country) for country in COUNTRIES)).map(list)


@SLOW
@given(world=worlds(), as_of=st.sampled_from(AS_OF), batches=st.integers(1, 3))
def test_cell_by_cell(engine: Engine, world: list[Population], as_of: object, batches: int) -> None:
    """In one batch or in several: what a later batch changes leaves nothing behind."""
    engine.forget_everything()
    for number in range(batches):
        arrivals = [
            record for population in world for record in population.arrivals[number::batches]
        ]
        if arrivals:
            engine.take(arrivals, as_of)
    for country, population in zip(COUNTRIES, world, strict=True):
        wrong = right(country, population.arrivals, engine.stored, as_of)
        if wrong:
            note(population.told())
        assert not wrong


@SLOW
@given(world=worlds(), as_of=st.sampled_from(AS_OF), seed=st.integers(0, 2**32 - 1))
def test_again_in_another_order_nothing_moves(
    engine: Engine, world: list[Population], as_of: date, seed: int
) -> None:
    """Shuffled by a seed: drawing each exchange of so many records would take minutes."""
    engine.forget_everything()
    arrivals = [record for population in world for record in population.arrivals]
    engine.take(arrivals, as_of)
    before = {country: engine.stored.cells(country) for country in COUNTRIES}
    again = arrivals * 2
    random.Random(seed).shuffle(again)
    engine.take(again, as_of)
    for country in COUNTRIES:
        assert not differences(before[country], engine.stored.cells(country))
