"""L2 on drawn populations over the whole path: gRPC, Kafka, processor, ClickHouse."""

from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gtms.stack.lifecycle import EmbeddedStack
from tests.support.drawing import populations
from tests.support.golden import AS_OF
from tests.support.laws import settled
from tests.support.national import NationalSystem, Verdict
from tests.support.population import unreceived
from tests.support.stored import Stored

pytestmark = pytest.mark.slow

COUNTRIES = ("THA", "VNM", "ZMB", "PER")
_taken = count()


@settings(
    max_examples=len(COUNTRIES),
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
@given(drawn=st.data())
def test_cell_by_cell(running: EmbeddedStack, drawn: st.DataObject) -> None:
    """Each population is another country's, as nothing is ever forgotten here."""
    country = COUNTRIES[next(_taken)]
    population = drawn.draw(populations(country))
    system = NationalSystem(running, country)
    stored = Stored(running.settings.clickhouse)
    try:
        answers = system.send(unreceived(each) for each in population.arrivals)
        assert all(answer.verdict is Verdict.OK for answer in answers)
        settled(system, stored, AS_OF)
    finally:
        system.close()
        stored.close()
