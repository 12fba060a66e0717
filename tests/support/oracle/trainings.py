"""K: who was trained, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from . import codes
from .cells import Share, Sheet, Traits, Valued, grouped
from .periods import Period
from .surroundings import TrainingEvent, TrainingParticipant
from .visible import Live

BY_KIND_AND_COUNTRY = (("kind",), ("participant_country",))
BY_INSTITUTION = (("sector",), ("participant_country",))
BY_COUNTRY_HELD = (("country_held",),)
TABLES = {
    "K01": (("kind",), ("sex",), ("sector",), ("participant_country",)),
    "K02": BY_KIND_AND_COUNTRY,
    "K03": (("event",), *BY_KIND_AND_COUNTRY),
    "K04": (*BY_INSTITUTION, *BY_COUNTRY_HELD),
    "K05": BY_KIND_AND_COUNTRY,
}
HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person at one event of the period."""

    record_uid: str
    participant: TrainingParticipant
    event: TrainingEvent

    @property
    def traits(self) -> dict[str, str | frozenset[str]]:
        return {
            "event": self.event.event_id,
            "kind": codes.training_kind(self.event.kind),
            "sex": codes.sex(self.participant.sex),
            "sector": codes.sector(self.participant.sector),
            "participant_country": self.participant.country,
        }

    @property
    def was_interviewed(self) -> bool:
        return self.participant.follow_up_status in codes.INTERVIEWED


def write(sheets: dict[str, Sheet], live: Sequence[Live], period: Period) -> None:
    events = {
        each.content.event_id: each.content
        for each in live
        if isinstance(each.content, TrainingEvent) and period.holds(each.content.end_date)
    }
    came = [
        Attendance(each.record_uid, each.content, events[each.content.event_id])
        for each in live
        if isinstance(each.content, TrainingParticipant) and each.content.event_id in events
    ]
    completed = [each for each in came if each.participant.completed]
    people = _people(completed)
    sheets["K01"].counts(people)
    sheets["K02"].shares(
        Share(each, each["sex"] == "FEMALE") for each in people if each["sex"] in codes.KNOWN_SEXES
    )
    _gain(sheets["K03"], came)
    sheets["K04"].part(BY_INSTITUTION).counts(_institutions(came), measure="institutions")
    sheets["K04"].part(BY_COUNTRY_HELD).counts(
        (
            {"country_held": each.country_held}
            for each in events.values()
            if each.action_plan == codes.YES
        ),
        measure="plans",
    )
    sheets["K05"].shares(
        Share(each.traits, each.participant.perception_changed == codes.YES)
        for each in came
        if each.was_interviewed
    )
    sheets["K05"].shares(
        (Share(each.traits, each.was_interviewed) for each in completed), measure="response_rate"
    )


def _people(completed: Sequence[Attendance]) -> list[Traits]:
    """Everybody once, as the latest event describes them, with the kinds of all their events."""
    by_person: dict[str, list[Attendance]] = {}
    for each in sorted(completed, key=lambda it: (it.event.end_date, it.record_uid)):
        by_person.setdefault(each.participant.person, []).append(each)
    return [
        own[-1].traits | {"kind": frozenset(codes.training_kind(each.event.kind) for each in own)}
        for own in by_person.values()
    ]


def _institutions(came: Sequence[Attendance]) -> list[Traits]:
    by_institution: dict[str, list[TrainingParticipant]] = {}
    for each in came:
        by_institution.setdefault(each.participant.institution_id, []).append(each.participant)
    return [
        {
            "sector": frozenset(codes.sector(each.sector) for each in sent),
            "participant_country": frozenset(each.country for each in sent),
        }
        for sent in by_institution.values()
    ]


def _gain(sheet: Sheet, came: Sequence[Attendance]) -> None:
    """Gained points per participant, and all gained points of all points before."""
    scores = [
        (each.traits, before, after)
        for each in came
        if (before := each.participant.score_before) is not None
        and (after := each.participant.score_after) is not None
    ]
    sheet.means(
        [Valued(traits, Fraction(after - before, HUNDREDTHS)) for traits, before, after in scores],
        measure="points",
    )
    pairs = [(traits, (before, after)) for traits, before, after in scores]
    for grouping in sheet.groupings():
        for key, those in grouped(pairs, grouping).items():
            before = sum(score for score, _ in those)
            gained = sum(score for _, score in those) - before
            sheet.percent(
                grouping, key, gained / HUNDREDTHS, before / HUNDREDTHS, measure="relative"
            )
