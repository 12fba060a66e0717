"""The estimates service: how many people there are of whom treatment reaches some."""

from collections.abc import AsyncIterator

from gtms.families import FAMILIES
from gtms.ingest.calls import Calls, Context
from treatment.estimates.v1 import estimates_service_pb2_grpc
from treatment.estimates.v1.estimates_service_pb2 import (
    GetReferenceEstimateRequest,
    GetReferenceEstimateResponse,
    SubmitReferenceEstimateRequest,
    SubmitReferenceEstimateResponse,
    SubmitReferenceEstimatesRequest,
    SubmitReferenceEstimatesResponse,
)
from treatment.estimates.v1.reference_estimate_pb2 import ReferenceEstimateRecord

ESTIMATE = FAMILIES["estimate"]


class EstimatesServicer(estimates_service_pb2_grpc.EstimatesServiceServicer):
    """Takes and gives back reference estimates."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def SubmitReferenceEstimate(  # noqa: N802
        self,
        request: SubmitReferenceEstimateRequest,
        context: Context[SubmitReferenceEstimateRequest, SubmitReferenceEstimateResponse],
    ) -> SubmitReferenceEstimateResponse:
        """One reference estimate."""
        return SubmitReferenceEstimateResponse(
            receipt=await self._calls.one(ESTIMATE, request, context)
        )

    def SubmitReferenceEstimates(  # noqa: N802
        self,
        request_iterator: AsyncIterator[SubmitReferenceEstimatesRequest],
        context: Context[SubmitReferenceEstimatesRequest, SubmitReferenceEstimatesResponse],
    ) -> AsyncIterator[SubmitReferenceEstimatesResponse]:
        """Chunks of them."""
        return self._calls.many(
            ESTIMATE, request_iterator, context, SubmitReferenceEstimatesResponse
        )

    async def GetReferenceEstimate(  # noqa: N802
        self,
        request: GetReferenceEstimateRequest,
        context: Context[GetReferenceEstimateRequest, GetReferenceEstimateResponse],
    ) -> GetReferenceEstimateResponse:
        """What is stored of one."""
        stored = await self._calls.get(ESTIMATE, request, context)
        return GetReferenceEstimateResponse(record=ReferenceEstimateRecord.FromString(stored))
