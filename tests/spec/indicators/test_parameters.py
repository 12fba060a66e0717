"""A page names every parameter of a country that changes cells of its indicator on any page."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from tests.spec.indicators.page import AS_OF, Page
from tests.spec.indicators.pages import PAGES
from tests.support.oracle import Cells, Profile, period, reference_cells, version_of
from tests.support.population import COUNTRY

OTHERWISE = {
    "journey_gap_days": 60,
    "entrant_gap_days": 20,
    "stale_days": 20,
    "attribute_episode": "FIRST",
    "alcohol_included": False,
}


def cells(page: Page, profile: Profile) -> Cells:
    versions = [version_of(each) for each in page.records(COUNTRY)]
    return reference_cells(versions, COUNTRY, [period("2025", profile)], AS_OF, profile)


def changed(page: Page) -> Iterator[tuple[str, str]]:
    usual = cells(page, page.profile)
    for parameter, value in OTHERWISE.items():
        other = cells(page, replace(page.profile, **{parameter: value}))
        for key in usual.keys() | other.keys():
            if usual.get(key) != other.get(key):
                yield key.indicator, parameter


def test_parameters_are_named() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for page in PAGES.values():
        for indicator, parameter in changed(page):
            found[indicator].add(parameter)
    named = {name: set(page.depends_on) for name, page in PAGES.items()}
    assert {name: rest for name in found if (rest := found[name] - named[name])} == {}


def test_only_parameters_that_there_are_are_named() -> None:
    assert all(set(page.depends_on) <= OTHERWISE.keys() for page in PAGES.values())
