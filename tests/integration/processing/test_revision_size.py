"""L05: how much what was published last differs from what was published first."""

from collections.abc import Iterator
from datetime import date

import pytest

from gtms.processing.aggregation import Aggregation
from gtms.processing.days import due
from gtms.processing.session import Session
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse.client import Connection
from tests.support.engine import Engine
from tests.support.oracle import CellValue
from tests.support.population import admission, received
from tests.support.vintages import CONTENT, publish
from treatment.changes.v1.changes_pb2 import Changes

AS_OF = date(2025, 12, 31)


@pytest.fixture
def engine(stack: EmbeddedStack) -> Iterator[Engine]:
    taking = Engine(stack.settings.clickhouse)
    taking.forget_everything()
    yield taking
    taking.forget_everything()
    taking.close()


def revision_sizes(engine: Engine) -> dict[tuple[str, str], CellValue]:
    engine.take([received(admission("p", "2025-05-01"), "KEN")], AS_OF)
    return {
        (key.period, key.key): value
        for key, value in engine.stored.cells("KEN").items()
        if key.indicator == "L05"
    }


def test_nothing_while_nothing_was_published(engine: Engine) -> None:
    assert revision_sizes(engine) == {}


def test_the_newest_vintage_against_the_first(engine: Engine) -> None:
    one = {"B01": 200, "B01 value sex=MALE": 100, "C01": 12.5, "G01": None, "A05": -3}
    publish(engine.stored, "KEN", "2025", 1, {**one, "F03 median": 30})
    publish(engine.stored, "KEN", "2025", 2, {"B01": 999, "C01": 12.375})
    publish(engine.stored, "KEN", "2025", 3, {"B01": 220})
    publish(engine.stored, "KEN", "2025-05", 1, {"B01": 7})
    publish(engine.stored, "UGA", "2025", 1, {"B02": 7})
    assert revision_sizes(engine) == {
        ("2025", "indicator=B01"): CellValue(pytest.approx(10.0), 20, 200, "OK"),
        ("2025", "indicator=C01"): CellValue(pytest.approx(-1.0), -0.125, 12.5, "OK"),
        ("2025-05", "indicator=B01"): CellValue(0, 0, 7, "OK"),
    }


def test_cells_without_the_row_of_their_vintage_are_not_published(engine: Engine) -> None:
    publish(engine.stored, "KEN", "2025", 1, {"B01": 200})
    engine.stored.rows(
        "INSERT INTO published.cells (country, period, vintage, content, indicator, measure, value,"
        f" status) VALUES ('KEN', '2025', 2, '{CONTENT}', 'B01', 'value', 100, 'OK')"
    )
    assert revision_sizes(engine) == {("2025", "indicator=B01"): CellValue(0, 0, 200, "OK")}


def test_a_publication_makes_its_periods_dirty(engine: Engine, stack: EmbeddedStack) -> None:
    assert revision_sizes(engine) == {}
    publish(engine.stored, "KEN", "2025", 1, {"B01": 7})
    connection = Connection(stack.settings.clickhouse)
    session = Session(connection)
    assert due(session, AS_OF) == ["KEN"]
    Aggregation(session, lambda: AS_OF).apply([Changes(country="KEN")])
    assert [key.key for key in engine.stored.cells("KEN") if key.indicator == "L05"] == [
        "indicator=B01"
    ]
    assert due(session, AS_OF) == []
    connection.close()
