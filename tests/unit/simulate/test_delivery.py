"""Delivery changes order and adds exact duplicates; it loses nothing and changes nothing."""

from collections import Counter
from random import Random

import pytest

from gtms.simulate.delivery import delivered
from gtms.simulate.simulation import records
from gtms.simulate.stamps import NO_NOISE, USUAL_NOISE, Noise, Role
from tests.unit.simulate.simulated import simulation

LATE = Noise(corrected=0.1, retracted=0.02, duplicated=0.1, late=0.3, hold=500)


def in_order():
    return list(records(simulation(noise=Noise(0.1, 0.02, 0.0, 0.0))))


@pytest.mark.parametrize("noise", [NO_NOISE, USUAL_NOISE, LATE])
def test_what_arrives_is_what_was_sent_plus_exact_duplicates(noise):
    sent = in_order()
    arrived = list(delivered(sent, noise, Random(1)))
    assert Counter(id(d.record) for d in arrived if d.role is not Role.DUPLICATE) == Counter(
        id(d.record) for d in sent
    )
    assert {id(d.record) for d in arrived} == {id(d.record) for d in sent}


def test_without_noise_the_order_stays():
    sent = in_order()
    assert list(delivered(sent, NO_NOISE, Random(1))) == sent


def test_nothing_is_held_back_longer_than_said():
    sent = in_order()
    places = {id(dispatch.record): place for place, dispatch in enumerate(sent)}
    overtaken = 0
    newest = -1
    for dispatch in delivered(sent, LATE, Random(1)):
        newest = max(newest, places[id(dispatch.record)])
        overtaken = max(overtaken, newest - places[id(dispatch.record)])
    assert 0 < overtaken <= LATE.hold


def arrivals():
    """Places at which the revisions of each admission and outcome arrive."""
    revisions, admitted, outcomes = {}, {}, []
    for place, dispatch in enumerate(records(simulation(noise=LATE))):
        made = dispatch.record
        key = (dispatch.family, made.envelope.idempotency_key.rpartition("/")[0])
        revisions.setdefault(key, []).append(made.envelope.record_version)
        if dispatch.family == "admission" and made.HasField("record"):
            admitted.setdefault(made.record.episode_id, place)
        elif dispatch.family == "outcome" and made.HasField("record"):
            outcomes.append((made.record.episode_id, place))
    return revisions, admitted, outcomes


def test_revisions_and_outcomes_arrive_in_the_wrong_order_too():
    revisions, admitted, outcomes = arrivals()
    assert any(versions != sorted(versions) for versions in revisions.values())
    assert any(place < admitted[episode] for episode, place in outcomes)
    assert {3} <= {max(versions) for versions in revisions.values()}
