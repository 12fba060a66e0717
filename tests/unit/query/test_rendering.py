"""Figures as people and spreadsheets read them."""

import csv
import io
import json

import pytest
from rich.console import Console

from gtms.query import rendering
from gtms.query.answers import definition
from tests.support.small_catalogue import SMALL_CATALOGUE
from treatment.indicators.v1 import indicators_pb2 as pb

DEFINITIONS = {name: definition(indicator) for name, indicator in SMALL_CATALOGUE.items()}


def cell(**fields) -> pb.Cell:
    return pb.Cell(
        **{
            "country": "KEN",
            "period": "2025",
            "indicator": "A02",
            "indicator_version": "1",
            "measure": "value",
            "value": 1234.0,
            "status": pb.CELL_STATUS_OK,
            "unit_of_count": "person",
            "as_of": "2026-09-30",
            **fields,
        }
    )


def printed(table) -> str:
    console = Console(width=160, file=io.StringIO())
    console.print(table)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (1234.0, "person", "1234"),
        (0.0, "person", "0"),
        (100 / 3, "person, %", "33.3"),
        (60.0, "person, %", "60.0"),
        (111.0, "episode, days", "111"),
        (17.5, "episode, days", "17.5"),
    ],
)
def test_numbers(value, unit, text):
    assert rendering.number(value, unit) == text


def test_absent_value_shows_its_status_and_not_zero():
    absent = cell(value=None, status=pb.CELL_STATUS_NOT_MATURED)
    assert rendering.shown_value(absent) == "not matured"
    assert "not matured" in printed(rendering.cells_table([absent], DEFINITIONS))


def test_zero_is_shown():
    assert rendering.shown_value(cell(value=0.0)) == "0"


def test_table_names_status_unit_and_title():
    low = cell(status=pb.CELL_STATUS_LOW_LINKAGE, unit_of_count="episode")
    line = printed(rendering.cells_table([low], DEFINITIONS)).splitlines()[-2]
    assert " ".join(line.split()) == "KEN 2025 A02 Title of A02 1234 episode LOW_LINKAGE"


def test_markup_in_a_value_is_only_text():
    region = cell(dimensions={"admin1": "[red]KE[/red]"})
    assert "[red]KE[/red]" in printed(rendering.cells_table([region], DEFINITIONS))


def test_values_are_ordered_by_their_codes():
    cells = [cell(dimensions={"sex": name}) for name in ("UNKNOWN", "FEMALE", "MALE")]
    ordered = rendering.in_reading_order(cells, DEFINITIONS)
    assert [each.dimensions["sex"] for each in ordered] == ["MALE", "FEMALE", "UNKNOWN"]


def test_csv_has_a_column_per_dimension_and_empty_cells_for_absent_values():
    cells = [
        cell(dimensions={"sex": "MALE"}, coverage=80.04, parameters={"b": "2", "a": "1"}),
        cell(dimensions={"sex": "FEMALE"}, value=None, status=pb.CELL_STATUS_NOT_AVAILABLE),
    ]
    rows = list(csv.DictReader(io.StringIO(rendering.cells_csv(cells, ["sex"]))))
    assert [row["sex"] for row in rows] == ["MALE", "FEMALE"]
    assert [(row["value"], row["status"]) for row in rows] == [
        ("1234", "OK"),
        ("", "NOT_AVAILABLE"),
    ]
    assert (rows[0]["coverage"], rows[0]["linkage"], rows[0]["parameters"]) == (
        "80.0",
        "",
        "a=1 b=2",
    )


def test_csv_of_nothing_is_its_header():
    assert rendering.cells_csv([], ["sex"]).splitlines() == [
        "country,period,indicator,indicator_version,measure,sex,value,status,unit_of_count,"
        "numerator,denominator,as_of,computed_at,coverage,linkage,parameters,vintage,published_at"
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n+", " =", "＝"])
def test_csv_text_is_never_a_formula(start):
    region = cell(dimensions={"admin1": f"{start}cmd|'/c calc'!A1"})
    (row,) = csv.DictReader(io.StringIO(rendering.cells_csv([region], []), newline=""))
    assert row["admin1"][0] == "'"
    assert row["admin1"].endswith("cmd|'/c calc'!A1")


def test_csv_leaves_negative_numbers_alone():
    (row,) = csv.DictReader(io.StringIO(rendering.cells_csv([cell(value=-3.0)], [])))
    assert row["value"] == "-3"


def test_json_has_the_names_of_the_proto_and_no_absent_value():
    (read,) = json.loads(rendering.as_json([cell(value=None, status=pb.CELL_STATUS_NOT_MATURED)]))
    assert read["unit_of_count"] == "person"
    assert "value" not in read


def test_definition_is_shown_whole():
    text = printed(rendering.definition_table(DEFINITIONS["A02"]))
    assert "formula of A02" in text
    assert "does not add up to the total: OUTPATIENT, RESIDENTIAL, UNKNOWN" in text
    assert "a caveat" in text
