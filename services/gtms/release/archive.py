"""Releases in ClickHouse: what they are made of, drafts, and what is public.

Every method takes the country first. One thread at a time; all raise `Unavailable` when ClickHouse
is away, and may be repeated without harm.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from gtms.privacy.cells import Cell, Status
from gtms.release.contents import Labelled
from gtms.release.policies import Policy
from gtms.release.states import CellName, Leak, Made, Release, State, with_states
from gtms.warehouse.client import Connection
from gtms.warehouse.erasures import months_erased
from gtms.warehouse.reader import Position, Quality, Snapshot, StoredCell

DRAFTS = "indicators.release_cells"
PUBLISHED = "published.cells"

_MADE = """content, first, after, {snapshot}, as_of, computed_at, parameters, catalogue, coverage,
    linkage, cells, withheld"""
_DRAFT = f"""
SELECT period, vintage, state, breaches, reason, drafted_by, reviewed_by, '', NULL,
    {_MADE.format(snapshot="snapshot")}
FROM indicators.releases FINAL WHERE country = %(country)s
"""
_VINTAGES = f"""
SELECT period, vintage, 'PUBLISHED', '[]', reason, drafted_by, reviewed_by, published_by,
    published_at, {_MADE.format(snapshot="0")}
FROM published.vintages FINAL WHERE country = %(country)s
ORDER BY country, period, vintage
"""
_SNAPSHOTS = """
SELECT period, version, as_of, computed_at, parameters, catalogue
FROM indicators.snapshots FINAL
WHERE country = %(country)s AND period IN %(periods)s
ORDER BY period
"""
_COMPUTED = """
SELECT period, indicator, measure, key, dimensions, value, numerator, denominator, status
FROM indicators.cells
WHERE country = %(country)s AND period = %(period)s AND version = %(version)s{only}
ORDER BY country, period, version, indicator, measure, by, key
"""
_QUALITY = """
SELECT anyIf(value, indicator = 'L01'), anyIf(value, indicator = 'L03')
FROM indicators.cells
WHERE country = %(country)s AND period = %(period)s AND version = %(version)s
    AND indicator IN ('L01', 'L03') AND measure = 'value' AND key = ''
"""
_CELLS = """
SELECT indicator, measure, period, dimensions, value, numerator, denominator, status,
    unit_of_count, indicator_version
FROM {table} FINAL
WHERE country = %(country)s AND period = %(period)s AND vintage = %(vintage)s
    AND content = %(content)s
ORDER BY country, period, vintage, content, indicator, measure, by, key
"""
_COPY = """
INSERT INTO published.cells
SELECT * FROM indicators.release_cells FINAL
WHERE country = %(country)s AND period = %(period)s AND vintage = %(vintage)s
    AND content = %(content)s
"""
_FORGET = """
DELETE FROM indicators.{table} WHERE country = %(country)s AND period = %(period)s{but}
"""
_ENDED = """
SELECT period FROM indicators.snapshots FINAL
WHERE country = %(country)s
    AND period NOT IN (SELECT period FROM published.vintages WHERE country = %(country)s)
    AND period NOT IN (SELECT period FROM indicators.releases WHERE country = %(country)s)
"""
_POLICY = """
SELECT since, year_days, quarter_days, month_days
FROM ops.release_policies FINAL WHERE country = %(country)s
"""
_WITH_POLICY = """
SELECT country FROM ops.release_policies FINAL
WHERE isNotNull(year_days) OR isNotNull(quarter_days) OR isNotNull(month_days)
ORDER BY country
"""


class Archive:
    """Releases of any country, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def snapshots(self, country: str, periods: Iterable[str]) -> Mapping[str, tuple[Snapshot, str]]:
        """The current snapshots of those periods that have one, each with its catalogue."""
        rows = self._rows(_SNAPSHOTS, country=country, periods=tuple(periods))
        return {
            period: (Snapshot(period, version, as_of, _utc(at), parameters), catalogue)
            for period, version, as_of, at, parameters, catalogue in rows
        }

    def computed(
        self, country: str, snapshot: Snapshot, indicators: Sequence[str] = ()
    ) -> list[StoredCell]:
        """The cells of a snapshot, of all indicators or of those named."""
        only = " AND indicator IN %(indicators)s AND measure = 'value'" if indicators else ""
        rows = self._rows(
            _COMPUTED.format(only=only),
            country=country,
            period=snapshot.period,
            version=snapshot.version,
            indicators=tuple(indicators),
        )
        return [StoredCell(Position(*row[:4]), *row[4:]) for row in rows]

    def quality(self, country: str, snapshot: Snapshot) -> Quality:
        """L01 and L03 of a snapshot."""
        ((coverage, linkage),) = self._rows(
            _QUALITY, country=country, period=snapshot.period, version=snapshot.version
        )
        return Quality(coverage, linkage)

    def draft(self, country: str, period: str) -> Release | None:
        """The release of the period that is not published yet."""
        return next((one for one in self.drafts(country) if one.period == period), None)

    def drafts(self, country: str) -> list[Release]:
        """All releases of the country that are not published yet, by period.

        What was published just before its draft was removed is a draft no longer.
        """
        public = {(each.period, each.vintage) for each in self.vintages(country)}
        found = [_release(country, row) for row in self._rows(_DRAFT, country=country)]
        return sorted(
            (each for each in found if (each.period, each.vintage) not in public),
            key=lambda each: each.period,
        )

    def vintages(self, country: str) -> list[Release]:
        """All that the country has published, by period and vintage."""
        return with_states(
            [_release(country, row) for row in self._rows(_VINTAGES, country=country)]
        )

    def cells(self, country: str, release: Release) -> list[Labelled]:
        """The cells of a draft or of a vintage."""
        table = DRAFTS if release.published_at is None else PUBLISHED
        rows = self._rows(
            _CELLS.format(table=table),
            country=country,
            period=release.period,
            vintage=release.vintage,
            content=release.made.content,
        )
        return [_labelled(row) for row in rows]

    def keep_draft(self, country: str, release: Release, cells: Sequence[Labelled]) -> None:
        """Keep the cells of a draft, then the draft itself, then forget the cells before."""
        if cells:
            self._connection.insert(DRAFTS, _columns(release, cells))
        self.keep(country, release)
        self._rows(
            _FORGET.format(table="release_cells", but=" AND content != %(content)s"),
            country=country,
            period=release.period,
            content=release.made.content,
        )

    def keep(self, country: str, release: Release) -> None:
        """Keep the draft in its present state; its cells are there."""
        leaks = [asdict(leak) for leak in release.leaks]
        self._insert(
            "indicators.releases",
            {
                **_made(country, release),
                "state": str(release.state),
                "snapshot": release.made.snapshot,
                "breaches": json.dumps(leaks),
            },
        )

    def publish(self, country: str, release: Release) -> None:
        """Make the reviewed release public: its cells, then the row that makes them count."""
        of = {
            "country": country,
            "period": release.period,
            "vintage": release.vintage,
            "content": release.made.content,
        }
        self._rows(_COPY, **of)
        self._insert(
            "published.vintages",
            {**_made(country, release), "published_by": release.published_by},
        )

    def forget_draft(self, country: str, period: str) -> None:
        """Remove the draft and its cells."""
        for table in ("releases", "release_cells"):
            self._rows(_FORGET.format(table=table, but=""), country=country, period=period)

    def erased_since(self, release: Release) -> bool:
        """Whether a person or record that it may count was erased after computing had begun."""
        begun = datetime.fromtimestamp(release.made.snapshot / 1e9, UTC)
        months = months_erased(self._connection, release.country, begun)
        return any(release.made.first <= month < release.made.after for month in months)

    def unreleased(self, country: str) -> list[str]:
        """Periods that have been computed and of which there is neither a draft nor a vintage."""
        return [str(period) for (period,) in self._rows(_ENDED, country=country)]

    def policy(self, country: str) -> Policy | None:
        """When periods of the country are released by themselves; None when nobody said."""
        rows = self._rows(_POLICY, country=country)
        return Policy(*rows[0]) if rows else None

    def set_policy(self, country: str, policy: Policy, who: str) -> None:
        """Set it in place of the one before."""
        self._insert("ops.release_policies", {"country": country, **asdict(policy), "set_by": who})

    def with_policy(self) -> list[str]:
        """Countries of which something may be released by itself."""
        return [str(country) for (country,) in self._rows(_WITH_POLICY)]

    def published_by_anybody(self) -> list[str]:
        """Countries that have published anything."""
        rows = self._rows("SELECT DISTINCT country FROM published.vintages ORDER BY country")
        return [str(country) for (country,) in rows]

    def _rows(self, statement: str, **words: object) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement, words)

    def _insert(self, table: str, row: Mapping[str, object]) -> None:
        self._connection.insert(table, {name: [value] for name, value in row.items()})


def _made(country: str, release: Release) -> dict[str, object]:
    facts = asdict(release.made)
    facts.pop("snapshot")
    return {
        "country": country,
        "period": release.period,
        "vintage": release.vintage,
        **facts,
        "reason": release.reason,
        "drafted_by": release.drafted_by,
        "reviewed_by": release.reviewed_by,
    }


def _release(country: str, row: Sequence[Any]) -> Release:
    period, vintage, state, leaks, reason, drafted, reviewed, published, at, *facts = row
    content, first, after, snapshot, as_of, computed_at, *rest = facts
    made = Made(content, first, after, snapshot, as_of, _utc(computed_at), *rest)
    return Release(
        country=country,
        period=period,
        vintage=vintage,
        state=State(state),
        made=made,
        leaks=tuple(
            Leak(tuple(CellName(**cell) for cell in leak["cells"]), leak["because"])
            for leak in json.loads(leaks)
        ),
        reason=reason,
        drafted_by=drafted,
        reviewed_by=reviewed,
        published_by=published,
        published_at=_utc(at) if at is not None else None,
    )


def _labelled(row: Sequence[Any]) -> Labelled:
    indicator, measure, period, dimensions, value, above, below, status, unit, version = row
    cell = Cell(
        indicator,
        measure,
        period,
        tuple(sorted(dimensions.items())),
        value,
        above,
        below,
        Status(status),
    )
    return Labelled(cell, unit, version)


def _columns(release: Release, cells: Sequence[Labelled]) -> dict[str, list[object]]:
    of = [one.cell for one in cells]
    count = len(of)
    return {
        "country": [release.country] * count,
        "period": [release.period] * count,
        "vintage": [release.vintage] * count,
        "content": [release.made.content] * count,
        "indicator": [cell.indicator for cell in of],
        "indicator_version": [one.indicator_version for one in cells],
        "measure": [cell.measure for cell in of],
        "by": [",".join(cell.table) for cell in of],
        "key": ["|".join(f"{name}={label}" for name, label in cell.dimensions) for cell in of],
        "dimensions": [dict(cell.dimensions) for cell in of],
        "value": [cell.value for cell in of],
        "numerator": [cell.numerator for cell in of],
        "denominator": [cell.denominator for cell in of],
        "status": [str(cell.status) for cell in of],
        "unit_of_count": [one.unit_of_count for one in cells],
    }


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
