"""The quality service."""

import grpc
import structlog

from gtms.ingest.identity import current_sender
from gtms.query.problems import ProblemPages
from gtms.query.requests import invalid, require_well_formed
from gtms.query.selection import InvalidQuery
from treatment.quality.v1 import quality_pb2 as pb
from treatment.quality.v1 import quality_pb2_grpc

log = structlog.get_logger(__name__)


class QualityServicer(quality_pb2_grpc.QualityServiceServicer):
    """Gives each country the problems of its own records."""

    def __init__(self, pages: ProblemPages) -> None:
        self._pages = pages

    async def ListProblems(  # noqa: N802
        self,
        request: pb.ListProblemsRequest,
        context: grpc.aio.ServicerContext[pb.ListProblemsRequest, pb.ListProblemsResponse],
    ) -> pb.ListProblemsResponse:
        """A page of problems."""
        require_well_formed(request)
        country = current_sender().country
        try:
            page = await self._pages.page(country, request)
        except InvalidQuery as problem:
            raise invalid(*problem.violations) from None
        log.info("read problems", country=country, problems=len(page.problems))
        return page

    async def SummarizeProblems(  # noqa: N802
        self,
        request: pb.SummarizeProblemsRequest,
        context: grpc.aio.ServicerContext[
            pb.SummarizeProblemsRequest, pb.SummarizeProblemsResponse
        ],
    ) -> pb.SummarizeProblemsResponse:
        """How many problems there are."""
        require_well_formed(request)
        country = current_sender().country
        try:
            answer = await self._pages.summary(country, request)
        except InvalidQuery as problem:
            raise invalid(*problem.violations) from None
        log.info("read problems", country=country, rules=len(answer.rules))
        return answer
