"""A simulated population through the services into the registry and the indicators."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from gtms.channel import bearing
from gtms.cli.simulate import app
from gtms.families import REPORTED
from gtms.query.client import Client
from gtms.simulate.demonstration import wait_settled
from gtms.simulate.holdings import holdings
from gtms.simulate.simulation import Simulation, Tally, records
from gtms.warehouse.client import Connection
from treatment.indicators.v1 import indicators_pb2 as pb

FIRST, LAST = date(2023, 1, 1), date(2026, 6, 30)
ADMISSIONS = 500


def simulate(country: str, *more: str) -> dict[str, object]:
    options = ["--countries", country, "--admissions", str(ADMISSIONS), "--seed", "3"]
    span = ["--from", FIRST.isoformat(), "--to", LAST.isoformat()]
    result = CliRunner().invoke(app, [*options, *span, "--json", *more])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)[0]


@pytest.fixture(scope="module")
def simulation() -> Simulation:
    return Simulation("URY", ADMISSIONS, 3, FIRST, LAST)


def held(stack, simulation: Simulation) -> dict[str, int]:
    connection = Connection(stack.settings.clickhouse)
    try:
        return holdings(connection, simulation)
    finally:
        connection.close()


@pytest.mark.slow
def test_all_that_stays_is_in_the_registry_and_a_second_time_adds_nothing(
    commands_find_running, simulation
):
    tally = Tally()
    for dispatch in records(simulation):
        tally.count(dispatch)
    for _ in range(2):
        summary = simulate("URY", "--send")
        assert (summary["tag"], summary["rejected"]) == (simulation.tag, 0)
        wait_settled(commands_find_running.settings, lambda _: None)
        stored = held(commands_find_running, simulation)
        assert stored == {family: tally.kept(family) for family in REPORTED}


@pytest.mark.slow
def test_the_registrys_admissions_become_indicators(commands_find_running):
    simulate("URY", "--send")
    settings = commands_find_running.settings
    wait_settled(settings, lambda _: None)
    wanted = pb.QueryCellsRequest(indicators=["B04", "A02", "B01"], countries=["URY"])
    wanted.periods.append("2025")
    with Client(f"127.0.0.1:{settings.ports.indicators}", bearing("dev-URY")) as service:
        values = {cell.indicator: cell.value for cell in service.cells(wanted).cells}
    assert 100 < values["B04"] < ADMISSIONS
    assert 0 < values["B01"] <= values["B04"]
    assert values["A02"] >= values["B01"]


def test_a_dry_run_keeps_nothing_and_finds_what_is_invalid(commands_find_running):
    options = ["--send", "--dry-run", "--invalid", "0.1"]
    summary = simulate("PRY", *options)
    rejected_by = summary["rejected_by"]
    assert {"R037", "R081"} <= set(rejected_by)
    empty = Connection(commands_find_running.settings.clickhouse)
    try:
        found = empty.execute("SELECT count() FROM registry.admissions WHERE country = 'PRY'")
    finally:
        empty.close()
    assert found == [(0,)]
