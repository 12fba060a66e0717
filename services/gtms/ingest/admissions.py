"""The admissions service."""

from collections.abc import AsyncIterator

from gtms.families import FAMILIES
from gtms.ingest.calls import Calls, Context
from treatment.admissions.v1 import admissions_service_pb2_grpc
from treatment.admissions.v1.admission_pb2 import AdmissionRecord
from treatment.admissions.v1.admissions_service_pb2 import (
    GetAdmissionRequest,
    GetAdmissionResponse,
    SubmitAdmissionRequest,
    SubmitAdmissionResponse,
    SubmitAdmissionsRequest,
    SubmitAdmissionsResponse,
)

ADMISSION = FAMILIES["admission"]


class AdmissionsServicer(admissions_service_pb2_grpc.AdmissionsServiceServicer):
    """Takes and gives back admissions."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def SubmitAdmission(  # noqa: N802
        self,
        request: SubmitAdmissionRequest,
        context: Context[SubmitAdmissionRequest, SubmitAdmissionResponse],
    ) -> SubmitAdmissionResponse:
        """One admission."""
        return SubmitAdmissionResponse(receipt=await self._calls.one(ADMISSION, request, context))

    def SubmitAdmissions(  # noqa: N802
        self,
        request_iterator: AsyncIterator[SubmitAdmissionsRequest],
        context: Context[SubmitAdmissionsRequest, SubmitAdmissionsResponse],
    ) -> AsyncIterator[SubmitAdmissionsResponse]:
        """Chunks of them."""
        return self._calls.many(ADMISSION, request_iterator, context, SubmitAdmissionsResponse)

    async def GetAdmission(  # noqa: N802
        self,
        request: GetAdmissionRequest,
        context: Context[GetAdmissionRequest, GetAdmissionResponse],
    ) -> GetAdmissionResponse:
        """What is stored of one."""
        stored = await self._calls.get(ADMISSION, request, context)
        return GetAdmissionResponse(record=AdmissionRecord.FromString(stored))
