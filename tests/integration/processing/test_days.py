"""The turn of the day: cells as of a new day without any new record."""

from collections.abc import Iterator
from datetime import date

import pytest

from gtms.processing.aggregation import Aggregation
from gtms.processing.days import due
from gtms.processing.session import Session
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse.client import Connection
from tests.support.engine import Engine
from tests.support.golden import golden_records
from tests.support.laws import right
from tests.support.population import COUNTRY, received

EARLY, LATE = date(2026, 1, 31), date(2026, 9, 30)


@pytest.fixture
def engine(stack: EmbeddedStack) -> Iterator[Engine]:
    taking = Engine(stack.settings.clickhouse)
    taking.forget_everything()
    yield taking
    taking.forget_everything()
    taking.close()


def test_staleness_maturity_and_new_months_follow_the_day(
    engine: Engine, stack: EmbeddedStack
) -> None:
    """The golden vector, counted in January and again, unchanged, in September."""
    records = [received(record) for record in golden_records()]
    engine.take(records, EARLY)
    assert not right(COUNTRY, records, engine.stored, EARLY)
    before = engine.stored.cells(COUNTRY)

    session = Session(Connection(stack.settings.clickhouse))
    assert due(session, EARLY) == []
    assert due(session, LATE) == [COUNTRY]
    september = Aggregation(session, lambda: LATE)
    september.bring_up_to_date([], [COUNTRY], [COUNTRY])

    assert not right(COUNTRY, records, engine.stored, LATE)
    assert engine.stored.cells(COUNTRY) != before
    assert due(session, LATE) == []


def test_a_day_that_has_turned_already_turns_nothing(engine: Engine, stack: EmbeddedStack) -> None:
    engine.take([received(record) for record in golden_records()], LATE)
    before = engine.stored.snapshots(COUNTRY)
    again = Aggregation(Session(Connection(stack.settings.clickhouse)), lambda: LATE)
    assert again.bring_up_to_date([], [COUNTRY], [COUNTRY]) == []
    assert engine.stored.snapshots(COUNTRY) == before
