"""`gtms import` as a person meets it: words, files, exit codes. No service is running here."""

import pytest
from typer.testing import CliRunner

from gtms.cli.imports import app
from gtms.config import settings
from tests.support.interop_files import (
    ADMISSION_COLUMNS,
    admission_row,
    admissions,
    teds_a,
    teds_d,
    write,
)


@pytest.fixture(autouse=True)
def nowhere(tmp_path, monkeypatch):
    """Services on a port where nobody listens, state in a folder of the test."""
    for service in ("FACILITIES", "ADMISSIONS", "OUTCOMES", "TRAININGS"):
        monkeypatch.setenv(f"GTMS_PORTS__{service}", "1")
    monkeypatch.setenv("GTMS_STACK__STATE", str(tmp_path / "state"))
    settings.cache_clear()
    yield
    settings.cache_clear()


def gtms_import(*words):
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


DRY = ("--country", "KEN", "--dry-run")


def test_a_template_is_written_and_filled_in_and_passes(tmp_path):
    path = tmp_path / "admissions.csv"
    assert gtms_import("template", "--family", "admissions", "-o", path).exit_code == 0
    columns = path.read_text().strip().split(",")
    values = dict(zip(ADMISSION_COLUMNS.split(","), admission_row(1).split(","), strict=True))
    with path.open("a") as file:
        file.write(",".join(values.get(name, "") for name in columns) + "\n")
    done = gtms_import(path, "--family", "admissions", *DRY)
    assert done.exit_code == 0, done.output
    assert "1 rows checked, nothing was stored: 0 rejected." in done.output
    assert gtms_import("template", "--family", "admissions", "-o", path).exit_code == 2


@pytest.mark.parametrize(
    "family",
    [
        "facility",
        "facilities",
        "capacity",
        "capacities",
        "qa_assessment",
        "qa-assessments",
        "outcome",
    ],
)
def test_families_are_named_in_the_singular_and_the_plural(family):
    assert "facility_id" in gtms_import("template", "--family", family).output


def test_a_dry_run_without_services_checks_here_and_says_so(tmp_path):
    done = gtms_import(teds_d(tmp_path), "--mapping", "teds-d", *DRY)
    assert done.exit_code == 0, done.output
    assert "No service answers: checked on this machine, by the same rules." in done.output
    assert "12 rows checked, nothing was stored: 0 rejected." in done.output
    assert not (tmp_path / "state").exists()


def test_some_rejected_is_exit_code_1_and_told_by_rule(tmp_path):
    rows = [admission_row(1), admission_row(2, sex="banana"), admission_row(3, birth_year="1950")]
    path = write(tmp_path, "some.csv", ADMISSION_COLUMNS, rows)
    done = gtms_import(path, "--family", "admissions", *DRY)
    assert done.exit_code == 1
    assert "3 rows checked, nothing was stored: 2 rejected." in done.output
    assert "row 3: F-1/E-00002 sex: R006 not a code of the list Sex" in done.output
    assert "R034" in done.output
    assert "banana" not in done.output
    assert "1950" not in done.output


def test_an_import_without_services_is_exit_code_3_and_says_how_to_go_on(tmp_path):
    done = gtms_import(
        admissions(tmp_path), "--family", "admission", "--country", "KEN", "--patience", "0"
    )
    assert done.exit_code == 3, done.output
    assert "--resume goes on there" in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("FILE", "--family", "admissions", "--country", "ken"), "ISO 3166-1"),
        (("FILE", "--family", "patients", *DRY), "no such family"),
        (("FILE", "--mapping", "teds-x", *DRY), "no such mapping"),
        (("FILE", *DRY), "say what the rows are"),
        (
            ("FILE", "--mapping", "teds-a", "--family", "capacity", *DRY),
            "no records of that family",
        ),
        (("FILE", "--family", "facilities", *DRY), "no column of the family facility"),
        (("absent.csv", "--family", "admissions", *DRY), "no such file"),
        (("FILE", "--family", "admissions", *DRY, "--target", "a=b"), "neither HOST nor"),
        (("FILE", "--family", "admissions", *DRY, "--token-file", "absent"), "cannot be read"),
        (
            ("FILE", "--family", "admissions", *DRY, "--report", "FILE"),
            "replace the file to import",
        ),
    ],
)
def test_wrong_words_and_wrong_files_are_exit_code_2(tmp_path, words, why):
    path = teds_a(tmp_path) if "--mapping" in words else admissions(tmp_path)
    done = gtms_import(*(path if word == "FILE" else word for word in words))
    assert done.exit_code == 2, done.output
    assert why in " ".join(done.output.replace("│", " ").split())


def test_an_old_encoding_is_said(tmp_path):
    path = tmp_path / "old.csv"
    text = f"{ADMISSION_COLUMNS}\n{admission_row(1, facility_id='Señal')}\n".replace(",", ";")
    path.write_bytes(text.encode("latin-1"))
    done = gtms_import(path, "--family", "admissions", *DRY)
    assert done.exit_code == 0, done.output
    assert "not UTF-8: read as Windows-1252 (Latin-1)" in done.output


def test_ignored_columns_are_said(tmp_path):
    done = gtms_import(teds_a(tmp_path), "--mapping", "teds-a", *DRY)
    assert "ignored, not columns of teds-a: shoe_size" in done.output
    assert "ignored, no target field: RACE" in done.output


def test_a_mapping_can_be_read():
    done = gtms_import("mapping", "teds-d")
    assert "| REASON | Reason for discharge |" in done.output
    assert gtms_import("mapping", "teds-d", "--losses").output.startswith("| variable |")
