"""The cells of a page as the product and the reference would give them."""

from tests.spec.indicators.page import Page
from tests.support.oracle import CellKey, Cells


def expected(page: Page, country: str) -> Cells:
    return {
        CellKey(country, each.period, page.indicator, each.measure, each.by, each.key): each.value
        for each in page.expected
        if each.value is not None
    }


def told_of(page: Page, cells: Cells) -> Cells:
    """Those of the tables that the page tells of."""
    told = {(each.period, each.measure, each.by) for each in page.expected}
    return {
        where: value
        for where, value in cells.items()
        if where.indicator == page.indicator and (where.period, where.measure, where.by) in told
    }
