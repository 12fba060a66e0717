"""One page of published cells, of many countries.

A vintage never changes, so all that a page sequence must hold fast is which ones it reads: those
that its first page found. The page token has the moment of the newest of them and their digest;
when the same question at that moment finds others, the sequence ends.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime

from gtms.indicators.definition import POOLED, Indicator
from gtms.query import answers
from gtms.query.pages import Superseded
from gtms.query.selection import DEFAULT_PAGE_SIZE, InvalidQuery, Selection, Violation, select
from gtms.query.tokens import Binding, InvalidToken, require_fresh, seal_body, unseal_body
from gtms.warehouse import published
from gtms.warehouse.published import Place, PublishedCell, Vintage, Which
from gtms.warehouse.reader import Reader, Table
from treatment.indicators.v1 import indicators_pb2 as pb

CALENDAR = 1
"""Month in which years start for ranges of periods of many countries."""


@dataclass(frozen=True, slots=True)
class _Bookmark:
    """Where a page sequence stands: which vintages it reads, and the last cell already given."""

    which: Which
    digest: str
    after: Place | None


@dataclass(frozen=True, slots=True)
class PublishedPages:
    """Reads pages of published cells.

    Attributes:
        reader: of the warehouse.
        catalogue: what may be asked for.
        key: seals page tokens; the same in all processes of the installation.
        now: the clock, UTC.
    """

    reader: Reader
    catalogue: Mapping[str, Indicator]
    key: bytes
    now: Callable[[], datetime]

    async def page(
        self, caller: str, countries: Sequence[str], request: pb.QueryCellsRequest
    ) -> pb.QueryCellsResponse:
        """The page of published cells that a well-formed request of the caller asks for.

        Args:
            caller: for whom a page token is good: the caller's country, empty without one.
            countries: of which; empty for all that have published anything.
            request: what of them.

        Raises:
            InvalidQuery: outside the catalogue, or a page token that is not of this query.
            Superseded: the vintages of the page token cannot be found again.
            Unavailable: the warehouse is away.
        """
        selection = select(request, self.catalogue, CALENDAR)
        which = _which(request)
        binding = Binding(caller, _digest(selection, countries, which))
        bookmark = self._bookmark(request.page_token, binding) or _Bookmark(which, "", None)
        of = sorted(countries) or await published.countries(self.reader)
        found = await published.vintages(self.reader, of, selection.periods, bookmark.which)
        digest = _digest_of(found)
        if bookmark.digest and bookmark.digest != digest:
            raise Superseded("a release was published at this moment; ask again from the start")
        size = request.page_size or DEFAULT_PAGE_SIZE
        cells = await published.cells(
            self.reader, found, _table(selection), bookmark.after, size + 1
        )
        token = ""
        if len(cells) > size:
            newest = max(each.published_at for each in found)
            same = which if which.number else Which(at=newest)
            token = self._token(binding, _Bookmark(same, digest, cells[size - 1].place))
        return pb.QueryCellsResponse(
            cells=_cells(found, cells[:size]),
            next_page_token=token,
            not_computed=_missing(of, selection, found),
        )

    def _bookmark(self, token: str, binding: Binding) -> _Bookmark | None:
        if not token:
            return None
        try:
            body = json.loads(unseal_body(self.key, binding, token))
            require_fresh(datetime.fromisoformat(body["given_out"]), self.now())
        except InvalidToken as problem:
            raise InvalidQuery(Violation("page_token", str(problem))) from None
        at = body["at"] and datetime.fromisoformat(body["at"])
        return _Bookmark(Which(body["number"], at), body["digest"], Place(*body["after"]))

    def _token(self, binding: Binding, bookmark: _Bookmark) -> str:
        which, after = bookmark.which, bookmark.after
        assert after is not None
        body = {
            "given_out": self.now().isoformat(),
            "number": which.number,
            "at": which.at and which.at.isoformat(),
            "digest": bookmark.digest,
            "after": astuple(after),
        }
        return seal_body(self.key, binding, json.dumps(body).encode())


def _which(request: pb.QueryCellsRequest) -> Which:
    at = request.as_known_at.ToDatetime(UTC) if request.HasField("as_known_at") else None
    return Which(request.vintage, at)


def _table(selection: Selection) -> Table:
    """Pooled values of years are among the published cells."""
    measures = {*selection.measures, *([POOLED] if selection.pooled else [])}
    ids = tuple(indicator.id for indicator in selection.indicators)
    return Table(ids, tuple(sorted(measures)), selection.dimensions, selection.filters)


def _digest(selection: Selection, countries: Sequence[str], which: Which) -> bytes:
    """SHA-256 of the question, the same for every way of writing it."""
    at = which.at and which.at.isoformat()
    question = json.dumps(["published", sorted(countries), which.number, at])
    return hashlib.sha256(selection.digest() + question.encode()).digest()


def _digest_of(vintages: Sequence[Vintage]) -> str:
    told = json.dumps([(one.country, one.period, one.number, one.content) for one in vintages])
    return hashlib.sha256(told.encode()).hexdigest()


def _cells(vintages: Sequence[Vintage], cells: Sequence[PublishedCell]) -> Iterator[pb.Cell]:
    behind = {
        (each.country, each.period): (each, answers.told_parameters(json.loads(each.parameters)))
        for each in vintages
    }
    for cell in cells:
        yield answers.published(cell, *behind[cell.place.country, cell.place.period])


def _missing(
    countries: Sequence[str], selection: Selection, vintages: Sequence[Vintage]
) -> Iterator[pb.CountryPeriod]:
    found = {(each.country, each.period) for each in vintages}
    for country in countries:
        for period in selection.periods:
            if (country, period) not in found:
                yield pb.CountryPeriod(country=country, period=period)
