"""Pages of cells from a real ClickHouse."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from gtms.events.failures import Unavailable
from gtms.indicators.catalogue import CATALOGUE
from gtms.query.pages import Superseded
from gtms.query.selection import InvalidQuery
from gtms.records.profiles import DEFAULT_PROFILE
from gtms.warehouse.reader import Reader
from treatment.indicators.v1 import indicators_pb2 as pb

SEXES = ("FEMALE", "MALE", "UNKNOWN")
DRUGS = ("COCAINE", "OPIOIDS", "UNKNOWN")


def crossed(times: float = 1) -> dict[tuple[str, str, str], object]:
    """A02 and B07 by sex and drug, with every margin."""
    values: dict[tuple[str, str, str], object] = {("A02", "value", ""): 45 * times}
    for i, sex in enumerate(SEXES):
        values["A02", "value", f"sex={sex}"] = (i + 1) * times
        for j, drug in enumerate(DRUGS):
            key = f"sex={sex}|substance_group={drug}"
            values["A02", "value", key] = (3 * i + j + 1) * times
            values["B07", "median", key] = (3 * i + j + 1) * times
            values["B07", "p90", key] = "NOT_AVAILABLE"
    return values


def ask(**fields) -> pb.QueryCellsRequest:
    return pb.QueryCellsRequest(**{"indicators": ["A02"], "periods": ["2025"], **fields})


def values(response: pb.QueryCellsResponse) -> dict[str, float]:
    return {
        "|".join(f"{name}={cell.dimensions[name]}" for name in sorted(cell.dimensions)): cell.value
        for cell in response.cells
    }


async def every_page(pages, country, request) -> list[pb.QueryCellsResponse]:
    answers = []
    while True:
        answers.append(await pages.page(country, request))
        request.page_token = answers[-1].next_page_token
        if not request.page_token:
            return answers


async def test_total(cells, pages):
    cells("KEN").snapshot("2025", crossed())
    (cell,) = (await pages.page("KEN", ask())).cells
    assert (cell.value, cell.status, cell.unit_of_count) == (45, pb.CELL_STATUS_OK, "person")
    assert (cell.country, cell.as_of, cell.coverage, cell.linkage) == ("KEN", "2026-09-30", 80, 95)
    assert cell.parameters["journey_gap_days"] == "21"


async def test_table_and_filters(cells, pages):
    cells("KEN").snapshot("2025", crossed())
    by_sex = await pages.page("KEN", ask(by=["sex"]))
    assert values(by_sex) == {"sex=FEMALE": 1, "sex=MALE": 2, "sex=UNKNOWN": 3}
    opioids = pb.Filter(dimension="substance_group", values=["OPIOIDS"])
    filtered = await pages.page("KEN", ask(by=["sex"], filters=[opioids]))
    assert values(filtered) == {
        "sex=FEMALE|substance_group=OPIOIDS": 2,
        "sex=MALE|substance_group=OPIOIDS": 5,
        "sex=UNKNOWN|substance_group=OPIOIDS": 8,
    }
    some = pb.Filter(dimension="sex", values=["MALE", "UNKNOWN"])
    both = await pages.page("KEN", ask(filters=[opioids, some]))
    assert sorted(values(both).values()) == [5, 8]


async def test_only_the_current_snapshot_counts(cells, pages):
    kenya = cells("KEN")
    kenya.snapshot("2025", {("A02", "value", ""): 1, ("A02", "value", "sex=MALE"): 1})
    kenya.snapshot("2025", {("A02", "value", ""): 2})
    kenya.snapshot("2025", {("A02", "value", ""): 3}, current=False)
    assert values(await pages.page("KEN", ask())) == {"": 2}
    assert values(await pages.page("KEN", ask(by=["sex"]))) == {}


async def test_late_snapshot_of_a_zombie_loses(cells, pages):
    kenya = cells("KEN")
    older = kenya.snapshot("2025", {("A02", "value", ""): 1}, current=False)
    kenya.snapshot("2025", {("A02", "value", ""): 2})
    kenya.point("2025", older)
    assert values(await pages.page("KEN", ask())) == {"": 2}


async def test_other_countries_are_never_read(cells, pages):
    cells("KEN").snapshot("2025", {("A02", "value", ""): 1})
    cells("UGA").snapshot("2025", {("A02", "value", ""): 2})
    assert values(await pages.page("KEN", ask())) == {"": 1}
    nothing = await pages.page("TZA", ask())
    assert not nothing.cells
    assert [(each.country, each.period) for each in nothing.not_computed] == [("TZA", "2025")]


async def test_not_computed_is_told_and_is_not_zero(cells, pages):
    cells("KEN").snapshot("2025", crossed())
    answer = await pages.page("KEN", ask(periods=["2025", "2024"]))
    assert [cell.period for cell in answer.cells] == ["2025"]
    assert [each.period for each in answer.not_computed] == ["2024"]


@pytest.mark.parametrize("status", ["NOT_MATURED", "NOT_AVAILABLE"])
async def test_status_without_value(cells, pages, status):
    cells("KEN").snapshot("2025", {("B03", "value", ""): status})
    (cell,) = (await pages.page("KEN", ask(indicators=["B03"]))).cells
    assert cell.status == pb.CellStatus.Value(f"CELL_STATUS_{status}")
    assert not cell.HasField("value")


async def test_low_linkage(cells, pages):
    kenya = cells("KEN")
    kenya.snapshot("2024", {("A02", "value", ""): 7}, linkage=89.0)
    kenya.snapshot("2025", {("A02", "value", ""): 8}, linkage=None)
    low, unknown = (await pages.page("KEN", ask(periods=["2024", "2025"]))).cells
    assert (low.value, low.unit_of_count) == (7, "episode")
    assert low.status == pb.CELL_STATUS_LOW_LINKAGE
    assert (unknown.unit_of_count, unknown.HasField("linkage")) == ("person", False)


@pytest.mark.parametrize(("least", "status"), [(95.0, "OK"), (95.1, "LOW_LINKAGE")])
async def test_low_linkage_is_what_the_country_calls_low(cells, pages, least, status):
    profile = replace(DEFAULT_PROFILE, min_linkage=least)
    replace(cells("KEN"), profile=profile).snapshot("2025", crossed(), linkage=95.0)
    (cell,) = (await pages.page("KEN", ask())).cells
    assert pb.CellStatus.Name(cell.status) == f"CELL_STATUS_{status}"
    assert cell.parameters["min_linkage"] == f"{least:g}"


async def test_a_range_goes_by_the_year_of_the_country(cells, pages):
    april = replace(DEFAULT_PROFILE, year_start=4)
    cells("KEN").snapshot("2025", crossed())
    replace(cells("KEN"), profile=april).snapshot("2024-05", crossed())
    year = pb.PeriodRange(first="2024", last="2024", kind=pb.PERIOD_KIND_MONTH)
    answer = await pages.page("KEN", ask(periods=[], period_range=year))
    found = {cell.period for cell in answer.cells} | {each.period for each in answer.not_computed}
    assert (min(found), max(found), len(found)) == ("2024-04", "2025-03", 12)


@pytest.mark.parametrize("size", [1, 2, 5, 26, 27, 28, 54])
async def test_pages_join_to_the_whole(cells, pages, size):
    kenya = cells("KEN")
    kenya.snapshot("2024", crossed(10))
    kenya.snapshot("2025", crossed())
    request = ask(
        indicators=["A02", "B07"], periods=["2024", "2025"], by=["sex", "substance_group"]
    )
    whole = await pages.page("KEN", request)
    request.page_size = size
    answers = await every_page(pages, "KEN", request)
    assert [cell for answer in answers for cell in answer.cells] == list(whole.cells)
    assert len(whole.cells) == 54
    assert {len(answer.cells) for answer in answers[:-1]} <= {size}
    assert answers[-1].cells


async def test_page_sequence_reads_one_snapshot_across_a_recompute(cells, pages):
    kenya = cells("KEN")
    kenya.snapshot("2024", crossed(10))
    kenya.snapshot("2025", crossed())
    request = ask(periods=["2024", "2025"], by=["sex"], page_size=2)
    first = await pages.page("KEN", request)
    kenya.snapshot("2024", crossed(1000))
    kenya.snapshot("2025", crossed(1000))
    request.page_token = first.next_page_token
    rest = await every_page(pages, "KEN", request)
    read = [cell.value for answer in (first, *rest) for cell in answer.cells]
    assert read == [10, 20, 30, 1, 2, 3]
    assert {c.computed_at.ToJsonString() for c in first.cells} < {
        c.computed_at.ToJsonString() for a in (first, *rest) for c in a.cells
    }
    request.page_token = ""
    assert [c.value for c in (await pages.page("KEN", request)).cells] == [1000, 2000]


async def test_page_sequence_ends_when_its_snapshot_was_dropped(cells, pages):
    kenya = cells("KEN")
    old = kenya.snapshot("2025", crossed())
    request = ask(by=["sex"], page_size=2)
    request.page_token = (await pages.page("KEN", request)).next_page_token
    kenya.snapshot("2025", crossed(1000))
    kenya.drop("2025", old)
    with pytest.raises(Superseded, match="2025"):
        await pages.page("KEN", request)


async def test_recompute_while_the_first_page_is_read_begins_anew(cells, pages, monkeypatch):
    """The old snapshot is superseded and dropped between the pointer and the cells."""
    kenya = cells("KEN")
    old = kenya.snapshot("2025", crossed())
    original = Reader.cells
    calls = []

    async def interrupted(self, *arguments):
        calls.append(arguments)
        if len(calls) == 1:
            kenya.snapshot("2025", crossed(1000))
            kenya.drop("2025", old)
        return await original(self, *arguments)

    monkeypatch.setattr(Reader, "cells", interrupted)
    answer = await pages.page("KEN", ask(by=["sex"]))
    assert values(answer) == {"sex=FEMALE": 1000, "sex=MALE": 2000, "sex=UNKNOWN": 3000}
    assert len(calls) == 2


async def test_endless_recomputes_are_refused_rather_than_mixed(cells, pages, monkeypatch):
    kenya = cells("KEN")
    kenya.snapshot("2025", crossed())
    original = Reader.cells

    async def interrupted(self, *arguments):
        kenya.snapshot("2025", crossed())
        return await original(self, *arguments)

    monkeypatch.setattr(Reader, "cells", interrupted)
    with pytest.raises(Superseded, match="ask again"):
        await pages.page("KEN", ask())


async def test_page_size_may_change_between_pages(cells, pages):
    cells("KEN").snapshot("2025", crossed())
    request = ask(by=["sex"], page_size=1)
    request.page_token = (await pages.page("KEN", request)).next_page_token
    request.page_size = 100
    assert [c.value for c in (await pages.page("KEN", request)).cells] == [2, 3]


@pytest.mark.parametrize(
    "change",
    [
        {"by": ["substance_group"]},
        {"periods": ["2024"]},
        {"indicators": ["B07"]},
        {"filters": [pb.Filter(dimension="sex", values=["MALE"])]},
    ],
)
async def test_token_of_another_query_is_refused(cells, pages, change):
    cells("KEN").snapshot("2025", crossed())
    token = (await pages.page("KEN", ask(by=["sex"], page_size=1))).next_page_token
    fields = {"by": ["sex"], "page_size": 1, **change}
    with pytest.raises(InvalidQuery, match="page_token: not a page token of this query"):
        await pages.page("KEN", ask(page_token=token, **fields))


async def test_token_of_another_country_is_refused(cells, pages):
    cells("KEN").snapshot("2025", crossed())
    cells("UGA").snapshot("2025", crossed())
    token = (await pages.page("KEN", ask(by=["sex"], page_size=1))).next_page_token
    with pytest.raises(InvalidQuery, match="page_token"):
        await pages.page("UGA", ask(by=["sex"], page_size=1, page_token=token))


async def test_token_of_another_installation_is_refused(cells, pages):
    cells("KEN").snapshot("2025", crossed())
    token = (await pages.page("KEN", ask(by=["sex"], page_size=1))).next_page_token
    other = replace(pages, key=bytes(32))
    with pytest.raises(InvalidQuery, match="page_token"):
        await other.page("KEN", ask(by=["sex"], page_size=1, page_token=token))


async def test_old_token_is_refused(cells, pages):
    cells("KEN").snapshot("2025", crossed())
    token = (await pages.page("KEN", ask(by=["sex"], page_size=1))).next_page_token
    later = replace(pages, now=lambda: datetime.now(UTC) + timedelta(minutes=16))
    with pytest.raises(InvalidQuery, match="expired"):
        await later.page("KEN", ask(by=["sex"], page_size=1, page_token=token))


@pytest.mark.parametrize("value", ["x' OR 1=1 --", "\\", "%(country)s", "'); DROP TABLE x; --"])
async def test_values_are_never_sql(cells, pages, value):
    cells("KEN").snapshot("2025", {("A02", "value", f"admin1={value}"): 5})
    cells("UGA").snapshot("2025", {("A02", "value", "admin1=UG-1"): 6})
    answer = await pages.page("KEN", ask(filters=[pb.Filter(dimension="admin1", values=[value])]))
    assert [cell.value for cell in answer.cells] == [5]


async def test_connection_that_was_lost_is_replaced(cells, pages, stack):
    cells("KEN").snapshot("2025", crossed())
    assert values(await pages.page("KEN", ask())) == {"": 45}
    before = stack.pid("clickhouse")
    stack.kill("clickhouse")
    stack.wait_restarted("clickhouse", before)
    stack.wait_healthy(["clickhouse"])
    assert values(await pages.page("KEN", ask())) == {"": 45}


async def test_warehouse_that_is_away_is_unavailable(stack, pages):
    away = stack.settings.clickhouse.model_copy(update={"port": 1})
    reader = Reader(away, threads=1)
    with pytest.raises(Unavailable, match="does not answer"):
        await replace(pages, reader=reader).page("KEN", ask())
    reader.close()


@pytest.mark.parametrize("page_size", [1, 2, 3, 1000])
async def test_years_are_pooled_page_by_page(cells, pages, page_size):
    """2 deaths in 100 person-years, nothing computed of the next year, then 1 in 300."""
    kenya = cells("KEN")
    kenya.snapshot("2023", {("I01", "value", ""): (2, 100), ("I01", "value", "sex=MALE"): (2, 60)})
    kenya.snapshot(
        "2025", {("I01", "value", ""): (1, 300), ("I01", "value", "sex=FEMALE"): (1, 50)}
    )
    kenya.snapshot("2025-Q1", {("I01", "value", ""): (1, 80)})
    whole = replace(pages, catalogue=CATALOGUE)
    total = ask(indicators=["I01"], periods=["2025", "2025-Q1"], page_size=page_size)
    found = await every_page(whole, "KEN", total)
    assert [
        (cell.period, cell.measure, cell.numerator, cell.denominator)
        for answer in found
        for cell in answer.cells
    ] == [
        ("2025", "pooled", 3, 400),
        ("2025", "value", 1, 300),
        ("2025-Q1", "value", 1, 80),
    ]
    assert found[0].cells[0].value == pytest.approx(7.5)
    by_sex = ask(indicators=["I01"], by=["sex"], page_size=page_size)
    found = await every_page(whole, "KEN", by_sex)
    assert [
        (cell.measure, cell.dimensions["sex"], cell.denominator)
        for answer in found
        for cell in answer.cells
    ] == [("pooled", "FEMALE", 50), ("pooled", "MALE", 60), ("value", "FEMALE", 50)]


async def test_a_year_that_is_pooled_and_computed_anew_ends_the_sequence(cells, pages):
    kenya = cells("KEN")
    first = kenya.snapshot("2024", {("I01", "value", ""): (2, 100)})
    kenya.snapshot("2025", {("I01", "value", ""): (1, 300)})
    whole = replace(pages, catalogue=CATALOGUE)
    request = ask(indicators=["I01"], page_size=1)
    request.page_token = (await whole.page("KEN", request)).next_page_token
    kenya.snapshot("2024", {("I01", "value", ""): (3, 100)})
    again = (await whole.page("KEN", request)).cells
    assert [(cell.measure, cell.denominator) for cell in again] == [("value", 300)]
    kenya.drop("2024", first)
    with pytest.raises(Superseded):
        await whole.page("KEN", request)
