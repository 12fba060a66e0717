"""The reference of trainings, worked out by hand."""

import pytest

from tests.support.by_hand import NONE_AVAILABLE, cell, count, share
from tests.support.oracle import CellValue
from tests.support.population import retraction, training_event, training_participant

MALE, FEMALE, UNKNOWN = 1, 2, 99
POLICYMAKERS, CLINICAL = 1, 4
HEALTH, JUSTICE = 1, 2


def two_trainings() -> list[object]:
    return [
        training_event("T1", "2025-03-30", "2025-04-01", kind=POLICYMAKERS),
        training_event("T2", "2025-09-01", "2025-09-05", kind=CLINICAL, action_plan=2),
    ]


def test_a_person_trained_twice_counts_once_as_the_latest_event_tells() -> None:
    records = [
        *two_trainings(),
        training_participant("a", "T1", sex=UNKNOWN, sector=HEALTH),
        training_participant("a", "T2", sex=FEMALE, sector=JUSTICE),
        training_participant("b", "T1", sex=MALE),
        training_participant("c", "T1", completed=False),
        training_participant("d", "T9"),
    ]
    assert cell(records, "K01") == count(2)
    assert cell(records, "K01", "kind", "kind=POLICYMAKERS") == count(2)
    assert cell(records, "K01", "kind", "kind=TREATNET_CLINICAL") == count(1)
    assert cell(records, "K01", "sector", "sector=JUSTICE") == count(1)
    assert cell(records, "K02") == share(1, 2)
    assert cell(records, "K02", "kind", "kind=POLICYMAKERS") == share(1, 2)


def test_an_event_counts_on_its_last_day() -> None:
    records = [*two_trainings(), training_participant("a", "T1")]
    assert cell(records, "K01", name="2025-03") == count(0)
    assert cell(records, "K01", name="2025-04") == count(1)
    assert cell(records, "K04", name="2025-04", measure="plans") == count(1)
    assert cell([*records, retraction(records[0], 2)], "K01") == count(0)


def test_gain_in_points_and_relative_to_where_they_began() -> None:
    """40 → 60 and 60 → 65: 12.5 points on average, a quarter of all points before."""
    records = [
        *two_trainings(),
        training_participant("a", "T1", pre=40, post=60),
        training_participant("b", "T2", pre=60, post=65, completed=False),
        training_participant("c", "T2", pre=60),
    ]
    assert cell(records, "K03", measure="points") == CellValue(12.5, 25, 2, "OK")
    assert cell(records, "K03", measure="relative") == CellValue(25, 25, 100, "OK")
    of_one = cell(records, "K03", "event", "event=T1", measure="relative")
    assert of_one == CellValue(50, 20, 40, "OK")


def test_relative_to_nothing_is_not_available() -> None:
    records = [*two_trainings(), training_participant("a", "T1", pre=0, post=33.33)]
    assert cell(records, "K03", measure="points") == CellValue(pytest.approx(33.33), 33.33, 1, "OK")
    relative = cell(records, "K03", measure="relative")
    assert relative == CellValue(None, 33.33, 0, "NOT_AVAILABLE")
    assert cell(records, "K03", "event", "event=T1", measure="relative") is None


def test_institutions_and_their_plans() -> None:
    records = [
        *two_trainings(),
        training_participant("a", "T1", institution_id="I1", sector=HEALTH),
        training_participant("b", "T1", institution_id="I1", sector=JUSTICE, country="UGA"),
        training_participant("c", "T2", institution_id="I2", completed=False),
    ]
    assert cell(records, "K04", measure="institutions") == count(2)
    health = cell(records, "K04", "sector", "sector=HEALTH", measure="institutions")
    assert health == count(2)
    abroad = "participant_country=UGA"
    assert cell(records, "K04", "participant_country", abroad, measure="institutions") == count(1)
    assert cell(records, "K04", measure="plans") == count(1)
    assert cell(records, "K04", "country_held", "country_held=KEN", measure="plans") == count(1)


def test_changed_perception_of_those_who_were_interviewed() -> None:
    interviewed = {"follow_up_date": "2025-07-01"}
    records = [
        *two_trainings(),
        training_participant("a", "T1", follow_up=1, perception_changed=1, **interviewed),
        training_participant("b", "T1", follow_up=2, perception_changed=99, **interviewed),
        training_participant("c", "T1", follow_up=4),
        training_participant("d", "T2"),
    ]
    assert cell(records, "K05") == share(1, 2)
    assert cell(records, "K05", measure="response_rate") == share(2, 4)
    assert cell(records, "K05", "kind", "kind=TREATNET_CLINICAL") is None
    assert cell(two_trainings(), "K05") == NONE_AVAILABLE
