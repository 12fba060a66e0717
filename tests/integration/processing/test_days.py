"""The turn of the day: cells as of a new day without any new record."""

from collections.abc import Iterator
from datetime import date

import pytest

from gtms.processing.aggregation import Aggregation
from gtms.processing.days import due
from gtms.processing.session import Session
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse.client import Connection
from tests.support.by_hand import days_after, stay
from tests.support.engine import Engine
from tests.support.golden import golden_records
from tests.support.laws import right
from tests.support.oracle import RecordMessage
from tests.support.population import COUNTRY, admission, outcome, received

EARLY, LATE = date(2026, 1, 31), date(2026, 9, 30)
BEFORE, TODAY = date(2026, 6, 30), date(2026, 7, 1)
METHADONE, PRISON, REVIEW = 3, 7, 1


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


def ripening() -> list[RecordMessage]:
    """Of everything that needs time to tell one that has had just enough of it today."""
    left = days_after(TODAY.isoformat(), -51)
    on_oat = [
        admission(f"o{days}", days_after(TODAY.isoformat(), -days), interventions=[METHADONE])
        for days in (182, 365)
    ]
    return [
        *stay("released", left, 30, 12, setting=PRISON),
        *stay("moved", left, 30, 21),
        *stay("gone", left, 23, 12),
        admission("begun", days_after(TODAY.isoformat(), -84)),
        *stay("well", "2025-03-01", 100, 12),
        *on_oat,
        *(
            outcome(each, REVIEW, "2026-05-01", interventions=[METHADONE], on_oat=1)
            for each in on_oat
        ),
    ]


def test_what_ripens_on_a_day_is_told_on_that_day(engine: Engine, stack: EmbeddedStack) -> None:
    records = [received(record) for record in ripening()]
    engine.take(records, BEFORE)
    before = engine.stored.cells(COUNTRY)
    today = Aggregation(Session(Connection(stack.settings.clickhouse)), lambda: TODAY)
    today.bring_up_to_date([], [COUNTRY], [COUNTRY])
    assert not right(COUNTRY, records, engine.stored, TODAY)
    after = engine.stored.cells(COUNTRY)
    ripe = {
        (key.indicator, key.measure)
        for key, cell in before.items()
        if cell.status == "NOT_MATURED" and after[key].status == "OK"
    }
    assert ripe == {
        ("D05", "value"),
        ("F01", "value"),
        ("F02", "months_6"),
        ("F02", "months_12"),
        ("F04", "value"),
        ("G04", "value"),
        ("G10", "value"),
        ("I02", "value"),
    }


def test_a_day_that_has_turned_already_turns_nothing(engine: Engine, stack: EmbeddedStack) -> None:
    engine.take([received(record) for record in golden_records()], LATE)
    before = engine.stored.snapshots(COUNTRY)
    again = Aggregation(Session(Connection(stack.settings.clickhouse)), lambda: LATE)
    assert again.bring_up_to_date([], [COUNTRY], [COUNTRY]) == []
    assert engine.stored.snapshots(COUNTRY) == before
