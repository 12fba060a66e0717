"""Drawn outcomes: when after an admission, and every answer that some indicator asks for."""

from datetime import date, timedelta

from hypothesis import strategies as st

from tests.support.drawing_admissions import INTERVENTIONS, PRECISIONS, SOON, Slot, clip
from tests.support.drawing_measures import barc10, top, whoqol
from tests.support.population import outcome
from treatment.admissions.v1 import admission_pb2
from treatment.outcomes.v1 import outcome_pb2

REVIEW, DISCHARGE, FOLLOW_UP, OVERDOSE, DEATH = 1, 2, 3, 4, 5
YES, NO = 1, 2
REASONS = [12] * 3 + [11] * 2 + [13, 14, 15, 21, 22, 31, 42, 50, 60, 83, 88, 99]
TRANSFERS = [21] * 8 + [22] * 8
ANSWERS = [1, 2, 2, 2, 97, 98, 99]
NOT_USED_LAST_30_DAYS = 5

DURING = [-3, 0, 1, 27, 28, 29, 60, 179, 180, 181, 400]
"""Days after the admission on which something happens that is not the end."""
AFTER_DEATH = [-29, -1, 0, 0, 1, 27, 28, 29, 120, 121]
"""Days after the end of an episode on which its person dies."""
WAVES = {3: (60, 120), 6: (150, 225), 12: (320, 425), 24: (670, 790)}
"""Wave to the first and the last day of its window after the discharge."""
STATUSES = [1, 1, 1, 1, 1, 2, 2, 2, 3, 6, 8, 9]
REACHED = frozenset({1, 2, 8})


@st.composite
def outcomes(
    draw: st.DrawFn, of: admission_pb2.AdmissionRecord, slot: Slot, outcome_id: str, kind: int
) -> outcome_pb2.OutcomeRecord:
    wave = draw(st.sampled_from([3, 3, 3, 6, 12, 24])) if kind == FOLLOW_UP else 0
    drawn = outcome(
        of,
        kind,
        draw(_days(of, slot, kind, wave)).isoformat(),
        outcome_id=outcome_id,
        person=draw(st.sampled_from([None] * 9 + ["p2"])),
        precision=draw(st.sampled_from(PRECISIONS)),
        reason=draw(st.sampled_from(REASONS + (TRANSFERS if slot.gap in SOON else []))),
        setting=draw(st.sampled_from([0, 0, 3, 9])) if kind == DISCHARGE else 0,
        interventions=draw(st.sampled_from(INTERVENTIONS)),
        on_oat=draw(st.sampled_from([1, 2, 99])),
    )
    said = drawn.record
    if kind == FOLLOW_UP:
        draw(_follow_up(said, wave))
    if kind in (REVIEW, DISCHARGE):
        said.naloxone_given = draw(st.sampled_from([0, 0, 1, 2, 99]))
    if said.frequency_at_event:
        draw(_answers(said))
    if kind == DEATH:
        said.death_cause = draw(st.sampled_from([1, 1, 1, 2, 8, 99]))
    return drawn


@st.composite
def _days(
    draw: st.DrawFn, of: admission_pb2.AdmissionRecord, slot: Slot, kind: int, wave: int
) -> date:
    if kind == FOLLOW_UP:
        first, last = WAVES[wave]
        middle = (first + last) // 2
        after = [slot.days + day for day in (first - 1, first, middle, middle, last, last + 1)]
    elif kind == DEATH:
        after = [slot.days + day for day in AFTER_DEATH]
    elif kind == DISCHARGE:
        after = [slot.days] * 12 + DURING[:2]
    else:
        after = [slot.days // 2] * 6 + [slot.days] * 3 + DURING
    start = date.fromisoformat(of.record.admission_date)
    return clip(start + timedelta(days=draw(st.sampled_from(after))))


@st.composite
def _follow_up(draw: st.DrawFn, said: outcome_pb2.Outcome, wave: int) -> None:
    said.follow_up_wave = wave
    said.follow_up_status = draw(st.sampled_from(STATUSES))
    if said.follow_up_status not in REACHED:
        for name in (
            "follow_up_mode",
            "frequency_at_event",
            "any_use_of_primary_last_28d",
            "injecting_last_28d",
            "labour_at_event",
            "housing_at_event",
            "on_oat_at_event",
        ):
            said.ClearField(name)


@st.composite
def _answers(draw: st.DrawFn, said: outcome_pb2.Outcome) -> None:
    said.any_use_of_primary_last_28d = draw(st.sampled_from(ANSWERS))
    if said.any_use_of_primary_last_28d == NO:
        said.frequency_at_event = NOT_USED_LAST_30_DAYS
    said.injecting_last_28d = draw(st.sampled_from(ANSWERS))
    said.labour_at_event = draw(st.sampled_from([1, 2, 3, 4, 6, 99]))
    said.housing_at_event = draw(st.sampled_from([1, 1, 21, 22, 3, 4, 99]))
    overdoses = draw(st.sampled_from([None, 0, 1, 3]))
    if said.kind != DISCHARGE and overdoses is not None:
        said.overdoses_since_last_contact = overdoses
    if (days := draw(top())) is not None:
        said.top.CopyFrom(days)
    if (capital := draw(barc10())) is not None:
        said.barc10.CopyFrom(capital)
    if (quality := draw(whoqol())) is not None:
        said.whoqol.CopyFrom(quality)
