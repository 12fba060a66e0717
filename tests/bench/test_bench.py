"""The benchmark runs, and says what it must say. Nothing here looks at a time.

Two of its parts, as each brings a stack of its own; `make bench ARGS=--quick` runs all of them.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gtms.config import Settings
from gtms.indicators.catalogue import CATALOGUE
from gtms.query.selection import select
from tests.bench.__main__ import app
from tests.bench.dashboard import questions
from tests.bench.drawn import today
from tests.bench.engine import statements
from tests.bench.figures import Aim, Figure, beside, percentile
from tests.bench.readers import Clock
from tests.support.command import ROOT, clean_environment

TINY = {"ingest-records": 1_000, "rounds": 1, "growth": "30"}


def test_a_figure_is_the_median_of_its_rounds() -> None:
    assert Figure("a", "b", "s", (3.0, 1.0, 2.0)).value == 2.0


def test_a_reference_is_compared_round_by_round() -> None:
    reference = beside("a", "b", "records/s", ours=[10, 40, 90], reference=[10, 20, 30], aim=2.5)
    assert reference.ratios == (1.0, 2.0, 3.0)
    assert reference.ratio == 2.0
    assert reference.aim_met is False


@pytest.mark.parametrize(("value", "met"), [(2.9, True), (3.0, True), (3.1, False)])
def test_an_aim_of_at_most(value: float, met: bool) -> None:
    assert Figure("a", "b", "s", (value,), aim=Aim(3.0, at_least=False)).aim_met is met


@pytest.mark.parametrize(("percent", "expected"), [(50, 50), (99, 99), (100, 100), (0, 1)])
def test_percentiles_are_values_that_were_measured(percent: float, expected: float) -> None:
    assert percentile(list(range(100, 0, -1)), percent) == expected


def test_what_is_there_when_the_clock_starts_is_not_counted() -> None:
    clock = Clock(100, used=lambda: 0.0)
    assert [clock.tell(so_far) for so_far in (0, 30, 60)] == [None, None, None]
    reading = clock.tell(100)
    assert reading is not None
    assert reading.records == 70


def test_all_at_once_counts_from_the_beginning() -> None:
    reading = Clock(100, used=lambda: 0.0).tell(100)
    assert reading is not None
    assert reading.records == 100


def test_the_kafka_engine_fills_the_columns_that_the_loader_fills() -> None:
    view = statements(Settings(), Path("/schema.proto"), "group").make[-1]
    for column in ("record_uid", "received_at", "admission_date", "other_substances_substance"):
        assert f" AS {column}" in view


def test_a_dashboard_asks_twenty_questions_of_the_catalogue() -> None:
    asked = questions(today())
    assert len(asked) == 20
    for question in asked:
        select(question, CATALOGUE, 1)


@pytest.mark.slow
@pytest.mark.parametrize("only", ["ingest", "growth,queries"])
def test_a_part_runs(only: str, tmp_path: Path) -> None:
    file = tmp_path / "bench.json"
    sizes = [f"--{name}={value}" for name, value in TINY.items()]
    words = [sys.executable, "-m", "tests.bench", "--quick", "--only", only, *sizes]
    done = subprocess.run(
        [*words, "--out", file], cwd=ROOT, env=clean_environment(), stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0
    found = json.loads(file.read_text())
    assert {figure["part"] for figure in found["figures"]} == set(only.split(","))
    # Processor time is told in hundredths of a second: of so little it may be none.
    assert all(figure["value"] > 0 for figure in found["figures"] if figure["unit"] != "CPU s")
    assert all(peak["rss_bytes"] > 0 for peak in found["peaks"])
    assert found["machine"]["cores"] > 0


def test_a_part_that_there_is_not() -> None:
    done = CliRunner().invoke(app, ["--only=everything"])
    assert done.exit_code == 2
    assert "there are ingest" in done.output
