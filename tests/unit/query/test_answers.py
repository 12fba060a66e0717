"""What a stored cell becomes when it is given out."""

import json
from datetime import UTC, date, datetime

import pytest

from gtms.query.answers import background, cell, definition
from gtms.warehouse.reader import Position, Quality, Snapshot, StoredCell
from tests.support.small_catalogue import SMALL_CATALOGUE
from treatment.indicators.v1 import indicators_pb2 as pb

PARAMETERS = json.dumps({"journey_gap_days": 21, "min_linkage": 90.0})
SNAPSHOT = Snapshot("2025", 7, date(2026, 9, 30), datetime(2026, 9, 30, 1, tzinfo=UTC), PARAMETERS)


def stored(**fields) -> StoredCell:
    return StoredCell(
        **{
            "position": Position("2025", "A02", "value", "sex=FEMALE"),
            "dimensions": {"sex": "FEMALE"},
            "value": 12.0,
            "numerator": 12.0,
            "denominator": None,
            "status": "OK",
            **fields,
        }
    )


def given_out(indicator="A02", linkage=95.0, snapshot=SNAPSHOT, **fields) -> pb.Cell:
    behind = background("KEN", snapshot, Quality(80.0, linkage))
    return cell(stored(**fields), SMALL_CATALOGUE[indicator], behind)


def test_cell_carries_what_is_needed_to_read_it():
    answer = given_out()
    assert (answer.country, answer.period, answer.indicator) == ("KEN", "2025", "A02")
    assert (answer.value, answer.numerator, answer.unit_of_count) == (12.0, 12.0, "person")
    assert not answer.HasField("denominator")
    assert answer.status == pb.CELL_STATUS_OK
    assert (answer.as_of, answer.computed_at.ToJsonString()) == (
        "2026-09-30",
        "2026-09-30T01:00:00Z",
    )
    assert (answer.coverage, answer.linkage) == (80.0, 95.0)
    assert dict(answer.parameters) == {"journey_gap_days": "21", "min_linkage": "90"}
    assert answer.indicator_version == "1"


@pytest.mark.parametrize("status", ["NOT_MATURED", "NOT_AVAILABLE"])
def test_without_a_value_it_is_absent_and_not_zero(status):
    answer = given_out("B03", value=None, numerator=3.0, denominator=0.0, status=status)
    assert not answer.HasField("value")
    assert not answer.HasField("numerator")
    assert answer.status == pb.CellStatus.Value(f"CELL_STATUS_{status}")


def test_low_linkage_keeps_the_value_and_calls_it_episodes():
    answer = given_out(linkage=89.9)
    assert (answer.value, answer.unit_of_count) == (12.0, "episode")
    assert answer.status == pb.CELL_STATUS_LOW_LINKAGE
    assert given_out("B03", linkage=10.0).unit_of_count == "episode, %"


@pytest.mark.parametrize("linkage", [90.0, 100.0, None])
def test_enough_linkage_or_nothing_to_judge_by_changes_nothing(linkage):
    answer = given_out(linkage=linkage)
    assert (answer.status, answer.unit_of_count) == (pb.CELL_STATUS_OK, "person")
    assert answer.HasField("linkage") == (linkage is not None)


def test_low_linkage_concerns_persons_only():
    answer = given_out("B07", linkage=1.0)
    assert (answer.status, answer.unit_of_count) == (pb.CELL_STATUS_OK, "episode, days")


def test_low_linkage_does_not_hide_that_a_value_has_not_matured():
    answer = given_out(linkage=1.0, value=None, status="NOT_MATURED")
    assert answer.status == pb.CELL_STATUS_NOT_MATURED


def test_least_linkage_is_the_countrys_own():
    lenient = Snapshot("2025", 7, SNAPSHOT.as_of, SNAPSHOT.computed_at, '{"min_linkage":50}')
    assert given_out(linkage=60.0, snapshot=lenient).status == pb.CELL_STATUS_OK


def test_definition_lists_tables_with_their_periods():
    tables = {
        tuple(t.dimensions): list(t.period_kinds) for t in definition(SMALL_CATALOGUE["A02"]).tables
    }
    every = [pb.PERIOD_KIND_YEAR, pb.PERIOD_KIND_QUARTER, pb.PERIOD_KIND_MONTH]
    assert tables[()] == every
    assert tables[("admin1",)] == every
    assert tables[("sex", "substance_group")] == [pb.PERIOD_KIND_YEAR]
    assert len(tables) == 6


def test_definition_says_which_dimensions_add_up():
    def additive(indicator):
        return {d.name: d.additive for d in definition(SMALL_CATALOGUE[indicator]).dimensions}

    assert additive("A02") == {
        "sex": True,
        "substance_group": True,
        "setting": False,
        "admin1": False,
    }
    assert additive("B03") == {"sex": False}
    assert not any(additive("B07").values())


def test_definition_lists_values_in_the_order_of_their_codes():
    values = {d.name: list(d.values) for d in definition(SMALL_CATALOGUE["A02"]).dimensions}
    assert values["sex"] == ["MALE", "FEMALE", "UNKNOWN"]
    assert values["admin1"] == []
