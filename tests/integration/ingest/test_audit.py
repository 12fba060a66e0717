"""What the audit says of calls to a real service: all of them, who and how much, and no value."""

import asyncio
import errno
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import grpc
import pytest

from gtms.channel import bearing
from gtms.families import FAMILIES
from gtms.ingest import audited
from gtms.ingest.client import submit_many
from gtms.privacy import trail
from gtms.privacy.audit import Entry
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse import audit
from gtms.warehouse.client import Connection
from tests.integration.ingest.conftest import Serve
from tests.support.population import admission
from treatment.admissions.v1.admission_pb2 import AdmissionKey
from treatment.admissions.v1.admissions_service_pb2 import (
    GetAdmissionRequest,
    SubmitAdmissionRequest,
)
from treatment.admissions.v1.admissions_service_pb2_grpc import AdmissionsServiceStub

PATIENCE_S = 60.0
METHOD = "treatment.admissions.v1.AdmissionsService"


async def told(stack: EmbeddedStack, since: datetime, subject: str, count: int) -> list[Entry]:
    """The entries of a subject, oldest first, when there are so many."""
    return await asyncio.to_thread(_told, stack, since, subject, count)


def _told(stack: EmbeddedStack, since: datetime, subject: str, count: int) -> list[Entry]:
    connection = Connection(stack.settings.clickhouse)
    end = time.monotonic() + PATIENCE_S
    try:
        while True:
            found = audit.listed(
                connection,
                country="",
                who=subject,
                since=since,
                until=datetime.now(UTC),
                limit=100,
            )
            if len(found) >= count:
                return [one.entry for one in reversed(found)]
            assert time.monotonic() < end, f"{len(found)} of {count} entries"
            time.sleep(0.2)
    finally:
        connection.close()


@pytest.fixture
async def stub(serve: Serve) -> AsyncIterator[AdmissionsServiceStub]:
    async with serve("admissions") as target, grpc.aio.insecure_channel(target) as channel:
        yield AdmissionsServiceStub(channel)


def metadata(token: str, **more: str) -> list[tuple[str, str]]:
    return [("authorization", f"Bearer {token}"), *more.items()]


def nobodys() -> GetAdmissionRequest:
    return GetAdmissionRequest(key=AdmissionKey(facility_id="nowhere", episode_id="none"))


async def test_a_stream_is_told_once_when_it_begins_and_once_when_it_ends(
    serve: Serve, stack: EmbeddedStack
) -> None:
    since = datetime.now(UTC)
    records = [admission(f"p{n}", "2025-03-01", episode_id=f"A{n}") for n in range(1100)]
    for number in range(3):
        records[number].record.sex = 250
    async with serve("admissions") as target:
        sent = submit_many(target, bearing("dev-MLT"), FAMILIES["admission"], records)
        assert len([receipt async for _, receipt in sent]) == 1100
        begun, ended = await told(stack, since, "dev-MLT", 2)  # before the service is closed
    assert (begun.outcome, begun.counts) == ("OPENED", {})
    assert ended.outcome in ("OK", "CANCELLED")  # a client may leave with its last receipt
    assert ended.what == f"{METHOD}/SubmitAdmissions"
    assert ended.roles == ("ministry", "submitter")
    assert ended.country == "MLT"
    assert ended.counts["rejected"] == 3
    assert sum(ended.counts.values()) == 1100


async def test_reads_and_refusals_are_told_too(
    stub: AdmissionsServiceStub, stack: EmbeddedStack
) -> None:
    since = datetime.now(UTC)
    asked = {"x-purpose": "case review"}
    with pytest.raises(grpc.aio.AioRpcError):
        await stub.GetAdmission(nobodys(), metadata=metadata("dev-CYP", **asked))
    with pytest.raises(grpc.aio.AioRpcError):
        await stub.GetAdmission(nobodys(), metadata=metadata("audit-CYP"))
    [read] = await told(stack, since, "dev-CYP", 1)
    assert (read.what, read.purpose) == (f"{METHOD}/GetAdmission", "case review")
    assert read.outcome == "NOT_FOUND NOT_FOUND"
    [refused] = await told(stack, since, "audit-CYP", 1)
    assert refused.outcome.startswith("PERMISSION_DENIED")


async def test_a_flood_of_refusals_is_a_few_entries_with_a_count(
    stub: AdmissionsServiceStub, stack: EmbeddedStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audited, "TOGETHER_S", 3.0)
    since = datetime.now(UTC)
    for _ in range(50):
        with pytest.raises(grpc.aio.AioRpcError):
            await stub.GetAdmission(nobodys(), metadata=metadata("audit-LUX"))
    entries = await told(stack, since, "audit-LUX", 2)
    assert len(entries) < 25
    assert sum(entry.counts.get("times", 1) for entry in entries) <= 50


async def test_what_is_read_stays_here_when_the_audit_cannot_be_written(
    stub: AdmissionsServiceStub, stack: EmbeddedStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A record that is sent is kept and answered; its entry follows when the disk takes it."""
    since = datetime.now(UTC)
    sync = trail.os.fsync

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    record = admission("audited", "2025-03-01", episode_id="full disk")
    sent = SubmitAdmissionRequest(record=record)
    key = AdmissionKey(facility_id=record.record.facility_id, episode_id="full disk")
    monkeypatch.setattr(trail.os, "fsync", full)
    answer = await stub.SubmitAdmission(sent, metadata=metadata("dev-AND"))
    assert answer.receipt.record_uid
    _store_empty(stack, "AND", answer.receipt.record_uid)
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await stub.GetAdmission(GetAdmissionRequest(key=key), metadata=metadata("dev-AND"))
    assert refused.value.code() is grpc.StatusCode.UNAVAILABLE
    monkeypatch.setattr(trail.os, "fsync", sync)
    await stub.GetAdmission(GetAdmissionRequest(key=key), metadata=metadata("dev-AND"))
    entries = await told(stack, since, "dev-AND", 3)
    assert [entry.what.rpartition("/")[2] for entry in entries] == [
        "SubmitAdmission",
        "GetAdmission",
        "GetAdmission",
    ]


def _store_empty(stack: EmbeddedStack, country: str, uid: str) -> None:
    """Something to read, without a loader."""
    connection = Connection(stack.settings.clickhouse)
    connection.insert(
        "registry.admissions",
        {"country": [country], "record_uid": [uid], "revision": [1], "payload": [b""]},
    )
    connection.close()
