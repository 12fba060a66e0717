"""The outcomes service."""

from collections.abc import AsyncIterator

from gtms.families import FAMILIES
from gtms.ingest.calls import Calls, Context
from treatment.outcomes.v1 import outcomes_service_pb2_grpc
from treatment.outcomes.v1.outcome_pb2 import OutcomeRecord
from treatment.outcomes.v1.outcomes_service_pb2 import (
    GetOutcomeRequest,
    GetOutcomeResponse,
    SubmitOutcomeRequest,
    SubmitOutcomeResponse,
    SubmitOutcomesRequest,
    SubmitOutcomesResponse,
)

OUTCOME = FAMILIES["outcome"]


class OutcomesServicer(outcomes_service_pb2_grpc.OutcomesServiceServicer):
    """Takes and gives back outcomes."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def SubmitOutcome(  # noqa: N802
        self,
        request: SubmitOutcomeRequest,
        context: Context[SubmitOutcomeRequest, SubmitOutcomeResponse],
    ) -> SubmitOutcomeResponse:
        """One outcome."""
        return SubmitOutcomeResponse(receipt=await self._calls.one(OUTCOME, request, context))

    def SubmitOutcomes(  # noqa: N802
        self,
        request_iterator: AsyncIterator[SubmitOutcomesRequest],
        context: Context[SubmitOutcomesRequest, SubmitOutcomesResponse],
    ) -> AsyncIterator[SubmitOutcomesResponse]:
        """Chunks of them."""
        return self._calls.many(OUTCOME, request_iterator, context, SubmitOutcomesResponse)

    async def GetOutcome(  # noqa: N802
        self,
        request: GetOutcomeRequest,
        context: Context[GetOutcomeRequest, GetOutcomeResponse],
    ) -> GetOutcomeResponse:
        """What is stored of one."""
        stored = await self._calls.get(OUTCOME, request, context)
        return GetOutcomeResponse(record=OutcomeRecord.FromString(stored))
