"""A country is counted with its own parameters, whenever they were set."""

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from gtms.processing.profiles import profiles
from gtms.processing.session import Session
from gtms.records.profiles import DEFAULT_PROFILE
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse.client import Connection
from tests.support.cells import differences, moved_to
from tests.support.engine import Engine
from tests.support.laws import right
from tests.support.oracle import Profile, RecordMessage
from tests.support.population import (
    admission,
    discharge,
    facility,
    profile,
    received,
    retraction,
    review,
    revised,
)

AS_OF = date(2026, 1, 31)
BY_DEFAULT = "ETH"
HEROIN, AMPHETAMINE, ALCOHOL = 11, 31, 80


@dataclass(frozen=True)
class Case:
    """What a country sets, and the same in the words of the reference."""

    said: Mapping[str, object]
    meant: Profile


CASES = {
    "KEN": Case({"stale_days": 90}, Profile(stale_days=90)),
    "UGA": Case({"journey_gap_days": 100}, Profile(journey_gap_days=100)),
    "TZA": Case({"entrant_gap_days": 30}, Profile(entrant_gap_days=30)),
    "RWA": Case({"alcohol_included": False}, Profile(alcohol_included=False)),
    "BDI": Case({"attribute_episode": 2}, Profile(attribute_episode="FIRST")),
    "GBR": Case({"year_start": 4}, Profile(year_start=4)),
    "AUS": Case(
        {"year_start": 7, "stale_days": 90, "alcohol_included": False},
        Profile(year_start=7, stale_days=90, alcohol_included=False),
    ),
}


def records() -> list[RecordMessage]:
    """People of whom each is counted another way by one of the parameters."""
    silent = admission("p1", "2025-09-15")
    left, again = admission("p2", "2024-11-01"), admission("p2", "2025-02-20")
    returned = admission("p2", "2025-08-01")
    drinks = admission("p3", "2025-03-03", substance=ALCOHOL)
    young = admission("p4", "2025-01-05", substance=HEROIN, birth_year=2007)
    older = admission("p4", "2025-11-15", substance=AMPHETAMINE, birth_year=2007, referral=21)
    return [
        facility("F1"),
        silent,
        left,
        discharge(left, "2025-01-10", 31),
        again,
        discharge(again, "2025-06-01", 12),
        returned,
        review(returned, "2025-12-01"),
        drinks,
        discharge(drinks, "2025-08-01", 11),
        young,
        discharge(young, "2025-02-01", 31),
        older,
    ]


def arrivals(country: str) -> list[RecordMessage]:
    return [received(record, country) for record in records()]


def profile_of(country: str, revision: int = 1) -> RecordMessage:
    return received(profile(revision, **CASES[country].said), country)


@pytest.fixture
def engine(stack: EmbeddedStack) -> Iterator[Engine]:
    taking = Engine(stack.settings.clickhouse)
    taking.forget_everything()
    yield taking
    taking.forget_everything()
    taking.close()


def wrong(engine: Engine, country: str, meant: Profile) -> str:
    return right(country, records(), engine.stored, AS_OF, profile=meant)


@pytest.mark.slow
def test_a_profile_counts_whenever_it_arrives_until_it_is_taken_back(engine: Engine) -> None:
    everything = [record for country in CASES for record in arrivals(country)]
    engine.take([*everything, *arrivals(BY_DEFAULT)], AS_OF)
    default = engine.stored.cells(BY_DEFAULT)

    engine.take([profile_of(country) for country in CASES], AS_OF)
    last = {country: engine.stored.cells(country) for country in CASES}
    for country, case in CASES.items():
        assert not wrong(engine, country, case.meant)
        assert differences(moved_to(default, country), last[country]), "it changes nothing here"
    assert not differences(default, engine.stored.cells(BY_DEFAULT))

    engine.forget_everything()
    engine.take([profile_of(country) for country in CASES], AS_OF)
    random.Random(1).shuffle(everything)
    half = len(everything) // 2
    engine.take(everything[:half], AS_OF)
    engine.take(everything[half:], AS_OF)
    for country in CASES:
        assert not differences(last[country], engine.stored.cells(country))

    engine.take([received(retraction(profile(), 2), country) for country in CASES], AS_OF)
    for country in CASES:
        assert not differences(moved_to(default, country), engine.stored.cells(country))


def test_the_highest_revision_counts_and_is_told_beside_the_values(engine: Engine) -> None:
    newest, older = profile(3, stale_days=30, k_threshold=10), profile(2, stale_days=60)
    for record in (newest, older, revised(older, 1)):
        engine.take([received(record, "KEN")], AS_OF)
    engine.take(arrivals("KEN"), AS_OF)
    told = engine.stored.rows("SELECT DISTINCT parameters FROM indicators.snapshots FINAL")
    parameters = json.loads(DEFAULT_PROFILE.parameters()) | {"stale_days": 30, "k_threshold": 10}
    assert [json.loads(text) for (text,) in told] == [parameters]


def test_profiles_are_read_with_the_defaults_filled_in(
    engine: Engine, stack: EmbeddedStack
) -> None:
    engine.take([profile_of("GBR")], AS_OF)
    connection = Connection(stack.settings.clickhouse)
    found = profiles(Session(connection), ["GBR", "KEN"])
    connection.close()
    assert (found["GBR"].year_start, found["GBR"].stale_days) == (4, 180)
    assert found["KEN"] == DEFAULT_PROFILE
