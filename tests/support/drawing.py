"""Hypothesis strategies for small populations that crowd the edges of the definitions.

Everything drawn is valid: an ingest service would accept each record. Identifiers come from tiny
pools and days from tiny sets of gaps, so that ties, overlaps, gaps of exactly 21 and 180 days and
period ends happen all the time.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from google.protobuf import text_format
from hypothesis import strategies as st

from tests.support.drawing_admissions import (
    ANCHORS,
    FACILITY_IDS,
    admissions,
    slots,
)
from tests.support.drawing_outcomes import (
    DEATH,
    DISCHARGE,
    FOLLOW_UP,
    OVERDOSE,
    REVIEW,
    outcomes,
)
from tests.support.drawing_places import COUNT_DAYS, assessments, capacities, facilities
from tests.support.drawing_surroundings import (
    ESTIMATED,
    EVENT_IDS,
    UNKNOWN_EVENT,
    estimates,
    training_events,
    training_participants,
)
from tests.support.oracle import RecordMessage
from tests.support.population import COUNTRY, content, received, retraction, revised

AS_OF = [date(2025, 5, 15), date(2025, 12, 31), date(2026, 2, 10), date(2026, 9, 30)]
RECEIPTS = [
    datetime(2025, 2, 28, 23, 59, 59, tzinfo=UTC),
    datetime(2025, 3, 1, 0, 0, 1, tzinfo=UTC),
    datetime(2025, 12, 31, 12, 0, tzinfo=UTC),
    datetime(2026, 9, 30, 8, 0, tzinfo=UTC),
]
DATES = (
    "valid_from",
    "valid_to",
    "as_of_date",
    "assessment_date",
    "admission_date",
    "event_date",
    "end_date",
    "follow_up_date",
)
MOSTLY_LEFT = [[DISCHARGE]] * 4 + [[]]
WHAT_ELSE = [REVIEW] * 3 + [DISCHARGE, FOLLOW_UP, OVERDOSE, DEATH, DEATH]


@dataclass(frozen=True, slots=True)
class Population:
    """Every version of every record of a country in the order of its arrival."""

    arrivals: tuple[RecordMessage, ...] = field(repr=False)

    def told(self) -> str:
        """The arrivals, a line each."""
        return "\n".join(
            text_format.MessageToString(each, as_one_line=True) for each in self.arrivals
        )


@st.composite
def _told(draw: st.DrawFn, record: st.SearchStrategy[RecordMessage]) -> list[RecordMessage]:
    """The revisions of one record: usually one, else corrected, retracted, or told in conflict."""
    story = draw(st.sampled_from(["once"] * 12 + ["corrected", "retracted", "revived", "conflict"]))
    first = draw(record)
    if story == "once":
        return [first]
    if story == "retracted":
        return [first, retraction(first, 2)]
    again = draw(record)
    if story == "corrected":
        return [first, revised(again, 2)]
    if story == "revived":
        return [first, retraction(first, 2), revised(again, 3)]
    return [first, revised(again, 1)]


@st.composite
def _episodes(draw: st.DrawFn) -> list[RecordMessage]:
    told: list[RecordMessage] = []
    for slot in draw(slots()):
        versions = draw(_told(admissions(slot)))
        told += versions
        of = versions[-1] if versions[-1].WhichOneof("content") == "record" else versions[0]
        left = draw(st.sampled_from(MOSTLY_LEFT))
        kinds = [*left, *draw(st.lists(st.sampled_from(WHAT_ELSE), max_size=2))]
        if of.record.recovery_cohort:
            kinds += draw(st.sampled_from([[FOLLOW_UP], [FOLLOW_UP] * 3]))
        for number, kind in enumerate(kinds):
            name = f"{slot.episode_id}-O{number}"
            told += draw(_told(outcomes(of, slot, name, kind)))
    return told


@st.composite
def _places(draw: st.DrawFn) -> list[RecordMessage]:
    told: list[RecordMessage] = []
    for facility_id in FACILITY_IDS[: draw(st.sampled_from([3, 2, 1, 0]))]:
        for valid_from in draw(
            st.sampled_from([["2020-01-01"], ["2025-04-01"], ["2020-01-01", "2025-04-01"]])
        ):
            told += draw(_told(facilities(facility_id, valid_from)))
    for facility_id, day in draw(
        st.lists(
            st.tuples(
                st.sampled_from(FACILITY_IDS),
                st.sampled_from(COUNT_DAYS),
            ),
            max_size=3,
            unique=True,
        )
    ):
        told += draw(_told(capacities(facility_id, day)))
    for number in range(draw(st.integers(0, 3))):
        told += draw(_told(assessments(f"Q{number}")))
    return told


@st.composite
def _surroundings(draw: st.DrawFn, country: str) -> list[RecordMessage]:
    told: list[RecordMessage] = []
    for year in draw(st.sampled_from([(), (2025,), (2025,), (2024, 2025)])):
        for kind, stratum in ESTIMATED:
            if draw(st.sampled_from([True, True, True, False])):
                told += draw(_told(estimates(country, kind, year, stratum)))
    for event_id in EVENT_IDS[: draw(st.integers(0, 3))]:
        told += draw(_told(training_events(country, event_id)))
    attending = st.tuples(
        st.sampled_from(["t1", "t2", "t3"]), st.sampled_from([*EVENT_IDS, UNKNOWN_EVENT])
    )
    for name, event_id in draw(st.lists(attending, max_size=6, unique=True)):
        told += draw(_told(training_participants(country, name, event_id)))
    return told


@st.composite
def populations(draw: st.DrawFn, country: str = COUNTRY) -> Population:
    """A population of one country as it arrives: shuffled, corrected, some of it twice."""
    told = draw(_places()) + draw(_episodes()) + draw(_surroundings(country))
    twice = draw(st.lists(st.sampled_from(told), max_size=3)) if told else []
    arrivals = draw(st.permutations(told + twice))
    return Population(
        arrivals=tuple(
            _arrived(each, country, draw(st.sampled_from(RECEIPTS))) for each in arrivals
        )
    )


def _arrived(record: RecordMessage, country: str, wanted: datetime) -> RecordMessage:
    """Received at the wanted hour, or on the day after the last date it tells, if that is later."""
    said = content(record)
    told = [
        date.fromisoformat(day)
        for name in DATES
        if name in said.DESCRIPTOR.fields_by_name and (day := getattr(said, name))
    ]
    soonest = datetime.combine(max(told, default=ANCHORS[0]), time(1), UTC)
    at = max(wanted, soonest + timedelta(days=1))
    arrived = received(record, country, at)
    arrived.envelope.submitted_at.FromDatetime(at)
    return arrived
