"""Vintages written by SQL, for what only reads them."""

from collections.abc import Mapping
from datetime import date, datetime

from gtms.records.periods import parse
from tests.support.stored import Stored

CONTENT = "c" * 64
_CELL = """
INSERT INTO published.cells
    (country, period, vintage, content, indicator, measure, by, key, value, status)
SELECT %(country)s, %(period)s, %(vintage)s, %(content)s, %(indicator)s, %(measure)s, %(by)s,
    %(key)s, %(value)s, if(%(value)s IS NULL, 'SUPPRESSED_PRIMARY', 'OK')
"""
_VINTAGE = """
INSERT INTO published.vintages
    (country, period, vintage, content, first, after, as_of, published_at)
SELECT %(country)s, %(period)s, %(vintage)s, %(content)s, %(first)s, %(after)s, %(as_of)s, %(at)s
"""


def publish(
    stored: Stored,
    country: str,
    period: str,
    vintage: int,
    values: Mapping[str, float | None],
    *,
    at: datetime = datetime(2026, 1, 1),
) -> None:
    """Values of a vintage by indicator, or by `indicator measure key`."""
    of = {"country": country, "period": period, "vintage": vintage, "content": CONTENT}
    for name, value in values.items():
        stored.rows(_CELL, **of, **_place(name), value=value)
    dates = parse(period)
    days = {"first": dates.first, "after": dates.after, "as_of": date(2026, 1, 1)}
    stored.rows(_VINTAGE, **of, **days, at=at)


def _place(name: str) -> dict[str, str]:
    indicator, measure, key = [*name.split(), *("value", "")[name.count(" ") :]]
    by = ",".join(part.partition("=")[0] for part in key.split("|") if part)
    return {"indicator": indicator, "measure": measure, "by": by, "key": key}
