"""Problems on the way of a batch, of a new day, and of a national system that repairs."""

import csv
import io
import time
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from typer.testing import CliRunner

from gtms.cli.main import app
from gtms.processing.aggregation import Aggregation
from gtms.processing.session import Session
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse.client import Connection
from tests.support.engine import Engine
from tests.support.national import NationalSystem, Verdict
from tests.support.population import (
    COUNTRY,
    admission,
    capacity,
    discharge,
    facility,
    received,
    retraction,
    review,
    revised,
)

JULY, OCTOBER = date(2026, 7, 31), date(2026, 10, 31)
RESIDENCE = facility("F2", settings=[5])
BEDS = capacity("F2", "2025-09-30", 20, 18)
STAY = admission("p1", "2026-04-01", facility_id="F2", setting=5)
PATIENCE_S = 60.0


@pytest.fixture
def engine(stack: EmbeddedStack) -> Iterator[Engine]:
    taking = Engine(stack.settings.clickhouse)
    taking.forget_everything()
    yield taking
    taking.forget_everything()
    taking.close()


def rules(engine: Engine) -> list[str]:
    rows = engine.stored.rows("SELECT rule_id FROM registry.problems FINAL ORDER BY rule_id")
    return [rule for (rule,) in rows]


def test_a_new_day_finds_what_has_grown_too_old(engine: Engine, stack: EmbeddedStack) -> None:
    engine.take(map(received, (RESIDENCE, BEDS, STAY)), JULY)
    assert rules(engine) == []
    october = Aggregation(Session(Connection(stack.settings.clickhouse)), lambda: OCTOBER)
    october.bring_up_to_date([], [COUNTRY], [COUNTRY])
    assert rules(engine) == ["R012", "R077"]
    engine.take([received(review(STAY, "2026-10-01"))], OCTOBER)
    assert rules(engine) == ["R012"]


def test_a_day_that_turned_before_a_crash_is_judged_after_it(
    engine: Engine, stack: EmbeddedStack
) -> None:
    """The day is noted before its problems are judged; the change is told again."""
    engine.take(map(received, (RESIDENCE, BEDS, STAY)), JULY)
    october = Aggregation(Session(Connection(stack.settings.clickhouse)), lambda: OCTOBER)
    october.bring_up_to_date([], [COUNTRY], [COUNTRY])
    engine.stored.rows("TRUNCATE TABLE registry.problems")
    october.bring_up_to_date([], [COUNTRY], [COUNTRY])
    assert rules(engine) == ["R012", "R077"]


@pytest.fixture
def listed(commands_find_running: EmbeddedStack) -> Callable[[str], set[str]]:
    def rules_of(country: str) -> set[str]:
        words = ("problems", "list", "-c", country, "--state", "open", "--state", "awaiting")
        result = CliRunner().invoke(app, [*words, "--csv"])
        assert result.exit_code == 0, result.output
        return {row["rule"] for row in csv.DictReader(io.StringIO(result.stdout))}

    return rules_of


@pytest.mark.slow
def test_what_is_sent_broken_is_listed_and_cleared_when_repaired(
    running: EmbeddedStack, listed: Callable[[str], set[str]]
) -> None:
    system = NationalSystem(running, "GHA")
    first = admission("p1", "2026-05-01")
    second = admission("p1", "2026-08-01", sex=2)
    early = discharge(first, "2026-04-30", 11)
    send(system, early, second, first)
    until(lambda: listed("GHA") == {"R030", "R063", "R065", "R071"})
    send(system, facility())
    until(lambda: listed("GHA") == {"R063", "R065", "R071"})
    send(system, retraction(early, 2), discharge(first, "2026-06-01", 11))
    until(lambda: listed("GHA") == {"R065"})
    send(system, revised(admission("p1", "2026-08-01"), 2))
    until(lambda: listed("GHA") == set())


def send(system: NationalSystem, *records) -> None:
    assert {answer.verdict for answer in system.send(records)} == {Verdict.OK}


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline, "it does not come true"
        time.sleep(0.3)
