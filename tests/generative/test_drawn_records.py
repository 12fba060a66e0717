"""What the strategies and the golden vector say is what an ingest service would accept."""

from hypothesis import HealthCheck, given, settings

from gtms.records.validation import validate
from tests.support.drawing import Population, populations
from tests.support.golden import golden_records
from tests.support.population import received


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(populations())
def test_every_drawn_record_is_valid(population: Population) -> None:
    for record in population.arrivals:
        assert validate(record).errors == ()


def test_every_golden_record_is_valid() -> None:
    for record in golden_records():
        assert validate(received(record)).errors == ()
