"""Hypothesis strategies for small populations that crowd the edges of the definitions.

Everything drawn is valid: an ingest service would accept each record. Identifiers come from tiny
pools and days from tiny sets of gaps, so that ties, overlaps, gaps of exactly 21 and 180 days and
period ends happen all the time.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from google.protobuf import text_format
from hypothesis import strategies as st

from tests.support.oracle import RecordMessage
from tests.support.population import (
    COUNTRY,
    admission,
    assessment,
    capacity,
    content,
    facility,
    outcome,
    received,
    retraction,
    revised,
)
from treatment.admissions.v1 import admission_pb2

ANCHORS = [
    date(2024, 4, 30),
    date(2024, 7, 5),
    date(2024, 12, 31),
    date(2025, 1, 1),
    date(2025, 3, 31),
    date(2025, 6, 15),
    date(2025, 9, 30),
]
GAPS = [-40, -1, 0, 1, 7, 20, 21, 22, 90, 179, 180, 181, 182, 183]
LENGTHS = [0, 1, 6, 27, 83, 84, 90, 181]
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
LAST_DAY = date(2026, 9, 30)

FACILITY_IDS = ["F1", "F2", "F3"]
UNREGISTERED = "F9"
SETTINGS = [3, 3, 3, 4, 5, 7, 8, 9, 1, 99]
INTERVENTIONS = [(8,), (8,), (3,), (3, 8), (21,), (4, 27), (28, 25), (20, 18)]
SUBSTANCES = [11, 11, 14, 21, 32, 42, 60, 71, 90, 99]
REFERRALS = [11, 11, 30, 71, 79, 88, 99]
REASONS = [12, 12, 12, 11, 11, 11, 12, 13, 14, 15, 21, 31, 42, 50, 60, 83, 88, 99]
PRECISIONS = [1] * 12 + [4, 4, 2, 3]
SEXES = [1, 1, 2, 2, 3, 99]
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


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where in a person's life an episode lies, before anyone makes a mistake about it."""

    episode_id: str
    person: str
    birth_year: int
    start: date
    days: int


def _clip(day: date) -> date:
    return min(day, LAST_DAY)


@st.composite
def _slots(draw: st.DrawFn) -> list[_Slot]:
    slots: list[_Slot] = []
    for person in ["p1", "p2", "p3", "p4"][: draw(st.integers(1, 4))]:
        birth_year = draw(st.sampled_from([1958, 1975, 1990, 2001, 2007, 2011]))
        day = draw(st.sampled_from(ANCHORS))
        for _ in range(draw(st.integers(1, 4))):
            days = draw(st.sampled_from(LENGTHS))
            slots.append(_Slot(f"E{len(slots)}", person, birth_year, _clip(day), days))
            day += timedelta(days=days + draw(st.sampled_from(GAPS)))
    return slots


@st.composite
def _admissions(draw: st.DrawFn, slot: _Slot) -> admission_pb2.AdmissionRecord:
    start = _clip(slot.start + timedelta(days=draw(st.sampled_from([0, 0, 0, 0, -1, 1, 31]))))
    waited = draw(st.sampled_from([None, 0, 3, 21, 22, 400]))
    client_type = draw(st.sampled_from([1] * 9 + [2]))
    own_use = client_type == 1
    drawn = admission(
        draw(st.sampled_from([slot.person] * 9 + ["p1"])),
        start.isoformat(),
        episode_id=slot.episode_id,
        facility_id=draw(st.sampled_from([*FACILITY_IDS, *FACILITY_IDS, UNREGISTERED])),
        precision=draw(st.sampled_from(PRECISIONS)),
        setting=draw(st.sampled_from(SETTINGS)),
        service=draw(st.sampled_from([0, 1, 7, 99])),
        interventions=draw(st.sampled_from(INTERVENTIONS)),
        client_type=client_type,
        birth_year=slot.birth_year - draw(st.sampled_from([0, 0, 0, 1])),
        birth_month=draw(st.sampled_from([None, 1, 6, 7, 12])),
        sex=draw(st.sampled_from(SEXES)),
        referral=draw(st.sampled_from(REFERRALS)) if own_use else 11,
        status=draw(st.sampled_from([1, 1, 2, 99])),
        substance=draw(st.sampled_from(SUBSTANCES)),
        kind=draw(st.sampled_from([1, 1, 2, 99])),
        linkage=draw(st.sampled_from([1, 2, 3, 5])),
        request_date=None if waited is None else (start - timedelta(days=waited)).isoformat(),
        education=draw(st.sampled_from([3, 99])),
    )
    other = draw(st.sampled_from([None, None, 11, 31, 80, 81]))
    if own_use and other not in (None, drawn.record.primary_substance):
        drawn.record.other_substances.add(substance=other)
        drawn.record.oat_status = drawn.record.oat_status or 99
    return drawn


@st.composite
def _outcomes(
    draw: st.DrawFn, of: admission_pb2.AdmissionRecord, slot: _Slot, outcome_id: str, kind: int
) -> RecordMessage:
    start = date.fromisoformat(of.record.admission_date)
    offsets = [slot.days] * 12 + [-3, 0, 1, 60, 179, 180, 181, 400]
    day = _clip(start + timedelta(days=draw(st.sampled_from(offsets))))
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
def _facilities(draw: st.DrawFn, facility_id: str, valid_from: str) -> RecordMessage:
    first = draw(st.sampled_from([3, 4, 5, 7, 9]))
    second = draw(st.sampled_from([(), (), (3,), (9,), (6,)]))
    return facility(
        facility_id,
        valid_from,
        draw(st.sampled_from([None, None, "2025-05-31", "2025-12-31"])),
        status=draw(st.sampled_from([1, 1, 1, 1, 2, 4])),
        admin1=draw(st.sampled_from(["KE-28", "KE-30"])),
        ownership=draw(st.sampled_from([1, 3, 99])),
        settings=list(dict.fromkeys((first, *second))),
    )


@st.composite
def _capacities(draw: st.DrawFn, facility_id: str, day: str) -> RecordMessage:
    beds = draw(st.sampled_from([None, 0, 10, 12]))
    occupied = None if beds is None else draw(st.sampled_from([0, beds // 2, beds]))
    return capacity(facility_id, day, beds, occupied)


@st.composite
def _assessments(draw: st.DrawFn, assessment_id: str) -> RecordMessage:
    rating = st.tuples(st.sampled_from(["S1", "S2"]), st.sampled_from([1, 2, 3, 3, 98, 99]))
    return assessment(
        assessment_id,
        draw(st.sampled_from(FACILITY_IDS)),
        draw(st.sampled_from(["2024-11-30", "2025-03-31", "2025-04-01", "2025-11-30"])),
        draw(st.lists(rating, min_size=1, max_size=4)),
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
    for slot in draw(_slots()):
        versions = draw(_told(_admissions(slot)))
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
            told += draw(_told(_facilities(facility_id, valid_from)))
    for facility_id, day in draw(
        st.lists(
            st.tuples(
                st.sampled_from(FACILITY_IDS),
                st.sampled_from(["2024-12-31", "2025-03-31", "2025-06-30", "2025-12-31"]),
            ),
            max_size=3,
            unique=True,
        )
    ):
        told += draw(_told(_capacities(facility_id, day)))
    for number in range(draw(st.integers(0, 3))):
        told += draw(_told(_assessments(f"Q{number}")))
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
