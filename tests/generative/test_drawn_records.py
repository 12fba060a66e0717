"""What the strategies and the golden vector say is what an ingest service would accept."""

from hypothesis import HealthCheck, given, settings

from gtms.families import FAMILIES
from gtms.ingest.identity import Sender
from gtms.ingest.submission import judge
from gtms.records.validation import validate
from tests.support.drawing import Population, populations
from tests.support.drawing_measures import barc10, whoqol
from tests.support.golden import golden_records
from tests.support.population import COUNTRY, RECEIVED, admission, received
from treatment.common.v1.measures_pb2 import Barc10, WhoqolBref


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(populations())
def test_every_drawn_record_is_valid(population: Population) -> None:
    for record in population.arrivals:
        assert validate(record).errors == ()


def test_every_golden_record_is_valid() -> None:
    for record in golden_records():
        assert validate(received(record)).errors == ()


@settings(max_examples=200)
@given(capital=barc10(), quality=whoqol())
def test_drawn_scales_are_stored_as_the_reference_scores_them(
    capital: Barc10 | None, quality: WhoqolBref | None
) -> None:
    record = admission("p", "2025-03-01")
    if capital is not None:
        record.record.baseline_barc10.CopyFrom(capital)
    if quality is not None:
        record.record.baseline_whoqol.CopyFrom(quality)
    expected = received(record)
    judged = judge(FAMILIES["admission"], Sender(COUNTRY), [record], RECEIVED)
    assert [event.value for event in judged.events] == [expected.SerializeToString()]
