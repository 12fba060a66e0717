"""Records as files: what is read back is what was drawn."""

from collections import Counter

import pytest
from google.protobuf.json_format import Parse
from typer.testing import CliRunner

from gtms.cli.simulate import app
from gtms.families import REPORTED
from gtms.simulate.files import write_files
from gtms.simulate.simulation import Tally, records
from tests.unit.simulate.simulated import simulation


def test_files_hold_the_records_of_each_family_in_order(tmp_path):
    tally = Tally()
    files = {path.name: path for path in write_files(simulation(), tmp_path, tally)}
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(files)
    drawn = list(records(simulation()))
    assert {f"KEN-{each.family}.jsonl" for each in drawn} == files.keys()
    for family in {each.family for each in drawn}:
        lines = files[f"KEN-{family}.jsonl"].read_text().splitlines()
        told = [each.record for each in drawn if each.family == family]
        assert [Parse(line, REPORTED[family].record_type()) for line in lines] == told
        assert tally.sent(family) == len(told)


def simulate(*options: str):
    return CliRunner().invoke(app, ["--countries", "KEN", "--admissions", "20", *options])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--countries", "KEN,QQQ"], "QQQ"),
        (["--from", "2025-01-01", "--to", "2024-01-01"], "must be after --from"),
        (["--to", "2999-01-01"], "must not be after today"),
        (["--dry-run"], "goes with --send"),
        (["--send", "--out", "x"], "either --out or --send"),
        (["--late", "1.5"], "less than or equal to 1"),
    ],
)
def test_options_that_make_no_sense_are_one_clear_line(options, said):
    result = simulate(*options)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.replace("│", "").split())


def test_without_send_and_out_it_only_says_what_would_be_made():
    result = simulate("--to", "2026-06-30")
    assert result.exit_code == 0
    assert Counter(result.stderr.split())["KEN"] == 1
