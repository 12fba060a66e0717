"""One page of a country's provisional cells: which snapshots it reads, and where the next begins.

All pages of a sequence read the snapshots that were current at its first page: the page token
names them. A superseded snapshot may be dropped at any moment, so a page is given out only once
it is sure that its snapshots were whole while it was read: on the first page they must still be
the current ones afterwards, on later pages they must still have all of their cells (dropping
only ever takes cells away).
"""

import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from gtms.indicators.definition import Indicator
from gtms.query import answers
from gtms.query.pooling import pool, pooled
from gtms.query.provisional import seen
from gtms.query.qualities import Qualities
from gtms.query.selection import DEFAULT_PAGE_SIZE, InvalidQuery, Selection, Violation, select
from gtms.query.tokens import Binding, Bookmark, InvalidToken, seal, unseal
from gtms.records.profiles import DEFAULT_PROFILE
from gtms.warehouse.reader import Position, Quality, Reader, Snapshot, StoredCell, Table
from treatment.indicators.v1 import indicators_pb2 as pb

ATTEMPTS = 5
MOST_POOLED = 1_000_000
"""More cells than the tables of years that are pooled can have."""


class Superseded(Exception):
    """The snapshots were computed anew and cannot be read to the end: the query begins again."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What was read, from snapshots that were whole meanwhile."""

    snapshots: tuple[Snapshot, ...]
    quality: Mapping[str, Quality]
    stored: Sequence[StoredCell]
    last: Position | None


@dataclass(frozen=True, slots=True)
class Pages:
    """Reads pages for one country at a time.

    Attributes:
        reader: of the warehouse.
        catalogue: what may be asked for.
        key: seals page tokens; the same in all processes of the installation.
        now: the clock, UTC.
        qualities: what is remembered between queries.
    """

    reader: Reader
    catalogue: Mapping[str, Indicator]
    key: bytes
    now: Callable[[], datetime]
    qualities: Qualities = field(default_factory=Qualities)

    async def page(self, country: str, request: pb.QueryCellsRequest) -> pb.QueryCellsResponse:
        """The page of the country's cells that a well-formed request asks for.

        Raises:
            InvalidQuery: outside the catalogue, or a page token that is not of this query.
            Superseded: the snapshots of the page token have been dropped.
            Unavailable: the warehouse is away.
        """
        year_start = await self._year_start(country) if request.HasField("period_range") else 1
        selection = select(request, self.catalogue, year_start)
        binding = Binding(country, selection.digest())
        size = request.page_size or DEFAULT_PAGE_SIZE
        if request.page_token:
            bookmark = self._bookmark(request.page_token, binding)
            page = await self._later(country, selection, bookmark, size)
        else:
            page = await self._first(country, selection, size)
        self.qualities.remember(country, page.snapshots, page.quality)
        return pb.QueryCellsResponse(
            cells=_cells(country, page, self.catalogue),
            next_page_token=self._token(binding, page),
            not_computed=_not_computed(country, selection, page.snapshots),
        )

    async def _year_start(self, country: str) -> int:
        """The month in which the years of the country start, as it was counted last."""
        told = await self.reader.parameters(country)
        return int(json.loads(told)["year_start"]) if told else DEFAULT_PROFILE.year_start

    def _bookmark(self, token: str, binding: Binding) -> Bookmark:
        try:
            return unseal(self.key, binding, token, self.now())
        except InvalidToken as problem:
            raise InvalidQuery(Violation("page_token", str(problem))) from None

    def _token(self, binding: Binding, page: _Page) -> str:
        if page.last is None:
            return ""
        return seal(self.key, binding, Bookmark(page.snapshots, page.last), self.now())

    async def _first(self, country: str, selection: Selection, size: int) -> _Page:
        for _ in range(ATTEMPTS):
            snapshots = await self.reader.snapshots(country, selection.read)
            page = await self._read(country, selection, Bookmark(snapshots, None), size)
            if page.last is not None:
                sizes = await self.reader.sizes(country, snapshots)
                sized = tuple(replace(each, cells=sizes.get(each.period, 0)) for each in snapshots)
                page = replace(page, snapshots=sized)
            if await self.reader.snapshots(country, selection.read) == snapshots:
                return page
        raise Superseded("the figures are being computed anew at this moment; ask again")

    async def _later(
        self, country: str, selection: Selection, bookmark: Bookmark, size: int
    ) -> _Page:
        page = await self._read(country, selection, bookmark, size)
        sizes = await self.reader.sizes(country, bookmark.snapshots)
        for snapshot in bookmark.snapshots:
            if sizes.get(snapshot.period, 0) != snapshot.cells:
                raise Superseded(
                    f"{snapshot.period} was computed anew and what this page sequence read has "
                    "been dropped; ask again without a page token"
                )
        return page

    async def _read(
        self, country: str, selection: Selection, bookmark: Bookmark, size: int
    ) -> _Page:
        table = Table(
            tuple(indicator.id for indicator in selection.indicators),
            selection.measures,
            selection.dimensions,
            selection.filters,
        )
        snapshots = bookmark.snapshots
        known = self.qualities.known(country, snapshots)
        asked = [each for each in snapshots if each.period in selection.periods]
        stored, read, pooled = await asyncio.gather(
            self.reader.cells(country, asked, table, bookmark.after, size + 1),
            self.reader.quality(country, [each for each in snapshots if each.period not in known]),
            self._pooled(country, selection, bookmark),
        )
        cells = sorted((*stored, *pooled), key=lambda cell: cell.position) if pooled else stored
        last = cells[size - 1].position if len(cells) > size else None
        return _Page(snapshots, {**known, **read}, cells[:size], last)

    async def _pooled(
        self, country: str, selection: Selection, bookmark: Bookmark
    ) -> list[StoredCell]:
        """The cells after the bookmark of years pooled with those before them, of one table."""
        years = [each.period for each in bookmark.snapshots if pool(each.period)]
        of = selection.pooled
        if not of or not years:
            return []
        snapshots = [each for each in bookmark.snapshots if each.period in years]
        ids = tuple(each.id for each in of)
        table = Table(ids, ("value",), selection.dimensions, selection.filters)
        totals = Table(ids, ("value",), ())
        cells, whole = await asyncio.gather(
            *(
                self.reader.cells(country, snapshots, each, None, MOST_POOLED)
                for each in (table, totals)
            )
        )
        found = [
            cell
            for indicator in of
            for cell in pooled(
                indicator,
                selection.dimensions,
                [year for year in years if year in selection.periods],
                [each for each in cells if each.position.indicator == indicator.id],
                [each for each in whole if each.position.indicator == indicator.id],
            )
        ]
        return [each for each in found if bookmark.after is None or each.position > bookmark.after]


def _cells(country: str, page: _Page, catalogue: Mapping[str, Indicator]) -> Iterator[pb.Cell]:
    behind = {
        snapshot.period: answers.background(
            country, snapshot, page.quality.get(snapshot.period, Quality())
        )
        for snapshot in page.snapshots
    }
    for stored in seen(page.stored, page.snapshots, catalogue):
        place = stored.position
        yield answers.cell(stored, catalogue[place.indicator], behind[place.period])


def _not_computed(
    country: str, selection: Selection, snapshots: Sequence[Snapshot]
) -> Iterator[pb.CountryPeriod]:
    computed = {snapshot.period for snapshot in snapshots}
    for period in selection.periods:
        if period not in computed:
            yield pb.CountryPeriod(country=country, period=period)
