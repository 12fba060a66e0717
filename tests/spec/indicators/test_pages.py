"""Every page on ClickHouse and by the reference: the cells that it says, and no others."""

from collections.abc import Iterator

import pytest
from iso3166 import countries_by_alpha3

from gtms.indicators.catalogue import CATALOGUE
from gtms.records.validation import validate
from gtms.stack.lifecycle import EmbeddedStack
from tests.spec.indicators.comparing import expected, told_of
from tests.spec.indicators.page import AS_OF, Page, Trap
from tests.spec.indicators.pages import PAGES
from tests.support.cells import differences
from tests.support.drawn_tables import Row, drawn
from tests.support.engine import Engine
from tests.support.laws import right
from tests.support.oracle import (
    RecordMessage,
    period,
    reference_cells,
    version_of,
)
from tests.support.stored import Stored
from tests.support.vintages import publish

# Each page is a country of its own, so that all are computed together.
COUNTRY = dict(zip(PAGES, sorted(countries_by_alpha3), strict=False))

each_page = pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.indicator)
each_page_of_records = pytest.mark.parametrize(
    "page",
    [page for page in PAGES.values() if not page.releases],  # the reference reads records
    ids=lambda page: page.indicator,
)


@pytest.fixture(scope="module")
def stored(stack: EmbeddedStack) -> Iterator[Stored]:
    """All pages, counted; corrections and retractions came after everything else."""
    engine = Engine(stack.settings.clickhouse)
    engine.forget_everything()
    for country, row in releases():
        words = row.words
        publish(
            engine.stored,
            country,
            words["period"],
            int(words["vintage"]),
            {words["indicator"]: float(words["value"])},
        )
    records = [each for page in PAGES.values() for each in sent(page)]
    engine.take([each for each in records if each.envelope.record_version == 1], AS_OF)
    engine.take([each for each in records if each.envelope.record_version > 1], AS_OF)
    yield engine.stored
    engine.forget_everything()
    engine.close()


def releases() -> Iterator[tuple[str, Row]]:
    for name, page in PAGES.items():
        for row in drawn(page.releases).rows:
            yield COUNTRY[name], row


def sent(page: Page) -> list[RecordMessage]:
    return page.records(COUNTRY[page.indicator])


@each_page
def test_the_cells_of_the_page(page: Page, stored: Stored) -> None:
    country = COUNTRY[page.indicator]
    wrong = differences(expected(page, country), told_of(page, stored.cells(country)))
    assert not wrong


@each_page_of_records
def test_the_reference_reads_the_page_so(page: Page) -> None:
    versions = [version_of(each) for each in sent(page)]
    names = sorted({each.period for each in page.expected})
    periods = [period(name, page.profile) for name in names]
    country = COUNTRY[page.indicator]
    cells = reference_cells(versions, country, periods, AS_OF, page.profile)
    wrong = differences(expected(page, country), told_of(page, cells))
    assert not wrong


@each_page_of_records
def test_every_other_cell_is_that_of_the_reference(page: Page, stored: Stored) -> None:
    """Of all indicators and periods."""
    country = COUNTRY[page.indicator]
    wrong = right(country, sent(page), stored, AS_OF, profile=page.profile)
    assert not wrong


@each_page
def test_its_records_would_be_accepted(page: Page) -> None:
    found = [problem for each in sent(page) for problem in validate(each).errors]
    assert found == []


@each_page
def test_it_shows_a_total_and_every_table(page: Page) -> None:
    """Each dimension of the indicator is in some cell of the page, and each of its measures."""
    of = CATALOGUE[page.indicator]
    shown = {name for each in page.expected for name in each.by.split(",") if name}
    assert shown == {name for table in of.tables for name in table}
    assert {each.measure for each in page.expected} == set(of.measures)


def test_every_indicator_has_a_page() -> None:
    assert set(PAGES) == set(CATALOGUE)
    assert {name: page.indicator for name, page in PAGES.items()} == {name: name for name in PAGES}


def test_every_trap_is_laid() -> None:
    assert {trap for page in PAGES.values() for trap in page.traps} == set(Trap)
