"""The requests of all families, as the three kinds of call that every family has."""

from treatment.admissions.v1.admissions_service_pb2 import (
    GetAdmissionRequest,
    SubmitAdmissionRequest,
    SubmitAdmissionsRequest,
)
from treatment.estimates.v1.estimates_service_pb2 import (
    GetReferenceEstimateRequest,
    SubmitReferenceEstimateRequest,
    SubmitReferenceEstimatesRequest,
)
from treatment.facilities.v1.facilities_service_pb2 import (
    GetFacilityCapacityRequest,
    GetFacilityRequest,
    GetQaAssessmentRequest,
    SubmitFacilitiesRequest,
    SubmitFacilityCapacitiesRequest,
    SubmitFacilityCapacityRequest,
    SubmitFacilityRequest,
    SubmitQaAssessmentRequest,
    SubmitQaAssessmentsRequest,
)
from treatment.outcomes.v1.outcomes_service_pb2 import (
    GetOutcomeRequest,
    SubmitOutcomeRequest,
    SubmitOutcomesRequest,
)
from treatment.profiles.v1.profiles_service_pb2 import SetProfileRequest
from treatment.trainings.v1.trainings_service_pb2 import (
    GetTrainingEventRequest,
    GetTrainingParticipantRequest,
    SubmitTrainingEventRequest,
    SubmitTrainingEventsRequest,
    SubmitTrainingParticipantRequest,
    SubmitTrainingParticipantsRequest,
)

OneRequest = (
    SubmitFacilityRequest
    | SubmitFacilityCapacityRequest
    | SubmitQaAssessmentRequest
    | SubmitAdmissionRequest
    | SubmitOutcomeRequest
    | SubmitTrainingEventRequest
    | SubmitTrainingParticipantRequest
    | SubmitReferenceEstimateRequest
    | SetProfileRequest
)
ChunkRequest = (
    SubmitFacilitiesRequest
    | SubmitFacilityCapacitiesRequest
    | SubmitQaAssessmentsRequest
    | SubmitAdmissionsRequest
    | SubmitOutcomesRequest
    | SubmitTrainingEventsRequest
    | SubmitTrainingParticipantsRequest
    | SubmitReferenceEstimatesRequest
)
GetRequest = (
    GetFacilityRequest
    | GetFacilityCapacityRequest
    | GetQaAssessmentRequest
    | GetAdmissionRequest
    | GetOutcomeRequest
    | GetTrainingEventRequest
    | GetTrainingParticipantRequest
    | GetReferenceEstimateRequest
)
