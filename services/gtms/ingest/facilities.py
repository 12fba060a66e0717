"""The facilities service: facilities, their capacity, their quality assessments."""

from collections.abc import AsyncIterator

from gtms.families import FAMILIES
from gtms.ingest.calls import Calls, Context
from treatment.facilities.v1 import facilities_service_pb2_grpc
from treatment.facilities.v1.facilities_service_pb2 import (
    GetFacilityCapacityRequest,
    GetFacilityCapacityResponse,
    GetFacilityRequest,
    GetFacilityResponse,
    GetQaAssessmentRequest,
    GetQaAssessmentResponse,
    SubmitFacilitiesRequest,
    SubmitFacilitiesResponse,
    SubmitFacilityCapacitiesRequest,
    SubmitFacilityCapacitiesResponse,
    SubmitFacilityCapacityRequest,
    SubmitFacilityCapacityResponse,
    SubmitFacilityRequest,
    SubmitFacilityResponse,
    SubmitQaAssessmentRequest,
    SubmitQaAssessmentResponse,
    SubmitQaAssessmentsRequest,
    SubmitQaAssessmentsResponse,
)
from treatment.facilities.v1.facility_capacity_pb2 import FacilityCapacityRecord
from treatment.facilities.v1.facility_pb2 import FacilityRecord
from treatment.facilities.v1.qa_assessment_pb2 import QaAssessmentRecord

FACILITY = FAMILIES["facility"]
CAPACITY = FAMILIES["capacity"]
QA_ASSESSMENT = FAMILIES["qa_assessment"]


class FacilitiesServicer(facilities_service_pb2_grpc.FacilitiesServiceServicer):
    """Takes and gives back facilities, capacities and quality assessments."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def SubmitFacility(  # noqa: N802
        self,
        request: SubmitFacilityRequest,
        context: Context[SubmitFacilityRequest, SubmitFacilityResponse],
    ) -> SubmitFacilityResponse:
        """One facility."""
        return SubmitFacilityResponse(receipt=await self._calls.one(FACILITY, request, context))

    def SubmitFacilities(  # noqa: N802
        self,
        request_iterator: AsyncIterator[SubmitFacilitiesRequest],
        context: Context[SubmitFacilitiesRequest, SubmitFacilitiesResponse],
    ) -> AsyncIterator[SubmitFacilitiesResponse]:
        """Chunks of them."""
        return self._calls.many(FACILITY, request_iterator, context, SubmitFacilitiesResponse)

    async def GetFacility(  # noqa: N802
        self,
        request: GetFacilityRequest,
        context: Context[GetFacilityRequest, GetFacilityResponse],
    ) -> GetFacilityResponse:
        """What is stored of one."""
        stored = await self._calls.get(FACILITY, request, context)
        return GetFacilityResponse(record=FacilityRecord.FromString(stored))

    async def SubmitFacilityCapacity(  # noqa: N802
        self,
        request: SubmitFacilityCapacityRequest,
        context: Context[SubmitFacilityCapacityRequest, SubmitFacilityCapacityResponse],
    ) -> SubmitFacilityCapacityResponse:
        """One capacity of a facility."""
        return SubmitFacilityCapacityResponse(
            receipt=await self._calls.one(CAPACITY, request, context)
        )

    def SubmitFacilityCapacities(  # noqa: N802
        self,
        request_iterator: AsyncIterator[SubmitFacilityCapacitiesRequest],
        context: Context[SubmitFacilityCapacitiesRequest, SubmitFacilityCapacitiesResponse],
    ) -> AsyncIterator[SubmitFacilityCapacitiesResponse]:
        """Chunks of them."""
        return self._calls.many(
            CAPACITY, request_iterator, context, SubmitFacilityCapacitiesResponse
        )

    async def GetFacilityCapacity(  # noqa: N802
        self,
        request: GetFacilityCapacityRequest,
        context: Context[GetFacilityCapacityRequest, GetFacilityCapacityResponse],
    ) -> GetFacilityCapacityResponse:
        """What is stored of one."""
        stored = await self._calls.get(CAPACITY, request, context)
        return GetFacilityCapacityResponse(record=FacilityCapacityRecord.FromString(stored))

    async def SubmitQaAssessment(  # noqa: N802
        self,
        request: SubmitQaAssessmentRequest,
        context: Context[SubmitQaAssessmentRequest, SubmitQaAssessmentResponse],
    ) -> SubmitQaAssessmentResponse:
        """One quality assessment."""
        return SubmitQaAssessmentResponse(
            receipt=await self._calls.one(QA_ASSESSMENT, request, context)
        )

    def SubmitQaAssessments(  # noqa: N802
        self,
        request_iterator: AsyncIterator[SubmitQaAssessmentsRequest],
        context: Context[SubmitQaAssessmentsRequest, SubmitQaAssessmentsResponse],
    ) -> AsyncIterator[SubmitQaAssessmentsResponse]:
        """Chunks of them."""
        return self._calls.many(
            QA_ASSESSMENT, request_iterator, context, SubmitQaAssessmentsResponse
        )

    async def GetQaAssessment(  # noqa: N802
        self,
        request: GetQaAssessmentRequest,
        context: Context[GetQaAssessmentRequest, GetQaAssessmentResponse],
    ) -> GetQaAssessmentResponse:
        """What is stored of one."""
        stored = await self._calls.get(QA_ASSESSMENT, request, context)
        return GetQaAssessmentResponse(record=QaAssessmentRecord.FromString(stored))
