"""A national system that sends one record at a time over gRPC and remembers every answer."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

import grpc
from google.protobuf.message import Message

from gtms.stack.lifecycle import EmbeddedStack
from tests.support.oracle import RecordMessage
from treatment.admissions.v1 import admission_pb2, admissions_service_pb2
from treatment.admissions.v1.admissions_service_pb2_grpc import AdmissionsServiceStub
from treatment.common.v1.receipts_pb2 import Receipt, ReceiptStatus
from treatment.estimates.v1 import estimates_service_pb2, reference_estimate_pb2
from treatment.estimates.v1.estimates_service_pb2_grpc import EstimatesServiceStub
from treatment.facilities.v1 import (
    facilities_service_pb2,
    facility_capacity_pb2,
    facility_pb2,
    qa_assessment_pb2,
)
from treatment.facilities.v1.facilities_service_pb2_grpc import FacilitiesServiceStub
from treatment.outcomes.v1 import outcome_pb2, outcomes_service_pb2
from treatment.outcomes.v1.outcomes_service_pb2_grpc import OutcomesServiceStub
from treatment.trainings.v1 import (
    training_event_pb2,
    training_participant_pb2,
    trainings_service_pb2,
)
from treatment.trainings.v1.trainings_service_pb2_grpc import TrainingsServiceStub

DEADLINE_S = 10.0
TRIES = 60
PAUSE_S = 0.5
"""Between tries: a service that is away, or whose broker is, refuses at once."""


class Verdict(Enum):
    """What the sender knows of a request afterwards."""

    OK = "accepted"
    FAILED = "rejected: it is nowhere"
    UNKNOWN = "no answer: wholly in or wholly out"


@dataclass(frozen=True, slots=True)
class _Method:
    service: str
    stub: type
    name: str
    request: type[Message]


METHODS: Mapping[type, _Method] = {
    facility_pb2.FacilityRecord: _Method(
        "facilities",
        FacilitiesServiceStub,
        "SubmitFacility",
        facilities_service_pb2.SubmitFacilityRequest,
    ),
    facility_capacity_pb2.FacilityCapacityRecord: _Method(
        "facilities",
        FacilitiesServiceStub,
        "SubmitFacilityCapacity",
        facilities_service_pb2.SubmitFacilityCapacityRequest,
    ),
    qa_assessment_pb2.QaAssessmentRecord: _Method(
        "facilities",
        FacilitiesServiceStub,
        "SubmitQaAssessment",
        facilities_service_pb2.SubmitQaAssessmentRequest,
    ),
    admission_pb2.AdmissionRecord: _Method(
        "admissions",
        AdmissionsServiceStub,
        "SubmitAdmission",
        admissions_service_pb2.SubmitAdmissionRequest,
    ),
    outcome_pb2.OutcomeRecord: _Method(
        "outcomes",
        OutcomesServiceStub,
        "SubmitOutcome",
        outcomes_service_pb2.SubmitOutcomeRequest,
    ),
    training_event_pb2.TrainingEventRecord: _Method(
        "trainings",
        TrainingsServiceStub,
        "SubmitTrainingEvent",
        trainings_service_pb2.SubmitTrainingEventRequest,
    ),
    training_participant_pb2.TrainingParticipantRecord: _Method(
        "trainings",
        TrainingsServiceStub,
        "SubmitTrainingParticipant",
        trainings_service_pb2.SubmitTrainingParticipantRequest,
    ),
    reference_estimate_pb2.ReferenceEstimateRecord: _Method(
        "trainings",
        EstimatesServiceStub,
        "SubmitReferenceEstimate",
        estimates_service_pb2.SubmitReferenceEstimateRequest,
    ),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One request and what came back."""

    record: RecordMessage
    verdict: Verdict
    receipt: Receipt | None = None
    code: grpc.StatusCode | None = None


@dataclass(slots=True)
class NationalSystem:
    """The sender of one country. Not thread-safe; `history` may be read at any time."""

    stack: EmbeddedStack
    country: str
    history: list[Answer] = field(default_factory=list)
    _channels: dict[str, grpc.Channel] = field(default_factory=dict)

    def send(self, records: Iterable[RecordMessage]) -> list[Answer]:
        """Send in this order, each after the answer to the one before.

        Again whatever had no answer, as a national system does after an outage.
        """
        return [self._answered(record) for record in records]

    def send_one(self, record: RecordMessage, deadline_s: float = DEADLINE_S) -> Answer:
        method = METHODS[type(record)]
        call = getattr(method.stub(self._channel(method.service)), method.name)
        try:
            response = call(
                method.request(record=record),
                timeout=deadline_s,
                metadata=[("authorization", f"Bearer dev-{self.country}")],
            )
        except grpc.RpcError as error:
            answer = Answer(record, Verdict.UNKNOWN, code=error.code())
        else:
            answer = Answer(record, _verdict(response.receipt), response.receipt)
        self.history.append(answer)
        return answer

    def _answered(self, record: RecordMessage) -> Answer:
        for _ in range(TRIES):
            answer = self.send_one(record)
            if answer.verdict is not Verdict.UNKNOWN:
                return answer
            time.sleep(PAUSE_S)
        raise AssertionError(f"{type(record).__name__} had no answer {TRIES} times")

    def close(self) -> None:
        for channel in self._channels.values():
            channel.close()
        self._channels.clear()

    def _channel(self, service: str) -> grpc.Channel:
        if service not in self._channels:
            port = self.stack.settings.ports.of(service)
            self._channels[service] = grpc.insecure_channel(
                f"127.0.0.1:{port}", options=[("grpc.max_reconnect_backoff_ms", 500)]
            )
        return self._channels[service]


def _verdict(receipt: Receipt) -> Verdict:
    if receipt.status == ReceiptStatus.RECEIPT_STATUS_REJECTED:
        return Verdict.FAILED
    return Verdict.OK
