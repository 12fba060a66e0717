"""Every statement of every dashboard, as its audience's account, on real ClickHouse."""

import pytest

from dashboards import COMPLETE, DASHBOARDS, Audience, Dashboard
from tests.integration.dashboards.looking import (
    LITTLE,
    NOTHING,
    PLENTY,
    Reader,
    account,
    opened,
    wrong,
)
from tests.support.clickhouse import Warehouse
from tests.unit.dashboards.pages import asked, compiled

OF_COUNTRIES = [one for one in DASHBOARDS if one.audience is Audience.MINISTRY]


def named(one: object) -> str | None:
    return one.uid if isinstance(one, Dashboard) else None


@pytest.mark.parametrize("one", DASHBOARDS, ids=named)
def test_a_country_with_figures_sees_them(warehouse: Warehouse, one: Dashboard) -> None:
    reader, page = Reader.of(warehouse, account(one, PLENTY)), compiled("en", one.uid)
    view = opened(reader, page)
    assert list(wrong(reader, view, page, filled=True)) == []
    assert view.used == set(view.choices), "a variable that no panel heeds"


@pytest.mark.parametrize("one", DASHBOARDS, ids=named)
def test_whatever_is_chosen_the_statements_hold(warehouse: Warehouse, one: Dashboard) -> None:
    reader, page = Reader.of(warehouse, account(one, PLENTY)), compiled("en", one.uid)
    assert list(wrong(reader, opened(reader, page, last=True), page, filled=False)) == []


@pytest.mark.parametrize("country", [LITTLE, NOTHING])
@pytest.mark.parametrize("one", OF_COUNTRIES, ids=named)
def test_a_country_with_little_or_nothing_sees_no_error(
    warehouse: Warehouse, one: Dashboard, country: str
) -> None:
    reader, page = Reader.of(warehouse, account(one, country)), compiled("en", one.uid)
    assert list(wrong(reader, opened(reader, page), page, filled=False)) == []


@pytest.mark.parametrize("language", [each for each in COMPLETE if each != "en"])
def test_words_of_other_languages_break_no_statement(warehouse: Warehouse, language: str) -> None:
    for one in DASHBOARDS:
        reader = Reader.of(warehouse, account(one, PLENTY))
        view = opened(reader, compiled(language, one.uid))
        for each in asked(compiled(language, one.uid)):
            reader.ask(f"EXPLAIN AST {view.expanded(each.sql)}")
