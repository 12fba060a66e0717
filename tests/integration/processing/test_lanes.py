"""Populations are tallied side by side: the cells do not depend on how many lanes there are."""

from collections.abc import Iterator
from datetime import date

import pytest

from gtms.events.failures import Unavailable
from gtms.processing import cells
from gtms.processing.session import Session
from gtms.processing.views import CountryPeriod
from gtms.records.periods import around
from gtms.records.profiles import DEFAULT_PROFILE
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse.client import Connection
from tests.support.cells import differences
from tests.support.engine import Engine
from tests.support.golden import AS_OF, golden_records
from tests.support.population import COUNTRY, received

UNITS = {
    CountryPeriod(COUNTRY, period): cells.EVERYTHING
    for period in around(date(2025, month, 1) for month in range(1, 13))
}


class Breaking(Session):
    """Two lanes, of which ClickHouse goes away under the other."""

    @property
    def lanes(self) -> tuple[Session, ...]:
        return (self, Broken(self._connection.another(), 1))


class Broken(Session):
    def query(self, statement: str) -> list[tuple[object, ...]]:
        if "view_placed" in statement:
            raise Unavailable("ClickHouse does not answer")
        return super().query(statement)


@pytest.fixture
def engine(stack: EmbeddedStack) -> Iterator[Engine]:
    taking = Engine(stack.settings.clickhouse)
    taking.forget_everything()
    taking.take([received(record) for record in golden_records()], AS_OF)
    yield taking
    taking.forget_everything()
    taking.close()


@pytest.fixture
def connection(stack: EmbeddedStack) -> Iterator[Connection]:
    opened = Connection(stack.settings.clickhouse)
    yield opened
    opened.close()


def recompute(session: Session) -> None:
    cells.recompute(session, UNITS, as_of=AS_OF, profiles={COUNTRY: DEFAULT_PROFILE})


@pytest.mark.parametrize("lanes", [1, 3, 16])
def test_the_cells_are_the_same(engine: Engine, connection: Connection, lanes: int) -> None:
    before, versions = engine.stored.cells(COUNTRY), engine.stored.snapshots(COUNTRY)
    recompute(Session(connection, lanes))
    assert before
    assert not differences(before, engine.stored.cells(COUNTRY))
    renewed = set(engine.stored.snapshots(COUNTRY)) - set(versions)
    assert {one.period for one in renewed} == {unit.period.label for unit in UNITS}


def test_nothing_becomes_current_when_one_lane_fails(
    engine: Engine, connection: Connection
) -> None:
    before, versions = engine.stored.cells(COUNTRY), engine.stored.snapshots(COUNTRY)
    session = Breaking(connection)
    with pytest.raises(Unavailable):
        recompute(session)
    assert engine.stored.snapshots(COUNTRY) == versions
    recompute(Session(connection))
    assert not differences(before, engine.stored.cells(COUNTRY))


def test_many_episodes_are_read_once(
    engine: Engine, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every lane has a copy of them; of many there is one, and one lane."""
    monkeypatch.setattr(cells, "EPISODES_PER_LANE", 1)
    before = engine.stored.cells(COUNTRY)
    recompute(Breaking(connection))
    assert not differences(before, engine.stored.cells(COUNTRY))
