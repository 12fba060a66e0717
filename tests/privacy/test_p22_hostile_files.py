"""P22: files and messages made to harm whoever opens them: formulas, bombs, paths."""

import csv
import gzip
import io
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import grpc
import psutil
import pytest
from typer.testing import CliRunner

from gtms.cli.imports import app
from gtms.config import Settings, settings
from gtms.ingest.server import running
from gtms.interop import report
from gtms.query.problem_rendering import problems_csv
from gtms.query.rendering import cells_csv
from tests.support.interop_files import ADMISSION_COLUMNS, admission_row
from tests.support.stack import default_settings
from treatment.admissions.v1.admissions_service_pb2 import SubmitAdmissionRequest
from treatment.admissions.v1.admissions_service_pb2_grpc import AdmissionsServiceStub
from treatment.indicators.v1 import indicators_pb2
from treatment.quality.v1 import quality_pb2

FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    " =1+1",
    "\t=1+1",
    "\r\n=1+1",
    '=HYPERLINK("http://x","y")',
)
HUGE_BYTES = 256 * 1024 * 1024
DRY = ("--country", "KEN", "--dry-run", "--family", "admissions")


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Services on a port where nobody listens, state in a folder of the test."""
    for service in ("FACILITIES", "ADMISSIONS", "OUTCOMES", "TRAININGS"):
        monkeypatch.setenv(f"GTMS_PORTS__{service}", "1")
    monkeypatch.setenv("GTMS_STACK__STATE", str(tmp_path / "state"))
    settings.cache_clear()
    yield
    settings.cache_clear()


def gtms_import(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


def runs_in_a_spreadsheet(csv_text: str) -> list[str]:
    """Cells that a spreadsheet would take for a formula."""
    cells = (cell for row in csv.reader(io.StringIO(csv_text)) for cell in row)
    return [cell for cell in cells if cell.lstrip()[:1] in ("=", "+", "-", "@") and len(cell) > 1]


def exported(text: str) -> list[str]:
    """Every CSV that we write, with a text of the sender wherever there is one."""
    name = quality_pb2.RecordName(record_uid="u", key={"facility_id": text})
    problem = quality_pb2.Problem(rule_id="R001", record=name, message=text, effect=text)
    cell = indicators_pb2.Cell(country="KEN", indicator="B01", dimensions={"admin1": text})
    return [problems_csv([problem]), cells_csv([cell], ["admin1"])]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_export_holds_a_formula(text: str) -> None:
    assert [found for one in exported(text) for found in runs_in_a_spreadsheet(one)] == []


def test_the_check_finds_a_formula_where_nothing_is_made_harmless(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gtms.query.rendering.harmless", lambda text: text)
    assert any(runs_in_a_spreadsheet(one) for one in exported(FORMULAS[0]))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_in_an_import_is_told_of_and_not_run(text: str, tmp_path: Path) -> None:
    """In a code's place it is a problem; the report that names its row is safe to open."""
    columns = ADMISSION_COLUMNS.split(",")
    values = dict(zip(columns, admission_row(1).split(","), strict=True))
    values |= {"facility_id": text, "sex": text}
    path, told = tmp_path / "file.csv", tmp_path / "report.csv"
    quoted = ",".join('"' + values[name].replace('"', '""') + '"' for name in columns)
    path.write_text(f"{ADMISSION_COLUMNS}\n{quoted}\n")
    done = gtms_import(path, *DRY, "--report", told)
    assert done.exit_code == 1, done.output
    assert ",R006,sex," in told.read_text()
    assert runs_in_a_spreadsheet(told.read_text()) == []


def test_the_report_is_checked_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "harmless", lambda text: text)
    with pytest.raises(AssertionError):
        test_a_formula_in_an_import_is_told_of_and_not_run(FORMULAS[1], tmp_path)


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../etc/admissions.csv", bytes(HUGE_BYTES // 16))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "why"),
    [(_zip(), "a ZIP archive"), (gzip.compress(bytes(HUGE_BYTES // 16)), "a gzip archive")],
    ids=["zip", "gzip"],
)
def test_an_archive_is_not_unpacked_whatever_it_is_called(
    content: bytes, why: str, tmp_path: Path
) -> None:
    path = tmp_path / "admissions.csv"
    path.write_bytes(content)
    before = psutil.Process().memory_info().rss
    done = gtms_import(path, *DRY)
    assert done.exit_code == 2
    assert why in done.output
    assert psutil.Process().memory_info().rss - before < HUGE_BYTES // 16
    assert sorted(file.name for file in tmp_path.iterdir()) == ["admissions.csv"]


def test_names_that_are_paths_lead_nowhere(tmp_path: Path) -> None:
    """Ids are data: no file is named after one; a country that is a path is no country."""
    columns = ADMISSION_COLUMNS.split(",")
    values = dict(zip(columns, admission_row(1).split(","), strict=True))
    values |= {"facility_id": "../../../etc/passwd", "episode_id": "/tmp/x\\..\\y"}
    path = tmp_path / "file.csv"
    path.write_text(f"{ADMISSION_COLUMNS}\n{','.join(values[name] for name in columns)}\n")
    gtms_import(path, "--country", "KEN", "--family", "admissions", "--patience", "0")
    written = {file for file in tmp_path.rglob("*") if file.is_file()} - {path}
    assert all(file.parent == tmp_path / "state" / "imports" for file in written)
    assert all(".." not in file.name and "passwd" not in file.name for file in written)
    assert gtms_import(path, "--country", "../..", "--family", "admissions").exit_code == 2


@pytest.fixture
async def target(tmp_path: Path) -> AsyncIterator[str]:
    """An admissions service without stores, which is all that a message needs to be refused."""
    base = default_settings(tmp_path / "service")
    chosen: Settings = base.model_copy(
        update={
            "ports": base.ports.model_copy(update={"admissions": 0}),
            "ingest": base.ingest.model_copy(update={"drain_s": 0.0}),
            "stack": base.stack.model_copy(update={"state": tmp_path / "service"}),
        }
    )
    async with running("admissions", chosen) as port:
        yield f"127.0.0.1:{port}"


async def test_a_message_that_unpacks_to_too_much_is_refused(target: str) -> None:
    bomb = SubmitAdmissionRequest()
    bomb.record.envelope.source_system_id = "0" * HUGE_BYTES
    options = [("grpc.max_send_message_length", -1)]
    async with grpc.aio.insecure_channel(
        target, options=options, compression=grpc.Compression.Gzip
    ) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await AdmissionsServiceStub(channel).SubmitAdmission(
                bomb, metadata=[("authorization", "Bearer dev-KEN")], timeout=60
            )
    assert refused.value.code() in {
        grpc.StatusCode.RESOURCE_EXHAUSTED,
        grpc.StatusCode.UNIMPLEMENTED,
    }
