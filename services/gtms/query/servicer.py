"""The indicators service."""

from collections.abc import Mapping

import grpc
import structlog

from gtms.indicators.definition import Indicator
from gtms.ingest.identity import current_sender
from gtms.ingest.refusals import Refusal
from gtms.query import answers
from gtms.query.pages import Pages, Superseded
from gtms.query.requests import invalid, require_well_formed
from gtms.query.selection import InvalidQuery, Violation
from treatment.indicators.v1 import indicators_pb2 as pb
from treatment.indicators.v1 import indicators_pb2_grpc

log = structlog.get_logger(__name__)


class IndicatorsServicer(indicators_pb2_grpc.IndicatorsServiceServicer):
    """Gives out the catalogue, and to each country its own cells."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

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
        """Cells of the caller's country."""
        require_well_formed(request)
        country = _readable(request)
        try:
            page = await self._pages.page(country, request)
        except InvalidQuery as problem:
            raise invalid(*problem.violations) from None
        except Superseded as problem:
            raise Refusal(grpc.StatusCode.ABORTED, "SNAPSHOT_SUPERSEDED", str(problem)) from None
        log.info(
            "read",
            country=country,
            indicators=list(request.indicators),
            by=list(request.by),
            cells=len(page.cells),
            purpose=request.purpose,
        )
        return page


def _readable(request: pb.QueryCellsRequest) -> str:
    """The one country that the caller may read.

    Raises:
        Refusal: another one was asked for. The answer is the same whether or not there is
            anything to read of it.
    """
    own = current_sender().country
    if any(country != own for country in request.countries):
        raise Refusal(
            grpc.StatusCode.PERMISSION_DENIED,
            "OTHER_COUNTRY",
            "this credential reads the figures of its own country only",
        )
    return own


def _chosen(
    request: pb.ListIndicatorsRequest, catalogue: Mapping[str, Indicator]
) -> list[Indicator]:
    unknown = [number for number, each in enumerate(request.indicators) if each not in catalogue]
    if unknown:
        allowed = f"not in the catalogue; there are {', '.join(sorted(catalogue))}"
        raise invalid(*(Violation(f"indicators[{number}]", allowed) for number in unknown))
    return [catalogue[name] for name in sorted(request.indicators or catalogue)]
