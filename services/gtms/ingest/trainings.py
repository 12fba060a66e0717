"""The trainings service: training events and their participants."""

from collections.abc import AsyncIterator

from gtms.families import FAMILIES
from gtms.ingest.calls import Calls, Context
from treatment.trainings.v1 import trainings_service_pb2_grpc
from treatment.trainings.v1.training_event_pb2 import TrainingEventRecord
from treatment.trainings.v1.training_participant_pb2 import TrainingParticipantRecord
from treatment.trainings.v1.trainings_service_pb2 import (
    GetTrainingEventRequest,
    GetTrainingEventResponse,
    GetTrainingParticipantRequest,
    GetTrainingParticipantResponse,
    SubmitTrainingEventRequest,
    SubmitTrainingEventResponse,
    SubmitTrainingEventsRequest,
    SubmitTrainingEventsResponse,
    SubmitTrainingParticipantRequest,
    SubmitTrainingParticipantResponse,
    SubmitTrainingParticipantsRequest,
    SubmitTrainingParticipantsResponse,
)

TRAINING_EVENT = FAMILIES["training_event"]
TRAINING_PARTICIPANT = FAMILIES["training_participant"]


class TrainingsServicer(trainings_service_pb2_grpc.TrainingsServiceServicer):
    """Takes and gives back training events and participants."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def SubmitTrainingEvent(  # noqa: N802
        self,
        request: SubmitTrainingEventRequest,
        context: Context[SubmitTrainingEventRequest, SubmitTrainingEventResponse],
    ) -> SubmitTrainingEventResponse:
        """One training event."""
        return SubmitTrainingEventResponse(
            receipt=await self._calls.one(TRAINING_EVENT, request, context)
        )

    def SubmitTrainingEvents(  # noqa: N802
        self,
        request_iterator: AsyncIterator[SubmitTrainingEventsRequest],
        context: Context[SubmitTrainingEventsRequest, SubmitTrainingEventsResponse],
    ) -> AsyncIterator[SubmitTrainingEventsResponse]:
        """Chunks of them."""
        return self._calls.many(
            TRAINING_EVENT, request_iterator, context, SubmitTrainingEventsResponse
        )

    async def GetTrainingEvent(  # noqa: N802
        self,
        request: GetTrainingEventRequest,
        context: Context[GetTrainingEventRequest, GetTrainingEventResponse],
    ) -> GetTrainingEventResponse:
        """What is stored of one."""
        stored = await self._calls.get(TRAINING_EVENT, request, context)
        return GetTrainingEventResponse(record=TrainingEventRecord.FromString(stored))

    async def SubmitTrainingParticipant(  # noqa: N802
        self,
        request: SubmitTrainingParticipantRequest,
        context: Context[SubmitTrainingParticipantRequest, SubmitTrainingParticipantResponse],
    ) -> SubmitTrainingParticipantResponse:
        """One training participant."""
        return SubmitTrainingParticipantResponse(
            receipt=await self._calls.one(TRAINING_PARTICIPANT, request, context)
        )

    def SubmitTrainingParticipants(  # noqa: N802
        self,
        request_iterator: AsyncIterator[SubmitTrainingParticipantsRequest],
        context: Context[SubmitTrainingParticipantsRequest, SubmitTrainingParticipantsResponse],
    ) -> AsyncIterator[SubmitTrainingParticipantsResponse]:
        """Chunks of them."""
        return self._calls.many(
            TRAINING_PARTICIPANT, request_iterator, context, SubmitTrainingParticipantsResponse
        )

    async def GetTrainingParticipant(  # noqa: N802
        self,
        request: GetTrainingParticipantRequest,
        context: Context[GetTrainingParticipantRequest, GetTrainingParticipantResponse],
    ) -> GetTrainingParticipantResponse:
        """What is stored of one."""
        stored = await self._calls.get(TRAINING_PARTICIPANT, request, context)
        return GetTrainingParticipantResponse(record=TrainingParticipantRecord.FromString(stored))
