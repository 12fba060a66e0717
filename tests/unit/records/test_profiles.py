"""A profile as a record, as parameters and as what is told beside a value."""

import json
from dataclasses import fields, replace

import pytest

from gtms.records.profiles import (
    DEFAULT_PROFILE,
    SETTABLE,
    AttributeEpisode,
    Profile,
    filled_in,
    profile_of,
)
from treatment.profiles.v1.profile_pb2 import CountryProfile, CountryProfileRecord

OTHERS: dict[str, object] = {
    "journey_gap_days": 0,
    "entrant_gap_days": 365,
    "attribute_episode": AttributeEpisode.FIRST,
    "stale_days": 90,
    "alcohol_included": False,
    "year_start": 4,
    "k_threshold": 10,
    "rounding_base": 10,
    "min_linkage": 0.0,
}


def test_every_settable_parameter_is_one_of_the_profile() -> None:
    assert set(SETTABLE) == set(OTHERS)
    assert {each.name for each in fields(Profile)} - set(SETTABLE) == {"representation_days"}


@pytest.mark.parametrize(("name", "value"), OTHERS.items(), ids=OTHERS)
def test_what_is_said_counts_and_the_rest_has_its_default(name: str, value: object) -> None:
    wanted = replace(DEFAULT_PROFILE, **{name: value})
    said = CountryProfile(**{name: getattr(filled_in(wanted), name)})
    assert profile_of(CountryProfileRecord(record=said)) == wanted


def test_a_profile_survives_being_told() -> None:
    wanted = replace(DEFAULT_PROFILE, **OTHERS)
    assert profile_of(CountryProfileRecord(record=filled_in(wanted))) == wanted


def test_what_is_not_said_or_taken_back_is_the_default() -> None:
    retracted = CountryProfileRecord()
    retracted.retraction.profile_id = "counting"
    for record in (retracted, CountryProfileRecord(), CountryProfileRecord(record={})):
        assert profile_of(record) == DEFAULT_PROFILE


@pytest.mark.parametrize("month", [0, 2, 12, 13, 2**32 - 1])
def test_a_month_in_which_no_year_starts_stops_nothing(month: int) -> None:
    said = CountryProfile(year_start=month, stale_days=90)
    assert profile_of(CountryProfileRecord(record=said)) == replace(DEFAULT_PROFILE, stale_days=90)


def test_every_parameter_is_told_beside_a_value() -> None:
    told = json.loads(replace(DEFAULT_PROFILE, **OTHERS).parameters())
    assert told == {**OTHERS, "representation_days": 182}
    assert told["attribute_episode"] == "FIRST"
