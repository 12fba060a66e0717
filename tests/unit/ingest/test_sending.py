"""How the client cuts records into chunks."""

from collections.abc import AsyncIterator

from gtms.cli.submit import FamilyName
from gtms.families import REPORTED
from gtms.ingest.client import _chunks, service_of
from tests.support.population import admission
from treatment.admissions.v1.admission_pb2 import AdmissionRecord
from treatment.admissions.v1.admissions_service_pb2 import SubmitAdmissionsRequest


def _records(count: int) -> list[AdmissionRecord]:
    return [admission("ann", "2025-03-01", episode_id=f"E{n}") for n in range(count)]


async def test_a_chunk_is_cut_at_so_many_records() -> None:
    sizes = [len(chunk.records) async for chunk in _chunks(_records(7), 3, 1 << 20)]
    assert sizes == [3, 3, 1]


async def test_a_chunk_is_cut_at_so_many_bytes() -> None:
    async for chunk in _chunks(_records(100), 500, 4096):
        request = SubmitAdmissionsRequest(chunk_id=chunk.chunk_id, records=chunk.records)
        assert request.ByteSize() <= 4096
        assert len(chunk.records) > 1


async def test_a_record_longer_than_a_chunk_goes_alone() -> None:
    records = _records(3)
    records[1].record.episode_id = "x" * 9000
    sizes = [len(chunk.records) async for chunk in _chunks(records, 500, 4096)]
    assert sizes == [1, 1, 1]


async def test_records_may_come_one_after_the_other() -> None:
    async def come() -> AsyncIterator[AdmissionRecord]:
        for record in _records(5):
            yield record

    chunks = [chunk async for chunk in _chunks(come(), 2, 1 << 20)]
    assert [len(chunk.records) for chunk in chunks] == [2, 2, 1]
    assert [chunk.chunk_id for chunk in chunks] == ["0", "1", "2"]


def test_every_family_has_a_service_and_a_name_on_the_command_line() -> None:
    assert {service_of(family) for family in REPORTED.values()} == {
        "facilities",
        "admissions",
        "outcomes",
        "trainings",
    }
    assert {name.value for name in FamilyName} == set(REPORTED)
