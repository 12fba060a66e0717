"""Drawn facilities, what they offer, their capacities and how they were assessed."""

from collections.abc import Sequence

from hypothesis import strategies as st

from tests.support.drawing_admissions import FACILITY_IDS
from tests.support.population import assessment, capacity, facility
from treatment.facilities.v1 import facility_capacity_pb2, facility_pb2, qa_assessment_pb2

ADMIN1_CODES = ["KE-28", "KE-30"]
COUNT_DAYS = ["2024-12-31", "2025-03-31", "2025-06-30", "2025-12-31"]
ASSESSMENT_DAYS = ["2023-12-31", "2024-01-01", "2024-02-29", "2024-11-30"]
ASSESSMENT_DAYS += ["2025-03-31", "2025-04-01", "2025-11-30"]
"""Some of them 24 months before the end of a month, or the day after."""


@st.composite
def facilities(draw: st.DrawFn, facility_id: str, valid_from: str) -> facility_pb2.FacilityRecord:
    first = draw(st.sampled_from([3, 4, 5, 7, 9]))
    second: Sequence[int] = draw(st.sampled_from([(), (), (3,), (9,), (6,)]))
    drawn = facility(
        facility_id,
        valid_from,
        draw(st.sampled_from([None, None, "2025-05-31", "2025-12-31"])),
        status=draw(st.sampled_from([1, 1, 1, 1, 2, 4])),
        admin1=draw(st.sampled_from(ADMIN1_CODES)),
        ownership=draw(st.sampled_from([1, 3, 99])),
        settings=list(dict.fromkeys((first, *second))),
    )
    said = drawn.record
    answers = st.sampled_from([1, 1, 2, 2, 99])
    said.women_specific_programme = draw(answers)
    said.youth_programme = draw(answers)
    said.hiv_services_onsite = draw(answers)
    said.reports_to_system = draw(st.sampled_from([1, 1, 1, 2, 99]))
    said.interventions[:] = draw(st.sampled_from([(8,), (5, 8), (27,)]))
    return drawn


@st.composite
def capacities(
    draw: st.DrawFn, facility_id: str, day: str
) -> facility_capacity_pb2.FacilityCapacityRecord:
    beds = draw(st.sampled_from([None, 0, 10, 12]))
    occupied = None if beds is None else draw(st.sampled_from([0, beds // 2, beds]))
    drawn = capacity(facility_id, day, beds, occupied)
    slots = draw(st.sampled_from([None, 0, 30]))
    if slots is not None:
        drawn.record.outpatient_slots = slots
    return drawn


@st.composite
def assessments(draw: st.DrawFn, assessment_id: str) -> qa_assessment_pb2.QaAssessmentRecord:
    rating = st.tuples(st.sampled_from(["S1", "S2"]), st.sampled_from([1, 2, 3, 3, 98, 99]))
    drawn = assessment(
        assessment_id,
        draw(st.sampled_from(FACILITY_IDS)),
        draw(st.sampled_from(ASSESSMENT_DAYS)),
        draw(st.lists(rating, min_size=1, max_size=4)),
    )
    drawn.record.assessor_kind = draw(st.sampled_from([1, 2, 3, 4, 99]))
    return drawn
