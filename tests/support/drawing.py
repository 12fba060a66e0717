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
    INTERVENTIONS,
    PRECISIONS,
    Slot,
    admissions,
    clip,
    slots,
)
from tests.support.drawing_places import COUNT_DAYS, assessments, capacities, facilities
from tests.support.oracle import RecordMessage
from tests.support.population import COUNTRY, content, outcome, received, retraction, revised
from treatment.admissions.v1 import admission_pb2

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
)
REASONS = [12, 12, 12, 11, 11, 11, 12, 13, 14, 15, 21, 31, 42, 50, 60, 83, 88, 99]
REVIEW, DISCHARGE, FOLLOW_UP, OVERDOSE, DEATH = 1, 2, 3, 4, 5


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
def _outcomes(
    draw: st.DrawFn, of: admission_pb2.AdmissionRecord, slot: Slot, outcome_id: str, kind: int
) -> RecordMessage:
    start = date.fromisoformat(of.record.admission_date)
    offsets = [slot.days] * 12 + [-3, 0, 1, 60, 179, 180, 181, 400]
    day = clip(start + timedelta(days=draw(st.sampled_from(offsets))))
    return outcome(
        of,
        kind,
        day.isoformat(),
        outcome_id=outcome_id,
        person=draw(st.sampled_from([None] * 9 + ["p2"])),
        precision=draw(st.sampled_from(PRECISIONS)),
        reason=draw(st.sampled_from(REASONS)),
        setting=draw(st.sampled_from([0, 0, 3, 9])) if kind == DISCHARGE else 0,
        interventions=draw(st.sampled_from(INTERVENTIONS)),
        on_oat=draw(st.sampled_from([1, 2, 99])),
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
        left = draw(st.sampled_from([[DISCHARGE]] * 4 + [[]]))
        others = st.sampled_from([REVIEW, REVIEW, DISCHARGE, FOLLOW_UP, OVERDOSE, DEATH])
        kinds = [*left, *draw(st.lists(others, max_size=2))]
        for number, kind in enumerate(kinds):
            name = f"{slot.episode_id}-O{number}"
            told += draw(_told(_outcomes(of, slot, name, kind)))
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
def populations(draw: st.DrawFn, country: str = COUNTRY) -> Population:
    """A population of one country as it arrives: shuffled, corrected, some of it twice."""
    told = draw(_places()) + draw(_episodes())
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
