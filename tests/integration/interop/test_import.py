"""Files through the real services into the real registry."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import grpc
import pytest
from typer.testing import CliRunner

from gtms.cli.imports import app
from tests.support.interop_files import (
    ADMISSION_COLUMNS,
    admission_row,
    admissions,
    teds_a,
    teds_d,
    write,
)
from tests.support.stored import Stored
from treatment.admissions.v1.admission_pb2 import AdmissionKey
from treatment.admissions.v1.admissions_service_pb2 import GetAdmissionRequest
from treatment.admissions.v1.admissions_service_pb2_grpc import AdmissionsServiceStub

PATIENCE_S = 60.0


@pytest.fixture
def registry(commands_find_running):
    stored = Stored(commands_find_running.settings.clickhouse)
    yield stored
    stored.close()


def gtms_import(*words):
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


def count(registry, table, country):
    statement = f"SELECT count() FROM registry.{table} FINAL WHERE country = %(country)s"
    return registry.rows(statement, country=country)[0][0]


def revisions(registry, country):
    statement = "SELECT count() FROM registry.revisions FINAL WHERE country = %(country)s"
    return registry.rows(statement, country=country)[0][0]


def wait_for(what, expected):
    give_up = time.monotonic() + PATIENCE_S
    while (found := what()) != expected and time.monotonic() < give_up:
        time.sleep(0.2)
    assert found == expected


def test_teds_rows_reach_the_registry_once_however_often_they_are_sent(registry, tmp_path):
    path = teds_d(tmp_path)
    for _ in range(2):
        done = gtms_import(path, "--mapping", "teds-d", "--country", "PLW")
        assert done.exit_code == 0, done.output
        assert "12 rows settled: 0 rejected." in done.output
    for table, expected in (("facilities", 6), ("admissions", 12), ("outcomes", 12)):
        wait_for(lambda table=table: count(registry, table, "PLW"), expected)
    wait_for(lambda: revisions(registry, "PLW"), 30)
    again = gtms_import(path, "--mapping", "teds-d", "--country", "PLW", "--resume")
    assert again.exit_code == 0
    assert "imported already" in again.output


def test_what_was_imported_can_be_read_back(registry, commands_find_running, tmp_path):
    done = gtms_import(teds_a(tmp_path), "--mapping", "teds-a", "--country", "NRU")
    assert done.exit_code == 0, done.output
    wait_for(lambda: count(registry, "admissions", "NRU"), 12)
    port = commands_find_running.settings.ports.admissions
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        key = AdmissionKey(facility_id="TEDS-02", episode_id="TEDS-A-2018-20180000001")
        answer = AdmissionsServiceStub(channel).GetAdmission(
            GetAdmissionRequest(key=key),
            metadata=(("authorization", "Bearer dev-NRU"),),
            timeout=10,
        )
    assert answer.record.record.admission_date == "2018-07-01"
    assert answer.record.envelope.country_iso3 == "NRU"


def test_a_dry_run_asks_the_services_and_stores_nothing(registry, tmp_path):
    rows = [admission_row(1), admission_row(2, sex="banana"), admission_row(3, birth_year="1950")]
    path = write(tmp_path, "some.csv", ADMISSION_COLUMNS, rows)
    report = tmp_path / "report.csv"
    done = gtms_import(
        path, "--family", "admissions", "--country", "SMR", "--dry-run", "--report", report
    )
    assert done.exit_code == 1, done.output
    assert "No service answers" not in done.output
    assert [line.split(",")[:5] for line in report.read_text().splitlines()[1:]] == [
        ["3", "F-1/E-00002", "admission", "ERROR", "R006"],
        ["4", "F-1/E-00003", "admission", "ERROR", "R034"],
    ]
    assert revisions(registry, "SMR") == 0


def test_an_unknown_credential_is_exit_code_2(commands_find_running, tmp_path):
    token = tmp_path / "token"
    token.write_text("nobody\n")
    words = ("--family", "admissions", "--country", "SMR", "--token-file", token)
    done = gtms_import(admissions(tmp_path), *words)
    assert done.exit_code == 2, done.output
    assert "UNAUTHENTICATED" in done.output


def test_an_import_that_was_killed_goes_on_and_nothing_counts_twice(registry, tmp_path):
    expected = 12_000
    path = admissions(tmp_path, expected)
    words = (str(path), "--family", "admissions", "--country", "KIR")
    journals = Path(os.environ["GTMS_STACK__STATE"]) / "imports"
    with subprocess.Popen(
        [sys.executable, "-m", "gtms", "import", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as first:
        give_up = time.monotonic() + PATIENCE_S
        while not list(journals.glob("KIR-*.json")) and time.monotonic() < give_up:
            time.sleep(0.02)
        first.send_signal(signal.SIGKILL)
    assert first.returncode == -signal.SIGKILL
    done = gtms_import(*words, "--resume")
    assert done.exit_code == 0, done.output
    assert "Going on behind row" in done.output
    assert "12,000 rows settled: 0 rejected." in done.output
    wait_for(lambda: count(registry, "admissions", "KIR"), expected)
    wait_for(lambda: revisions(registry, "KIR"), expected)  # stored after the records themselves
