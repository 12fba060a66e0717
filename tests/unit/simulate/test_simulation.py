"""The same parameters make the same records, and every one of them obeys the rules."""

from collections import Counter
from datetime import UTC, datetime
from itertools import islice

import pytest

from gtms.families import FAMILIES
from gtms.records.identifiers import natural_key
from gtms.records.validation import validate
from gtms.simulate.profiles import UnknownCountryError, countries
from gtms.simulate.simulation import Tally, estimates_of, records
from gtms.simulate.stamps import NO_NOISE, Dispatch, Noise, Role
from tests.unit.simulate.simulated import LAST, simulation

INVALID = Noise(corrected=0.0, retracted=0.0, duplicated=0.0, late=0.0, invalid=0.2)


def as_received(dispatch: Dispatch) -> Dispatch:
    received = datetime(LAST.year, LAST.month, LAST.day, tzinfo=UTC)
    dispatch.record.envelope.received_at.FromDatetime(received)
    return dispatch


def written(dispatches) -> list[tuple[str, bytes]]:
    return [(d.family, d.record.SerializeToString(deterministic=True)) for d in dispatches]


def test_same_parameters_same_records_byte_for_byte():
    assert written(records(simulation())) == written(records(simulation()))


@pytest.mark.parametrize("other", [{"seed": 8}, {"country": "UGA"}, {"admissions": 401}])
def test_another_parameter_makes_another_population_without_common_ids(other):
    ids, others = (
        {
            (d.family, natural_key(FAMILIES[d.family], d.record))
            for d in records(made)
            if d.family != "estimate"
        }
        for made in (simulation(), simulation(**other))
    )
    assert not ids & others


def test_populations_of_a_country_have_the_same_estimates():
    contents, others = (
        {
            natural_key(FAMILIES["estimate"], d.record): d.record.record.SerializeToString()
            for d in records(made)
            if d.family == "estimate"
        }
        for made in (simulation(), simulation(seed=8, admissions=500))
    )
    assert len(contents) > 100
    assert contents == others


def test_estimates_are_drawn_by_themselves_as_among_the_others():
    among = {d.record.SerializeToString() for d in records(simulation()) if d.family == "estimate"}
    assert {d.record.SerializeToString() for d in estimates_of(simulation())} == among


@pytest.mark.parametrize("country", sorted(countries()))
def test_every_country_obeys_every_rule(country):
    drawn = islice(records(simulation(country, admissions=60)), 250)
    problems = [(p, d.record) for d in drawn for p in validate(as_received(d).record).errors]
    assert not problems


def test_a_large_population_obeys_every_rule():
    found = Counter(
        (problem.rule_id, problem.field_path)
        for dispatch in records(simulation("MEX", admissions=2500))
        for problem in validate(as_received(dispatch).record).errors
    )
    assert not found


def test_what_is_made_invalid_is_invalid_and_nothing_else_is():
    for dispatch in records(simulation(noise=INVALID)):
        errors = validate(as_received(dispatch).record).errors
        assert bool(errors) == (dispatch.role is Role.INVALID)


def test_invalid_records_exist_only_when_asked_for():
    tally, usual = Tally(), Tally()
    for dispatch in records(simulation(noise=INVALID)):
        tally.count(dispatch)
    for dispatch in records(simulation()):
        usual.count(dispatch)
    assert tally.of(Role.INVALID) > 50
    assert usual.of(Role.INVALID) == 0


@pytest.mark.parametrize("noise", [NO_NOISE, Noise(), INVALID])
def test_the_admissions_that_stay_are_exactly_those_asked_for(noise):
    tally = Tally()
    for dispatch in records(simulation(noise=noise)):
        tally.count(dispatch)
    assert tally.kept("admission") == 400


def test_kept_counts_what_a_registry_keeps():
    latest: dict[tuple[str, object], tuple[int, str]] = {}
    tally = Tally()
    for dispatch in records(simulation()):
        tally.count(dispatch)
        key = (dispatch.family, natural_key(FAMILIES[dispatch.family], dispatch.record))
        revision = (dispatch.record.envelope.record_version, dispatch.record.WhichOneof("content"))
        latest[key] = max(latest.get(key, (0, "")), revision)
    for family in FAMILIES:
        stays = [key for key, (_, what) in latest.items() if key[0] == family and what == "record"]
        assert tally.kept(family) == len(stays)


def test_no_revision_is_used_twice_for_different_content():
    seen: dict[object, bytes] = {}
    for dispatch in records(simulation()):
        key = natural_key(FAMILIES[dispatch.family], dispatch.record)
        identity = (dispatch.family, key, dispatch.record.envelope.record_version)
        content = dispatch.record.SerializeToString(deterministic=True)
        assert seen.setdefault(identity, content) == content


def test_an_unknown_country_is_named():
    with pytest.raises(UnknownCountryError, match="QQQ"):
        next(records(simulation("QQQ")))


def test_records_are_drawn_as_they_are_asked_for():
    first = list(islice(records(simulation(admissions=1_000_000_000)), 5))
    assert len(first) == 5
