"""The indicators service."""

from collections.abc import Mapping, Sequence

import grpc
import structlog

from gtms.indicators.definition import Indicator
from gtms.ingest.identity import current_sender
from gtms.ingest.refusals import Refusal
from gtms.query import answers
from gtms.query.pages import Pages, Superseded
from gtms.query.published_pages import PublishedPages
from gtms.query.requests import invalid, require_well_formed
from gtms.query.selection import InvalidQuery, Violation
from treatment.indicators.v1 import indicators_pb2 as pb
from treatment.indicators.v1 import indicators_pb2_grpc

log = structlog.get_logger(__name__)


class IndicatorsServicer(indicators_pb2_grpc.IndicatorsServiceServicer):
    """Gives out the catalogue, to each country its own cells, and to all what is published."""

    def __init__(self, pages: Pages, published: PublishedPages) -> None:
        self._pages = pages
        self._published = published

    async def ListIndicators(  # noqa: N802
        self,
        request: pb.ListIndicatorsRequest,
        context: grpc.aio.ServicerContext[pb.ListIndicatorsRequest, pb.ListIndicatorsResponse],
    ) -> pb.ListIndicatorsResponse:
        """The catalogue."""
        require_well_formed(request)
        chosen = _chosen(request, self._pages.catalogue)
        return pb.ListIndicatorsResponse(indicators=map(answers.definition, chosen))

    async def QueryCells(  # noqa: N802
        self,
        request: pb.QueryCellsRequest,
        context: grpc.aio.ServicerContext[pb.QueryCellsRequest, pb.QueryCellsResponse],
    ) -> pb.QueryCellsResponse:
        """Provisional cells of the caller's country, or published ones of any."""
        require_well_formed(request)
        own = current_sender().country
        try:
            if _wants_published(request, own):
                countries = _countries(request, own)
                page = await self._published.page(own, countries, request)
            else:
                _require_own(request, own)
                page = await self._pages.page(own, request)
        except InvalidQuery as problem:
            raise invalid(*problem.violations) from None
        except Superseded as problem:
            raise Refusal(grpc.StatusCode.ABORTED, "SNAPSHOT_SUPERSEDED", str(problem)) from None
        log.info(
            "read",
            country=own,
            indicators=list(request.indicators),
            by=list(request.by),
            cells=len(page.cells),
            purpose=request.purpose,
        )
        return page


def _wants_published(request: pb.QueryCellsRequest, own: str) -> bool:
    """Whether published cells are meant."""
    if request.source == pb.SOURCE_UNSPECIFIED:
        return not own or request.vintage > 0 or request.HasField("as_known_at")
    return request.source == pb.SOURCE_PUBLISHED


def _countries(request: pb.QueryCellsRequest, own: str) -> Sequence[str]:
    """Of which countries; none for all that have published anything."""
    return request.countries or ([own] if own else [])


def _require_own(request: pb.QueryCellsRequest, own: str) -> None:
    """Refuses provisional cells of another country.

    Raises:
        Refusal: the answer is the same whether or not there is anything to read of it.
    """
    if not own or any(country != own for country in request.countries):
        raise Refusal(
            grpc.StatusCode.PERMISSION_DENIED,
            "OTHER_COUNTRY",
            "this credential reads the provisional figures of its own country only;"
            " of others, what they have published (source)",
        )


def _chosen(
    request: pb.ListIndicatorsRequest, catalogue: Mapping[str, Indicator]
) -> list[Indicator]:
    unknown = [number for number, each in enumerate(request.indicators) if each not in catalogue]
    if unknown:
        allowed = f"not in the catalogue; there are {', '.join(sorted(catalogue))}"
        raise invalid(*(Violation(f"indicators[{number}]", allowed) for number in unknown))
    return [catalogue[name] for name in sorted(request.indicators or catalogue)]
