"""P04: a ministry's account, any SQL: nothing of another country, nothing withheld, no way out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gtms.warehouse.accounts import (
    AUDITOR,
    GRAFANA_OPERATOR,
    INTERNATIONAL,
    OF_OWN_COUNTRY,
    OF_THE_PIPELINE,
    OWN_COUNTRIES,
    ministry,
)
from tests.privacy import raw_sql
from tests.privacy.raw_sql import ACCOUNT, OTHER, OWN, asked_by
from tests.support.clickhouse import Warehouse, a_warehouse

SYSTEM = ("system.", "information_schema.")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with a_warehouse(tmp_path_factory.mktemp("warehouse")) as up:
        raw_sql.fill(up)
        yield up


def test_a_ministry_sees_its_own_cells(warehouse: Warehouse) -> None:
    released = warehouse.ask(ACCOUNT, "SELECT country, value, latest FROM published.released")
    assert released == [(OWN, raw_sql.OWN_RELEASED, 1)]
    provisional = warehouse.ask(
        ACCOUNT, "SELECT indicator, value, status FROM published.provisional ORDER BY indicator"
    )
    assert provisional == [
        ("A02", raw_sql.OWN_PROVISIONAL, "OK"),
        ("F01", None, "SUPPRESSED_PRIMARY"),
        ("J01", 2.0, "OK"),
    ]


@pytest.mark.parametrize(
    "view", ["released_in", "released_over", "provisional_in", "provisional_over"]
)
def test_panels_see_the_same_cells(warehouse: Warehouse, view: str) -> None:
    columns = "country, period, indicator, measure, by, key, value, status"
    whole = warehouse.ask(ACCOUNT, f"SELECT {columns} FROM published.{view.split('_')[0]}")
    tables = [one for one in raw_sql.PANELS if f".{view}(" in one]
    told = [row for one in tables for row in warehouse.ask(ACCOUNT, f"SELECT {columns} FROM {one}")]
    assert sorted(map(repr, told)) == sorted(map(repr, whole))


def test_nothing_of_another_country_and_nothing_withheld_is_told(warehouse: Warehouse) -> None:
    assert list(raw_sql.leaks(warehouse)) == []


def test_no_guess_about_hidden_rows_is_answered(warehouse: Warehouse) -> None:
    assert raw_sql.oracles(warehouse) == []


@pytest.mark.parametrize("view", raw_sql.VIEWS)
def test_an_estimate_does_not_tell_how_much_others_have(warehouse: Warehouse, view: str) -> None:
    def rows(country: str) -> object:
        return warehouse.ask(
            ACCOUNT, f"EXPLAIN ESTIMATE SELECT * FROM {view} WHERE country = '{country}'"
        )

    assert rows(OTHER) == rows("UGB")


@pytest.mark.parametrize("statement", raw_sql.CHANGES)
def test_nothing_can_be_changed(warehouse: Warehouse, statement: str) -> None:
    assert asked_by(warehouse, ACCOUNT, statement).startswith("refused: ")


def test_a_ministry_that_is_not_in_the_look_up_sees_nothing_until_it_is(
    warehouse: Warehouse,
) -> None:
    newcomer = ministry("RWA")
    everything = "SELECT count() FROM published.released"
    assert warehouse.ask(newcomer, everything) == [(0,)]
    warehouse.operate(f"INSERT INTO ops.acl (user, country) VALUES ('{newcomer}', '{OWN}')")
    assert warehouse.ask(newcomer, everything) == [(1,)]
    warehouse.operate(
        f"INSERT INTO ops.acl (user, country, is_deleted) VALUES ('{newcomer}', '{OWN}', 1)"
    )
    assert warehouse.ask(newcomer, everything) == [(0,)]


def test_unodc_sees_what_is_released_and_no_more(warehouse: Warehouse) -> None:
    seen = warehouse.ask(INTERNATIONAL, "SELECT country FROM published.worldwide ORDER BY country")
    assert seen == [(OWN,), (OTHER,)]
    for table in (
        "published.provisional",
        "published.released",
        "published.cells",
        "indicators.cells",
    ):
        assert "refused: Code: 497" in asked_by(warehouse, INTERNATIONAL, f"SELECT * FROM {table}")


def test_an_auditor_reads_the_audit_alone(warehouse: Warehouse) -> None:
    assert warehouse.ask(AUDITOR, "SELECT count() FROM ops.audit") == [(0,)]
    for table in ("ops.erasures", "published.released", "registry.admissions"):
        assert "refused: Code: 497" in asked_by(warehouse, AUDITOR, f"SELECT * FROM {table}")


def test_operators_dashboards_see_how_the_pipeline_does_and_no_record(warehouse: Warehouse) -> None:
    for view in OF_THE_PIPELINE:
        warehouse.ask(GRAFANA_OPERATOR, f"SELECT * FROM {view}")
    tables = warehouse.ask(GRAFANA_OPERATOR, "SELECT database || '.' || name FROM system.tables")
    assert {str(name) for (name,) in tables if not str(name).lower().startswith(SYSTEM)} == {
        *OF_THE_PIPELINE
    }


def test_grafana_has_what_it_asks_for(warehouse: Warehouse) -> None:
    assert warehouse.ask(ACCOUNT, "SELECT version()")
    assert ("published",) in warehouse.ask(ACCOUNT, "SELECT name FROM system.databases")
    tables = warehouse.ask(ACCOUNT, "SELECT name FROM system.tables WHERE database = 'published'")
    assert {f"published.{name}" for (name,) in tables} == {OWN_COUNTRIES, *OF_OWN_COUNTRY}
    assert warehouse.ask(ACCOUNT, "SELECT name FROM system.columns WHERE table = 'released'")
    limited = "SELECT count() FROM published.released SETTINGS max_execution_time = 10"
    assert warehouse.ask(ACCOUNT, limited) == [(1,)]


def test_what_a_ministry_tried_is_logged_and_what_services_ask_is_not(warehouse: Warehouse) -> None:
    tried = "SELECT * FROM registry.person_records"
    asked_by(warehouse, ACCOUNT, tried)
    warehouse.operate("SYSTEM FLUSH LOGS")
    logged = (
        "SELECT DISTINCT exception_code FROM system.query_log WHERE user = '{}' AND query = '{}'"
    )
    assert warehouse.ask("gtms", logged.format(ACCOUNT, tried)) == [(497,)]
    others = "SELECT count() FROM system.query_log WHERE user LIKE 'gtms%'"
    assert warehouse.ask("gtms", others) == [(0,)]
    assert "refused: Code: 497" in asked_by(warehouse, ACCOUNT, "SELECT * FROM system.query_log")


@pytest.mark.parametrize("password", ["", "gtms", "ministry_ken"])
def test_a_password_is_needed(warehouse: Warehouse, password: str, tmp_path: Path) -> None:
    other = tmp_path / "password"
    other.write_text(password)
    stranger = Warehouse(warehouse.server.model_copy(update={"password_file": other}), tmp_path)
    assert "refused: Code: 516" in asked_by(stranger, ACCOUNT, "SELECT 1")
