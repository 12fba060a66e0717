"""L5 and L8 for what lies far apart: a facility that comes last, and months nobody wrote about."""

from collections.abc import Iterator, Sequence
from datetime import date

import pytest

from gtms.stack.lifecycle import EmbeddedStack
from tests.support.cells import differences
from tests.support.engine import Engine
from tests.support.golden import golden_records
from tests.support.laws import right
from tests.support.oracle import RecordMessage
from tests.support.population import COUNTRY, admission, capacity, facility, received, revised

AS_OF = date(2026, 9, 30)


@pytest.fixture
def engine(stack: EmbeddedStack) -> Iterator[Engine]:
    taking = Engine(stack.settings.clickhouse)
    taking.forget_everything()
    yield taking
    taking.forget_everything()
    taking.close()


def one_by_one(engine: Engine, records: Sequence[RecordMessage]) -> None:
    for record in records:
        engine.take([received(record)], AS_OF)


def test_a_facility_that_arrives_last_describes_what_was_before_it(engine: Engine) -> None:
    """Beds counted before the first row of the register begins get its setting and region."""
    records = [capacity("F1", "2024-05-31", 10, 5), facility("F1", valid_from="2025-01-01")]
    one_by_one(engine, records)
    assert not right(COUNTRY, [received(each) for each in records], engine.stored, AS_OF)


def test_the_periods_of_a_country_do_not_depend_on_the_order(engine: Engine) -> None:
    """A first revision with an earlier date leaves the same periods, whenever it comes."""
    late = admission("p0", "2025-06-01", episode_id="E0")
    early = admission("p0", "2024-02-01", episode_id="E0")
    records = [early, revised(late, 2), *golden_records()[:8]]
    engine.take([received(each) for each in records], AS_OF)
    together = engine.stored.cells(COUNTRY)
    engine.forget_everything()
    one_by_one(engine, list(reversed(records)))
    assert not differences(together, engine.stored.cells(COUNTRY))
