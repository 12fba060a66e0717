"""The report: safe to open, and never in the place of anything else."""

import csv

import pytest

from gtms.interop.report import HEADER, Report, harmless
from gtms.interop.rows import Finding
from gtms.interop.source import FileTrouble

PROBLEM = Finding(2, "F/E", "admission", "ERROR", "R006", "sex", "not a code")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\r\n=1", "' =1"),
        ("a=b", "a=b"),
        ("F-1/E\x00\x07\n2", "F-1/E 2"),
        ("", ""),
    ],
)
def test_nothing_in_it_is_a_formula(text, shown):
    assert harmless(text) == shown


def test_lines_of_a_report(tmp_path):
    path = tmp_path / "report.csv"
    with Report(path, tmp_path / "file.csv") as report:
        report.add([PROBLEM])
        report.add(
            [Finding(3, "=cmd|' /C calc'!A0/E", "admission", "ERROR", "R001", "", "is mandatory")]
        )
    lines = list(csv.reader(path.open()))
    assert tuple(lines[0]) == HEADER
    assert lines[1] == ["2", "F/E", "admission", "ERROR", "R006", "sex", "not a code"]
    assert lines[2][1] == "'=cmd|' /C calc'!A0/E"


def test_a_resumed_import_adds_to_its_report_and_a_new_one_begins_anew(tmp_path):
    path = tmp_path / "report.csv"
    (tmp_path / "file.csv").write_text("a,b\n")
    for more, lines in ((False, 2), (True, 3), (False, 2)):
        with Report(path, tmp_path / "file.csv", more=more) as report:
            report.add([PROBLEM])
        assert len(path.read_text().splitlines()) == lines


def test_a_report_replaces_nothing_but_a_report(tmp_path):
    source = tmp_path / "file.csv"
    source.write_text("a,b\n")
    other = tmp_path / "thesis.txt"
    other.write_text("years of work")
    link = tmp_path / "link.csv"
    link.symlink_to(source)
    for path, why in (
        (source, "would replace the file to import"),
        (link, "would replace the file to import"),
        (other, "is no import report"),
        (tmp_path, "not a folder"),
    ):
        with pytest.raises(FileTrouble, match=why):
            Report(path, source)
    with (
        pytest.raises(FileTrouble, match="No such file"),
        Report(tmp_path / "no" / "r.csv", source),
    ):
        pass
    assert other.read_text() == "years of work"


def test_without_a_path_nothing_is_written(tmp_path):
    with Report(None, tmp_path / "file.csv") as report:
        report.add([PROBLEM])
    assert not list(tmp_path.iterdir())
