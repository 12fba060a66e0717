"""P07: whatever the route, bulk or single, the same small numbers are withheld."""

import csv
import io
from collections.abc import AsyncIterator, Iterator, Mapping

import pytest

from gtms.indicators.catalogue import CATALOGUE, tables_for
from gtms.query import pages, rendering
from gtms.records.periods import PeriodKind
from gtms.release.judging import Rules
from gtms.stack.lifecycle import EmbeddedStack
from tests.support.engine import Engine
from tests.support.population import admission, facility, received
from tests.support.releasing import (
    MINISTRY,
    PERIOD,
    TODAY,
    UNODC,
    Services,
    people,
    published,
    serving,
    stepping,
)
from treatment.indicators.v1 import indicators_pb2 as pb

FEW = "KE-47"
"""A region in which three people are treated, in two facilities."""
TABLES = [(), ("sex",), ("admin1",), ("facility",), ("age_band",), ("substance_group",)]
Place = tuple[str, str, tuple[tuple[str, str], ...]]


class Unprotected(Rules):
    """Releases everything as it was computed."""

    def protected(self, cells, profile, earlier):
        return list(cells)

    def leaks(self, cells, profile, earlier):
        return []


@pytest.fixture(scope="module")
def counted(stack: EmbeddedStack) -> Iterator[Engine]:
    engine = Engine(stack.settings.clickhouse)
    engine.forget_everything()
    few = [
        received(admission(f"few {n}", "2025-02-03", facility_id=f"F{8 + n % 2}", sex=2))
        for n in range(3)
    ]
    places = [received(facility(name, admin1=FEW)) for name in ("F8", "F9")]
    engine.take([*people(range(60)), *places, *few], TODAY)
    yield engine
    engine.forget_everything()
    engine.close()


@pytest.fixture
async def services(counted: Engine, stack: EmbeddedStack) -> AsyncIterator[Services]:
    for table in ("published.cells", "published.vintages", "indicators.releases"):
        counted.stored.rows(f"TRUNCATE TABLE {table}")
    async with serving(stack.settings) as made:
        yield made


async def by_every_route(
    services: Services, who: tuple[tuple[str, str], ...], **fields
) -> Mapping[str, Mapping[Place, float | None]]:
    """The values that a caller is told, by route."""
    routes: dict[str, dict[Place, float | None]] = {"whole": {}, "single": {}, "csv": {}}
    for table in TABLES:
        ids = [one.id for one in CATALOGUE.values() if table in tables_for(one, PeriodKind.QUARTER)]
        asked = {**fields, "by": table, "indicators": ids}
        whole = await services.cells(who, **asked)
        routes["whole"] |= {place(cell): told(cell) for cell in whole}
        routes["csv"] |= from_csv(rendering.cells_csv(whole, table))
        if table == ("admin1",):
            for name in ids:
                filters = [pb.Filter(dimension="admin1", values=[FEW])]
                for cell in await services.cells(
                    who, **{**asked, "indicators": [name], "filters": filters, "page_size": 1}
                ):
                    routes["single"][place(cell)] = told(cell)
    return routes


def place(cell: pb.Cell) -> Place:
    return (cell.indicator, cell.measure, tuple(sorted(cell.dimensions.items())))


def told(cell: pb.Cell) -> float | None:
    return cell.value if cell.HasField("value") else None


def from_csv(text: str) -> dict[Place, float | None]:
    found = {}
    for row in csv.DictReader(io.StringIO(text)):
        dimensions = tuple((name, row[name]) for table in TABLES for name in table if row.get(name))
        value = float(row["value"]) if row["value"] else None
        assert bool(row["value"]) == (row["status"] in ("OK", "ROUNDED", "LOW_LINKAGE"))
        if row["status"].startswith("SUPPRESSED"):
            assert not row["numerator"]
            assert not row["denominator"]
        found[row["indicator"], row["measure"], dimensions] = value
    return found


def small(counted: Engine) -> set[Place]:
    """Counts of people of places that are from one to four, and shares of so few."""
    found = set()
    for key, cell in counted.stored.cells("KEN").items():
        of = CATALOGUE[key.indicator]
        if key.period != PERIOD or "admin1" not in key.by or of.publishing_rule.startswith("exact"):
            continue
        if of.unit_of_count.startswith(("person", "episode")) and 0 < (cell.numerator or 0) < 5:
            dimensions = tuple(tuple(each.split("=", 1)) for each in key.key.split("|"))
            found.add((key.indicator, key.measure, dimensions))
    return found


async def told_of_few(services: Services, counted: Engine) -> set[str]:
    """By which routes small numbers are told, or told otherwise than by another."""
    found = set()
    hidden = small(counted)
    assert hidden
    for name, who, fields in (
        ("provisional", MINISTRY, {}),
        ("published", UNODC, {"countries": ["KEN"]}),
    ):
        routes = await by_every_route(services, who, **fields)
        assert routes["single"]
        for route, cells in routes.items():
            if any(cells.get(each) is not None for each in hidden):
                found.add(f"{name}: {route}")
            if any(routes["whole"][each] != value for each, value in exact(route, cells)):
                found.add(f"{name}: {route} differs")
    return found


def exact(route: str, cells: Mapping[Place, float | None]) -> list[tuple[Place, float | None]]:
    """CSV rounds to the decimals of the unit; there only what is withheld is compared."""
    return [(each, value) for each, value in cells.items() if route != "csv" or value is None]


async def test_no_route_tells_small_numbers(services, counted, stack):
    with stepping(stack.settings) as steps:
        published(steps)
    assert await told_of_few(services, counted) == set()


async def test_pages_of_any_size_say_the_same(services, stack):
    with stepping(stack.settings) as steps:
        published(steps)
    for who, fields in ((MINISTRY, {}), (UNODC, {"countries": ["KEN"]})):
        asked = {**fields, "by": ["admin1"], "indicators": ["A02", "B01"]}
        whole = await services.cells(who, **asked)
        for size in (1, 3):
            assert await services.cells(who, **asked, page_size=size) == whole


async def test_without_the_publishing_rules_the_check_finds_it(services, counted, stack):
    with stepping(stack.settings, Unprotected()) as steps:
        published(steps)
    found = await told_of_few(services, counted)
    assert {"published: whole", "published: single", "published: csv"} <= found


async def test_without_the_rules_for_provisional_cells_the_check_finds_it(
    services, counted, stack, monkeypatch
):
    with stepping(stack.settings) as steps:
        published(steps)
    monkeypatch.setattr(pages, "seen", lambda stored, *_: stored)
    found = await told_of_few(services, counted)
    assert {"provisional: whole", "provisional: single", "provisional: csv"} <= found
