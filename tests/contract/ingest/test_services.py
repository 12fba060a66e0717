"""What a client of any language finds at an ingest service; no Kafka is needed for it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress

import grpc
import pytest
from google.protobuf.descriptor import ServiceDescriptor
from google.rpc import error_details_pb2
from google.rpc.status_pb2 import Status
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection_pb2, reflection_pb2_grpc
from prometheus_client import generate_latest

from gtms.config import Ingest, Kafka, Ports, Settings
from gtms.ingest.server import SERVICES, running
from gtms.observability import configure_logging
from gtms.trouble import Trouble
from tests.support.population import admission, estimate, training_event, training_participant
from tests.support.services import call_with
from treatment.admissions.v1 import admissions_service_pb2 as admissions
from treatment.admissions.v1 import admissions_service_pb2_grpc as admissions_grpc
from treatment.common.v1.measures_pb2 import Barc10
from treatment.common.v1.receipts_pb2 import ReceiptStatus
from treatment.estimates.v1 import estimates_service_pb2, estimates_service_pb2_grpc
from treatment.estimates.v1.estimates_service_pb2 import SubmitReferenceEstimateRequest
from treatment.facilities.v1 import facilities_service_pb2
from treatment.outcomes.v1 import outcomes_service_pb2
from treatment.profiles.v1 import profiles_service_pb2
from treatment.trainings.v1 import trainings_service_pb2, trainings_service_pb2_grpc
from treatment.trainings.v1.trainings_service_pb2 import (
    SubmitTrainingEventRequest,
    SubmitTrainingParticipantRequest,
)

KENYA = (("authorization", "Bearer dev-KEN"),)
DESCRIPTORS: dict[str, tuple[ServiceDescriptor, ...]] = {
    "facilities": (facilities_service_pb2.DESCRIPTOR.services_by_name["FacilitiesService"],),
    "admissions": (admissions.DESCRIPTOR.services_by_name["AdmissionsService"],),
    "outcomes": (outcomes_service_pb2.DESCRIPTOR.services_by_name["OutcomesService"],),
    "trainings": (
        trainings_service_pb2.DESCRIPTOR.services_by_name["TrainingsService"],
        estimates_service_pb2.DESCRIPTOR.services_by_name["EstimatesService"],
        profiles_service_pb2.DESCRIPTOR.services_by_name["ProfilesService"],
    ),
}
NOBODY = [((), "none"), ((("authorization", "Bearer dev-XX"),), "no country")]


def _without_kafka(**ingest: object) -> Settings:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nothing_there = probe.getsockname()[1]
    return Settings(
        kafka=Kafka(bootstrap=f"127.0.0.1:{nothing_there}"),
        ports=Ports(facilities=0, admissions=0, outcomes=0, trainings=0),
        ingest=Ingest(drain_s=0.5, **ingest),
    )


@asynccontextmanager
async def _served(name: str, **ingest: object) -> AsyncIterator[grpc.aio.Channel]:
    async with (
        running(name, _without_kafka(**ingest)) as port,
        grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel,
    ):
        yield channel


@pytest.fixture(params=SERVICES)
async def every(request: pytest.FixtureRequest) -> AsyncIterator[tuple[str, grpc.aio.Channel]]:
    async with _served(request.param) as channel:
        yield request.param, channel


@pytest.fixture
async def channel() -> AsyncIterator[grpc.aio.Channel]:
    async with _served("admissions") as channel:
        yield channel


def _details(error: grpc.aio.AioRpcError) -> Status:
    status = Status()
    status.ParseFromString(dict(error.trailing_metadata())["grpc-status-details-bin"])
    return status


def _of(status: Status, kind: type) -> Iterator[object]:
    for detail in status.details:
        found = kind()
        if detail.Unpack(found):
            yield found


async def test_every_method_is_served_and_none_to_nobody(
    every: tuple[str, grpc.aio.Channel],
) -> None:
    name, channel = every
    for method in (each for one in DESCRIPTORS[name] for each in one.methods_by_name.values()):
        for metadata, _ in NOBODY:
            ended = await call_with(channel, method, b"", metadata)
            assert ended.code is grpc.StatusCode.UNAUTHENTICATED, method.name
        known = await call_with(channel, method, b"", KENYA)
        assert known.code is not grpc.StatusCode.UNIMPLEMENTED


async def test_reflection_tells_the_service_and_its_messages(
    every: tuple[str, grpc.aio.Channel],
) -> None:
    name, channel = every
    asked = reflection_pb2.ServerReflectionRequest
    answers = reflection_pb2_grpc.ServerReflectionStub(channel).ServerReflectionInfo(
        iter(
            [
                asked(list_services=""),
                asked(file_containing_symbol="buf.validate.FieldRules"),
                *(asked(file_containing_symbol=one.full_name) for one in DESCRIPTORS[name]),
            ]
        )
    )
    listed, *described = [answer async for answer in answers]
    names = {service.name for service in listed.list_services_response.service}
    assert {*(one.full_name for one in DESCRIPTORS[name]), "grpc.health.v1.Health"} <= names
    assert all(one.file_descriptor_response.file_descriptor_proto for one in described)


async def test_health_says_not_serving_while_kafka_is_away(
    every: tuple[str, grpc.aio.Channel],
) -> None:
    name, channel = every
    stub = health_pb2_grpc.HealthStub(channel)
    await asyncio.sleep(0.5)
    for asked in ("", *(one.full_name for one in DESCRIPTORS[name])):
        answer = await stub.Check(health_pb2.HealthCheckRequest(service=asked))
        assert answer.status == health_pb2.HealthCheckResponse.NOT_SERVING


async def test_a_submission_without_kafka_is_unavailable_and_says_when_to_retry(
    channel: grpc.aio.Channel,
) -> None:
    request = admissions.SubmitAdmissionRequest(record=admission("ann", "2025-03-01"))
    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await admissions_grpc.AdmissionsServiceStub(channel).SubmitAdmission(
            request, metadata=KENYA, timeout=5
        )
    assert failed.value.code() is grpc.StatusCode.UNAVAILABLE
    (retry,) = _of(_details(failed.value), error_details_pb2.RetryInfo)
    assert retry.retry_delay.ToMilliseconds() > 0


async def test_validation_needs_no_kafka(channel: grpc.aio.Channel) -> None:
    bad = admission("ann", "2025-03-01")
    bad.record.sex = 250
    request = admissions.SubmitAdmissionRequest(record=bad, validate_only=True)
    stub = admissions_grpc.AdmissionsServiceStub(channel)
    receipt = (await stub.SubmitAdmission(request, metadata=KENYA)).receipt
    assert receipt.status == ReceiptStatus.RECEIPT_STATUS_REJECTED
    assert ("R006", "record.sex") in {(p.rule_id, p.field_path) for p in receipt.problems}


async def test_the_receipt_flags_scales_that_were_dropped_or_scored_anew(
    channel: grpc.aio.Channel,
) -> None:
    record = admission("ann", "2025-03-01")
    record.record.baseline_barc10.MergeFrom(Barc10(items=[5] * 10, total=49))
    record.record.baseline_whoqol.items.extend([0] * 6 + [3] * 20)
    request = admissions.SubmitAdmissionRequest(record=record, validate_only=True)
    stub = admissions_grpc.AdmissionsServiceStub(channel)
    receipt = (await stub.SubmitAdmission(request, metadata=KENYA)).receipt
    assert receipt.status == ReceiptStatus.RECEIPT_STATUS_ACCEPTED_WITH_FLAGS
    assert {(p.rule_id, p.field_path) for p in receipt.problems} == {
        ("R082", "record.baseline_barc10.total"),
        ("R083", "record.baseline_whoqol.items"),
    }


async def test_two_services_answer_in_the_process_of_trainings() -> None:
    async with _served("trainings") as channel:
        event = SubmitTrainingEventRequest(record=training_event(), validate_only=True)
        took_part = SubmitTrainingParticipantRequest(
            record=training_participant("ann"), validate_only=True
        )
        population = SubmitReferenceEstimateRequest(record=estimate(), validate_only=True)
        trainings = trainings_service_pb2_grpc.TrainingsServiceStub(channel)
        estimates = estimates_service_pb2_grpc.EstimatesServiceStub(channel)
        answers = [
            await trainings.SubmitTrainingEvent(event, metadata=KENYA),
            await trainings.SubmitTrainingParticipant(took_part, metadata=KENYA),
            await estimates.SubmitReferenceEstimate(population, metadata=KENYA),
        ]
    accepted = ReceiptStatus.RECEIPT_STATUS_ACCEPTED
    assert [answer.receipt.status for answer in answers] == [accepted] * 3


async def test_an_estimate_of_another_country_is_rejected() -> None:
    request = SubmitReferenceEstimateRequest(record=estimate(country="UGA"), validate_only=True)
    async with _served("trainings") as channel:
        stub = estimates_service_pb2_grpc.EstimatesServiceStub(channel)
        receipt = (await stub.SubmitReferenceEstimate(request, metadata=KENYA)).receipt
    assert receipt.status == ReceiptStatus.RECEIPT_STATUS_REJECTED
    assert [(p.rule_id, p.field_path) for p in receipt.problems] == [
        ("R003", "record.country_iso3")
    ]


async def test_a_record_that_is_missing_is_a_bad_request(channel: grpc.aio.Channel) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await admissions_grpc.AdmissionsServiceStub(channel).SubmitAdmission(
            admissions.SubmitAdmissionRequest(), metadata=KENYA
        )
    assert failed.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    (bad,) = _of(_details(failed.value), error_details_pb2.BadRequest)
    assert [violation.field for violation in bad.field_violations] == ["record"]
    (info,) = _of(_details(failed.value), error_details_pb2.ErrorInfo)
    assert (info.reason, info.domain) == ("RECORD_MISSING", "gtms")


@pytest.mark.parametrize(
    "request_",
    [
        admissions.GetAdmissionRequest(),
        admissions.GetAdmissionRequest(record_uid="' OR 1=1 --"),
        admissions.GetAdmissionRequest(key={"facility_id": "F1"}),
    ],
)
async def test_an_id_that_is_none_is_a_bad_request(
    channel: grpc.aio.Channel, request_: admissions.GetAdmissionRequest
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await admissions_grpc.AdmissionsServiceStub(channel).GetAdmission(request_, metadata=KENYA)
    assert failed.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert "OR 1=1" not in failed.value.details()


async def test_a_chunk_over_the_limit_is_told_the_limit(channel: grpc.aio.Channel) -> None:
    chunk = admissions.SubmitAdmissionsRequest(records=[admission("ann", "2025-03-01")] * 501)
    call = admissions_grpc.AdmissionsServiceStub(channel).SubmitAdmissions(
        iter([chunk]), metadata=KENYA
    )
    assert await call.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert "at most 500 records" in await call.details()


async def test_a_message_over_the_limit_is_refused(channel: grpc.aio.Channel) -> None:
    record = admission("ann", "2025-03-01", episode_id="x" * 5_000_000)
    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await admissions_grpc.AdmissionsServiceStub(channel).SubmitAdmission(
            admissions.SubmitAdmissionRequest(record=record), metadata=KENYA
        )
    assert failed.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
    assert "4194304" in failed.value.details()


async def test_calls_over_the_limit_are_refused_at_once_and_health_is_not() -> None:
    async with _served("admissions", concurrency=1) as channel:
        stub = admissions_grpc.AdmissionsServiceStub(channel)
        held = stub.SubmitAdmissions(metadata=KENYA)
        await held.write(admissions.SubmitAdmissionsRequest(validate_only=True))
        assert await held.read() is not grpc.aio.EOF
        with pytest.raises(grpc.aio.AioRpcError) as failed:
            await stub.GetAdmission(admissions.GetAdmissionRequest(), metadata=KENYA)
        assert failed.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
        assert "answers 1 calls at a time" in failed.value.details()
        assert next(_of(_details(failed.value), error_details_pb2.RetryInfo))
        await health_pb2_grpc.HealthStub(channel).Check(health_pb2.HealthCheckRequest())
        await held.done_writing()
        assert await held.read() is grpc.aio.EOF
        with pytest.raises(grpc.aio.AioRpcError) as failed:
            await stub.GetAdmission(admissions.GetAdmissionRequest(), metadata=KENYA)
        assert failed.value.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_a_port_that_is_taken_is_said_in_one_line() -> None:
    async with running("admissions", _without_kafka()) as port:
        taken = _without_kafka().model_copy(update={"ports": Ports(admissions=port)})
        with pytest.raises(Trouble, match=f"port {port} on 127.0.0.1 is in use"):
            async with running("admissions", taken):
                pass


async def test_it_is_not_served_to_the_world() -> None:
    with pytest.raises(Trouble, match="believes anyone"):
        async with running("admissions", _without_kafka(host="0.0.0.0")):
            pass


async def test_no_log_line_and_no_metric_names_a_person_or_a_record(
    channel: grpc.aio.Channel, capfd: pytest.CaptureFixture[str]
) -> None:
    configure_logging("debug", "json")
    canary = "c0ffee00c0ffee00c0ffee00c0ffee00"
    good, bad = (admission("ann", "2025-03-01", episode_id=canary) for _ in range(2))
    for record in (good, bad):
        record.record.client_pseudonym = canary
    bad.record.admission_date = canary
    bad.envelope.country_iso3 = canary
    stub = admissions_grpc.AdmissionsServiceStub(channel)
    for record, only in ((good, True), (bad, True), (good, False)):
        request = admissions.SubmitAdmissionRequest(record=record, validate_only=only)
        with suppress(grpc.aio.AioRpcError):
            await stub.SubmitAdmission(request, metadata=KENYA, timeout=5)
    get = admissions.GetAdmissionRequest(record_uid=canary)
    with suppress(grpc.aio.AioRpcError):
        await stub.GetAdmission(get, metadata=KENYA, timeout=5)
    said = capfd.readouterr()
    assert "UNAVAILABLE" in said.err
    assert canary not in said.err + said.out + generate_latest().decode()
