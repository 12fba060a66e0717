"""Drawn estimates of populations, and drawn trainings with their participants."""

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.support.population import estimate, training_event, training_participant
from treatment.estimates.v1 import reference_estimate_pb2
from treatment.trainings.v1 import training_event_pb2, training_participant_pb2

DRUG_USE_DISORDERS, INJECTORS, OPIOID_DEPENDENT, POPULATION = 1, 2, 3, 4
OPIOID_DEPENDENT_INJECTORS = 6
ESTIMATED: list[tuple[int, Mapping[str, object]]] = [
    (DRUG_USE_DISORDERS, {}),
    (DRUG_USE_DISORDERS, {"sex": 1}),
    (DRUG_USE_DISORDERS, {"sex": 2}),
    (DRUG_USE_DISORDERS, {"substance_group": 10}),
    (DRUG_USE_DISORDERS, {"substance_group": 30}),
    (DRUG_USE_DISORDERS, {"substance_group": 80}),
    (DRUG_USE_DISORDERS, {"sex": 1, "substance_group": 10}),
    (DRUG_USE_DISORDERS, {"sex": 2, "substance_group": 10}),
    (DRUG_USE_DISORDERS, {"admin1": "KE-28"}),
    (DRUG_USE_DISORDERS, {"age_lo": 15, "age_hi": 64}),
    (OPIOID_DEPENDENT_INJECTORS, {}),
    (OPIOID_DEPENDENT_INJECTORS, {"sex": 1}),
    (OPIOID_DEPENDENT_INJECTORS, {"age_hi": 24}),
    (OPIOID_DEPENDENT_INJECTORS, {"age_lo": 25}),
    (OPIOID_DEPENDENT_INJECTORS, {"admin1": "KE-30"}),
    (OPIOID_DEPENDENT, {}),
    (OPIOID_DEPENDENT, {"age_lo": 15, "age_hi": 24}),
    (OPIOID_DEPENDENT, {"age_lo": 25, "age_hi": 64}),
    (OPIOID_DEPENDENT, {"age_lo": 25, "age_hi": 63}),
    (POPULATION, {"age_lo": 15, "age_hi": 64}),
    (POPULATION, {"age_lo": 15, "age_hi": 64, "admin1": "KE-30"}),
    (POPULATION, {}),
    (INJECTORS, {}),
]
"""Kind and stratum; of some of them no indicator knows anything."""
SIZES = [(3.0, 0.0, 5.0), (0.0, None, None), (250.5, 100.0, None), (1000.0, None, 1500.0)]
SIZES += [(7.0, 6.0, 8.0), (40.0, None, None)]
"""(value, lower95, upper95)."""
EVENT_IDS, UNKNOWN_EVENT = ["T1", "T2", "T3"], "T9"
LAST_DAYS = ["2024-12-31", "2025-01-01", "2025-03-31", "2025-12-30"]
SCORES = [None, 0.0, 40.0, 62.5, 33.33, 100.0]
NEIGHBOUR = "UGA"


@st.composite
def estimates(
    draw: st.DrawFn, country: str, kind: int, year: int, stratum: Mapping[str, object]
) -> reference_estimate_pb2.ReferenceEstimateRecord:
    value, lower, upper = draw(st.sampled_from(SIZES))
    return estimate(kind, year, value, lower, upper, country=country, **stratum)


@st.composite
def training_events(
    draw: st.DrawFn, country: str, event_id: str
) -> training_event_pb2.TrainingEventRecord:
    last = draw(st.sampled_from(LAST_DAYS))
    first = date.fromisoformat(last) - timedelta(days=draw(st.sampled_from([0, 4])))
    return training_event(
        event_id,
        first.isoformat(),
        last,
        kind=draw(st.sampled_from([1, 1, 4, 88])),
        country_held=draw(st.sampled_from([country, country, NEIGHBOUR])),
        action_plan=draw(st.sampled_from([1, 1, 2, 99])),
    )


@st.composite
def training_participants(
    draw: st.DrawFn, country: str, name: str, event_id: str
) -> training_participant_pb2.TrainingParticipantRecord:
    follow_up = draw(st.sampled_from([0, 1, 1, 2, 3, 4]))
    was_interviewed = follow_up in (1, 2)
    return training_participant(
        name,
        event_id,
        sex=draw(st.sampled_from([1, 2, 2, 3, 99])),
        sector=draw(st.sampled_from([1, 2, 99])),
        institution_id=draw(st.sampled_from(["I1", "I2", "I3"])),
        country=draw(st.sampled_from([country, country, NEIGHBOUR])),
        completed=draw(st.sampled_from([True, True, False])),
        pre=draw(st.sampled_from(SCORES)),
        post=draw(st.sampled_from(SCORES)),
        follow_up=follow_up,
        follow_up_date="2026-03-31" if was_interviewed else None,
        perception_changed=draw(st.sampled_from([1, 1, 2, 98, 99])) if was_interviewed else 0,
    )
