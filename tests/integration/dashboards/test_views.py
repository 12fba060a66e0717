"""The views that panels read: types that Grafana shows, and no more rows than are asked for."""

import pytest

from gtms.warehouse.accounts import GRAFANA_OPERATOR, OF_THE_PIPELINE, ministry
from tests.integration.dashboards.looking import PLENTY, Answer, Reader
from tests.support import every_cell
from tests.support.clickhouse import Warehouse

ONE_TABLE = "indicators = ['A02'], by = 'sex'"
IN = f"in({ONE_TABLE}, period = '2025')"
OVER = f"over({ONE_TABLE}, like = '2025-01', since = '2000-01-01', until = '2100-01-01')"
FIGURES = tuple(
    f"published.{of}_{which}" for of in ("provisional", "released") for which in (IN, OVER)
)


@pytest.mark.parametrize("view", [*FIGURES, "published.periods", "published.releases"])
def test_types_are_those_that_grafana_shows(warehouse: Warehouse, view: str) -> None:
    answer = Reader.of(warehouse, ministry(PLENTY)).ask(f"SELECT * FROM {view}")
    assert answer.rows
    shown = {name: of for name, of in answer.columns.items() if name != "dimensions"}
    assert "other" not in Answer(shown, ()).kinds()


def test_so_are_those_of_the_pipeline(warehouse: Warehouse) -> None:
    reader = Reader.of(warehouse, GRAFANA_OPERATOR)
    for view in OF_THE_PIPELINE:
        answer = reader.ask(f"SELECT * FROM {view}")
        assert answer.rows, view
        assert "other" not in answer.kinds(), answer.columns


@pytest.mark.parametrize("view", FIGURES)
def test_a_panel_does_not_read_all_that_a_country_has(warehouse: Warehouse, view: str) -> None:
    reader = Reader.of(warehouse, ministry(PLENTY))
    reader.ask(f"SELECT * FROM {view}")
    [(cells,)] = warehouse.ask("gtms", "SELECT count() FROM indicators.cells WHERE country = 'KEN'")
    read = reader.client.last_query.progress.rows
    assert 0 < read < int(str(cells)) / 2


def test_months_begin_when_they_do_and_years_when_the_country_says(warehouse: Warehouse) -> None:
    every_cell.write(warehouse.server, "NPL", 50, year_start=7)
    warehouse.operate(f"INSERT INTO ops.acl (user, country) VALUES ('{ministry('NPL')}', 'NPL')")
    answer = Reader.of(warehouse, ministry("NPL")).ask(
        "SELECT period, toString(toDate(time)) FROM published.periods ORDER BY period"
    )
    assert dict(answer.rows) == {
        "2024": "2024-07-01",
        "2025": "2025-07-01",
        "2025-10": "2025-10-01",
        "2025-11": "2025-11-01",
        "2025-12": "2025-12-01",
        "2025-Q1": "2025-07-01",
        "2025-Q2": "2025-10-01",
    }
