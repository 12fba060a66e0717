"""What happens to a person beside admissions: reviews, overdoses, discharges, deaths, follow-up."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from gtms.simulate.days import Span
from gtms.simulate.population import DIED, PLANNED, Episode, Person
from gtms.simulate.profiles import Journeys
from treatment.common.v1 import codes_pb2 as codes

REVIEW, DISCHARGE, FOLLOW_UP, OVERDOSE, DEATH = (
    codes.OUTCOME_KIND_IN_TREATMENT_REVIEW,
    codes.OUTCOME_KIND_DISCHARGE,
    codes.OUTCOME_KIND_FOLLOW_UP,
    codes.OUTCOME_KIND_OVERDOSE_EVENT,
    codes.OUTCOME_KIND_DEATH,
)
_WAVES = (  # wave, first and last day of its window after the discharge
    (codes.FOLLOW_UP_WAVE_M3, 60, 120),
    (codes.FOLLOW_UP_WAVE_M6, 150, 225),
    (codes.FOLLOW_UP_WAVE_M12, 320, 425),
    (codes.FOLLOW_UP_WAVE_M24, 670, 790),
)
INTERVIEWED = codes.FOLLOW_UP_STATUS_INTERVIEWED_FULL
_NOT_INTERVIEWED = (
    codes.FOLLOW_UP_STATUS_REFUSED,
    *[codes.FOLLOW_UP_STATUS_NOT_LOCATED] * 3,
    codes.FOLLOW_UP_STATUS_IN_CUSTODY_NOT_INTERVIEWED,
    codes.FOLLOW_UP_STATUS_MOVED_OUT_OF_COUNTRY,
    codes.FOLLOW_UP_STATUS_NOT_ATTEMPTED,
)


class Happening(NamedTuple):
    """One outcome to be: its kind, its day, and for follow-up the wave and what came of it."""

    episode: Episode
    kind: codes.OutcomeKind.ValueType
    day: int
    wave: codes.FollowUpWave.ValueType = codes.FOLLOW_UP_WAVE_UNSPECIFIED
    status: codes.FollowUpStatus.ValueType = codes.FOLLOW_UP_STATUS_UNSPECIFIED


def happenings(rng: Random, journeys: Journeys, span: Span, person: Person) -> Iterator[Happening]:
    """Everything that happens to a person inside the span, episode by episode, in order of days."""
    for episode in person.episodes:
        yield from _reviews(rng, journeys, span, episode)
        if person.client.opioid and rng.random() < journeys.overdose:
            yield _overdose(rng, span, episode)
        if episode.ended is None:
            continue
        yield Happening(episode, DISCHARGE, episode.ended)
        if episode.reason == DIED:
            yield Happening(episode, DEATH, episode.ended)
    last = person.episodes[-1]
    if last.ended is not None and last.reason != DIED and last.status:
        yield from _follow_up(rng, journeys, span, last)


def _reviews(rng: Random, journeys: Journeys, span: Span, episode: Episode) -> Iterator[Happening]:
    until = span.last + 1 if episode.ended is None else episode.ended
    if episode.forgotten or not episode.status:
        return
    day = episode.admitted + journeys.review_days - 7 + int(rng.random() * 15)
    while day < until:
        yield Happening(episode, REVIEW, day)
        day += journeys.review_days - 7 + int(rng.random() * 15)


def _overdose(rng: Random, span: Span, episode: Episode) -> Happening:
    until = span.last if episode.ended is None else episode.ended
    return Happening(episode, OVERDOSE, rng.randint(episode.admitted, until))


def _follow_up(
    rng: Random, journeys: Journeys, span: Span, episode: Episode
) -> Iterator[Happening]:
    if episode.reason not in PLANNED or rng.random() > journeys.follow_up_cohort:
        return
    for wave, first, last in _WAVES:
        day = (episode.ended or 0) + rng.randint(first, last)
        if day > span.last:
            return
        interviewed = rng.random() < journeys.follow_up_interviewed
        otherwise = _NOT_INTERVIEWED[int(rng.random() * len(_NOT_INTERVIEWED))]
        status = INTERVIEWED if interviewed else otherwise
        yield Happening(episode, FOLLOW_UP, day, wave, status)
