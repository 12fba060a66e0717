"""`gtms indicators` against a running service."""

import asyncio
import csv
import io
import json
from dataclasses import dataclass

import pytest
from click.testing import Result
from typer.testing import CliRunner

from gtms.cli.indicators import app
from gtms.trouble import Trouble


@dataclass
class Command:
    """Runs the command in a thread: the service lives in the loop of the test."""

    target: str

    async def __call__(self, *words: str) -> Result:
        return await asyncio.to_thread(
            CliRunner().invoke, app, [*words, "--target", self.target], catch_exceptions=True
        )


@pytest.fixture
def indicators(target, commands_find_stack) -> Command:
    return Command(target)


async def test_list(indicators):
    result = await indicators("list")
    assert result.exit_code == 0
    assert "People in treatment in the period" in result.stdout
    listed = json.loads((await indicators("list", "--json")).stdout)
    assert {"A02", "L03"} <= {each["id"] for each in listed}


async def test_show(indicators):
    result = await indicators("show", "a02")
    assert result.exit_code == 0
    assert "#p(InTx(P))" in result.stdout
    assert "does not add up to the total" in result.stdout


async def test_show_of_unknown_says_what_there_is(indicators):
    result = await indicators("show", "Z99")
    assert result.exit_code == 2
    assert "not in the catalogue" in result.stderr
    assert "A02" in result.stderr


async def test_table(indicators):
    result = await indicators("query", "A02", "--country", "ken", "--period", "2025", "--by", "sex")
    assert result.exit_code == 0
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    title = "People in treatment in the period"
    assert lines[3:6] == [
        f"KEN 2025 A02 {title} MALE 3 person",
        f"KEN 2025 A02 {title} FEMALE 1 person",
        f"KEN 2025 A02 {title} UNKNOWN 2 person",
    ]
    assert "KEN 2025 2026-09-30 80.0 95.0 provisional" in lines


async def test_csv_with_a_filter(indicators):
    result = await indicators(
        *("query", "A02", "-c", "KEN", "-p", "2025", "--by", "sex"),
        *("--where", "substance_group=OPIOIDS", "--format", "csv"),
    )
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["sex"], row["substance_group"], row["value"]) for row in rows] == [
        ("MALE", "OPIOIDS", "2"),
        ("FEMALE", "OPIOIDS", "1"),
    ]


async def test_json_and_values_that_are_not_there(indicators):
    result = await indicators("query", "B03", "G03", "-c", "KEN", "-p", "2025", "--format", "json")
    cells = json.loads(result.stdout)
    assert [(cell["indicator"], cell["status"], "value" in cell) for cell in cells] == [
        ("B03", "CELL_STATUS_NOT_AVAILABLE", False),
        ("G03", "CELL_STATUS_NOT_MATURED", False),
    ]
    table = await indicators("query", "G03", "-c", "KEN", "-p", "2025")
    assert "not matured" in table.stdout


async def test_range_of_periods_tells_what_is_not_computed(indicators):
    result = await indicators("query", "A02", "-c", "KEN", "-p", "2024..2025", "--format", "csv")
    assert result.exit_code == 0
    assert [row["period"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["2025"]
    assert result.stderr.strip() == "KEN 2024: nothing has been computed yet"


async def test_every_month_of_a_range(indicators):
    result = await indicators(
        "query", "A02", "-c", "KEN", "-p", "2024..2025", "--every", "month", "--format", "csv"
    )
    assert len(result.stderr.splitlines()) == 24


async def test_combination_that_counts_zero(indicators):
    result = await indicators(
        "query", "A02", "-c", "KEN", "-p", "2025", "--where", "sex=OTHER_OR_INTERSEX"
    )
    assert result.exit_code == 0
    assert "counts zero" in result.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--by", "weather"), "by[0]: not a dimension of A02"),
        (("--by", "sex,setting"), "A02 has no table setting × sex for a year"),
        (("--where", "sex"), "written dimension=value"),
        (("--where", "sex=woman"), "values of sex are MALE, FEMALE"),
        (("--every", "month"), "goes with a range"),
        (("--purpose", "Mrs Smith"), "purpose"),
    ],
)
async def test_question_that_is_wrong(indicators, words, says):
    result = await indicators("query", "A02", "-c", "KEN", "-p", "2025", *words)
    assert result.exit_code == 2
    assert says in " ".join(result.stderr.replace("│", " ").split())


async def test_country_is_needed_in_development(indicators):
    result = await indicators("query", "A02", "-p", "2025")
    assert result.exit_code == 2
    assert "which country" in result.stderr


async def test_foreign_country(indicators):
    result = await indicators("query", "A02", "-c", "KEN", "-p", "2025", "--token", "dev-UGA")
    assert isinstance(result.exception, Trouble)
    assert str(result.exception) == (
        "this credential reads the provisional figures of its own country only;"
        " of others, what they have published (source)"
    )


async def test_service_that_is_away(commands_find_stack):
    result = await Command("127.0.0.1:1")("query", "A02", "-c", "KEN", "-p", "2025")
    assert isinstance(result.exception, Trouble)
    assert "127.0.0.1:1 does not answer" in str(result.exception)


async def test_pages_are_followed(indicators, monkeypatch):
    monkeypatch.setattr("gtms.query.client.PAGE_SIZE", 1)
    result = await indicators(
        *("query", "A02", "-c", "KEN", "-p", "2025", "--by", "sex", "--format", "csv")
    )
    assert len(result.stdout.splitlines()) == 4
