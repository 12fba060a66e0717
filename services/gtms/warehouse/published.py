"""What countries have published: vintages, and cells of many countries in one order.

Only what a row of `published.vintages` points at is read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from gtms.warehouse.reader import Quality, Reader, Table

_COUNTRIES = "SELECT DISTINCT country FROM published.vintages ORDER BY country"

_VINTAGES = """
SELECT country, period, vintage, content, as_of, computed_at, parameters, coverage, linkage,
    published_at
FROM published.vintages FINAL
WHERE country IN %(countries)s AND period IN %(periods)s AND {which}
ORDER BY country, period, vintage DESC
LIMIT 1 BY country, period
"""

_CELLS = """
SELECT country, period, indicator, measure, key, dimensions, value, numerator, denominator, status,
    unit_of_count, indicator_version
FROM published.cells FINAL
WHERE country IN %(countries)s AND (country, period, vintage, content) IN %(vintages)s
    AND indicator IN %(indicators)s AND measure IN %(measures)s AND by = %(by)s{conditions}
ORDER BY country, period, indicator, measure, key
LIMIT %(limit)s
"""

# Written out because a comparison of tuples is not looked up in the primary key.
_AFTER = """
    AND (country > %(after_country)s OR (country = %(after_country)s
    AND (period > %(after_period)s OR (period = %(after_period)s
    AND (indicator > %(after_indicator)s OR (indicator = %(after_indicator)s
    AND (measure > %(after_measure)s OR (measure = %(after_measure)s
    AND key > %(after_key)s))))))))"""


@dataclass(frozen=True, slots=True)
class Which:
    """Which vintage of each period: one by its number, or the newest one at a moment (UTC)."""

    number: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Vintage:
    """A vintage of a country and period; its attributes are those of the table."""

    country: str
    period: str
    number: int
    content: str
    as_of: date
    computed_at: datetime
    parameters: str
    quality: Quality
    published_at: datetime


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in the order of published cells."""

    country: str
    period: str
    indicator: str
    measure: str
    key: str


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """A cell as it was released."""

    place: Place
    dimensions: Mapping[str, str]
    value: float | None
    numerator: float | None
    denominator: float | None
    status: str
    unit_of_count: str
    indicator_version: int


async def countries(reader: Reader) -> tuple[str, ...]:
    """Those that have published anything."""
    rows = await reader.public_rows(_COUNTRIES, {})
    return tuple(country for (country,) in rows)


async def vintages(
    reader: Reader, of: Sequence[str], periods: Sequence[str], which: Which
) -> tuple[Vintage, ...]:
    """One vintage of each of the countries and periods that have it, in their order."""
    if not of:
        return ()
    words: dict[str, object] = {"countries": tuple(of), "periods": tuple(periods)}
    condition = "1"
    if which.number:
        condition, words["number"] = "vintage = %(number)s", which.number
    elif which.at is not None:
        condition = "published_at <= toDateTime64(%(at)s, 3, 'UTC')"
        words["at"] = which.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    rows = await reader.public_rows(_VINTAGES.format(which=condition), words)
    return tuple(
        Vintage(
            country=country,
            period=period,
            number=number,
            content=content,
            as_of=as_of,
            computed_at=_utc(computed),
            parameters=parameters,
            quality=Quality(coverage, linkage),
            published_at=_utc(at),
        )
        for country, period, number, content, as_of, computed, parameters, *rest in rows
        for coverage, linkage, at in [rest]
    )


async def cells(
    reader: Reader, of: Sequence[Vintage], table: Table, after: Place | None, limit: int
) -> tuple[PublishedCell, ...]:
    """The next `limit` cells of the table, in the order of `Place`."""
    left = [
        each
        for each in of
        if after is None or (each.country, each.period) >= (after.country, after.period)
    ]
    if not left:
        return ()
    conditions, words = table.conditions()
    if after is not None:
        conditions += _AFTER
        words |= {
            "after_country": after.country,
            "after_period": after.period,
            "after_indicator": after.indicator,
            "after_measure": after.measure,
            "after_key": after.key,
        }
    words |= {
        "countries": tuple(sorted({one.country for one in left})),
        "vintages": tuple((one.country, one.period, one.number, one.content) for one in left),
        "indicators": table.indicators,
        "measures": table.measures,
        "by": ",".join(table.dimensions),
        "limit": limit,
    }
    rows = await reader.public_rows(_CELLS.format(conditions=conditions), words)
    return tuple(PublishedCell(Place(*row[:5]), *row[5:]) for row in rows)


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
