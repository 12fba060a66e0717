"""The view that ministries read gives what `provisional()` makes of the same cells."""

from itertools import product
from pathlib import Path

from gtms.indicators.catalogue import CATALOGUE
from gtms.privacy.cells import Cell, Status
from gtms.privacy.suppression import provisional
from gtms.warehouse.accounts import ministry
from tests.support.clickhouse import Warehouse, a_warehouse

TABLES: tuple[tuple[tuple[str, str], ...], ...] = (
    (),
    (("sex", "female"),),
    (("admin1", "north"),),
    (("admin1", "north"), ("sex", "female")),
    (("age", "25-29"), ("sex", "female"), ("substance", "HEROIN")),
)
PARTS = (None, 0.0, 1.0, 4.0, 4.5, 5.0, 20.0)


def cells() -> list[Cell]:
    """Every combination of small and large parts, in tables that the indicators have."""
    found = []
    for indicator in CATALOGUE.values():
        tables = [
            table
            for table in TABLES
            if any({name for name, _ in table} <= set(each) for each in indicator.tables)
            and (table or indicator.parts[0].has_total)
            and any(
                part.needed <= {name for name, _ in table}
                and any({name for name, _ in table} <= set(each) for each in part.tables)
                for part in indicator.parts[:1]
            )
        ]
        for number, (table, above, below) in enumerate(product(tables, PARTS, PARTS)):
            named = tuple((name, f"{label} {number}") for name, label in table)
            measure = indicator.parts[0].values[0]
            found.append(Cell(indicator.id, measure, "2025", named, above, above, below, Status.OK))
    return found


def store(warehouse: Warehouse, every: list[Cell]) -> None:
    def number(value: float | None) -> str:
        return "NULL" if value is None else str(value)

    rows = []
    for cell in every:
        key = "|".join(f"{name}={label}" for name, label in cell.dimensions)
        by = ",".join(name for name, _ in cell.dimensions)
        labels = ", ".join(f"'{name}', '{label}'" for name, label in cell.dimensions)
        rows.append(
            f"('KEN', '2025', 7, '{cell.indicator}', '{cell.measure}', '{by}', '{key}',"
            f" map({labels}), {number(cell.value)}, {number(cell.numerator)},"
            f" {number(cell.denominator)}, '{cell.status}')"
        )
    warehouse.operate(
        f"INSERT INTO ops.acl (user, country) VALUES ('{ministry('KEN')}', 'KEN')",
        "INSERT INTO indicators.snapshots (country, period, version, as_of, parameters)"
        " VALUES ('KEN', '2025', 7, '2026-01-01', '{\"k_threshold\": 5}')",
        f"INSERT INTO indicators.cells VALUES {', '.join(rows)}",
    )


def readings() -> list[str]:
    """The whole view, and the views that read one table at a time, for all that there are."""
    of = f"indicators = {list(CATALOGUE)}, by = '{{}}'"
    names = [",".join(name for name, _ in table) for table in TABLES]
    one = [f"published.provisional_in({of.format(by)}, period = '2025')" for by in names]
    years = "like = '2025', since = '2000-01-01', until = '2100-01-01'"
    many = [f"published.provisional_over({of.format(by)}, {years})" for by in names]
    columns = "indicator, measure, key, dimensions, value, numerator, denominator, status"
    return [
        " UNION ALL ".join(f"SELECT {columns} FROM {view}" for view in views)
        for views in (["published.provisional"], one, many)
    ]


def test_the_views_give_what_the_function_does(tmp_path: Path) -> None:
    every = cells()
    assert len(every) > 1000
    expected = {
        (cell.indicator, cell.measure, cell.dimensions): (
            *(cell.value, cell.numerator, cell.denominator),
            str(cell.status),
        )
        for cell in provisional(every, CATALOGUE)
    }
    with a_warehouse(tmp_path) as warehouse:
        store(warehouse, every)
        for reading in readings():
            given = {
                (str(i), str(m), tuple(sorted(d.items()))): (v, n, whole, str(s))  # type: ignore[attr-defined]
                for i, m, _, d, v, n, whole, s in warehouse.ask(ministry("KEN"), reading)
            }
            assert set(given) == set(expected)
            assert {key: given[key] for key in given if given[key] != expected[key]} == {}
