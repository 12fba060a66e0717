"""Drawn admissions: when in a person's life, and every answer that some indicator asks for."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.support.drawing_measures import barc10, top, whoqol
from tests.support.population import admission
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
GAPS = [-40, -1, 0, 0, 1, 7, 20, 21, 21, 22, 28, 29, 90, 179, 180, 181, 182, 183]
SOON = range(23)
"""Gaps that come after a transfer or a release more often than others."""
LENGTHS = [0, 1, 6, 27, 83, 84, 90, 181, 182, 364, 365]
LAST_DAY = date(2026, 9, 30)

FACILITY_IDS = ["F1", "F2", "F3"]
UNREGISTERED = "F9"
SETTINGS = [3, 3, 3, 3, 4, 5, 7, 7, 8, 9, 1, 99]
INTERVENTIONS = [(8,), (8,), (3,), (3,), (3, 8), (8, 5), (21,), (4, 27), (28, 25), (20, 18)]
SUBSTANCES = [11, 11, 11, 11, 11, 14, 21, 22, 31, 32, 42, 60, 71, 80, 81, 90, 99]
NO_SUBSTANCE, ASSESSMENT_ONLY = 96, 28
REFERRALS = [11, 11, 30, 71, 79, 88, 99]
PRECISIONS = [1] * 12 + [4, 4, 2, 3]
USUAL_SEX = {"p1": 2, "p2": 1, "p3": 2, "p4": 1}
SEXES = [1, 2, 3, 99]
MALE, PRISON, INJECTED = 1, 7, 1
BIRTH_YEARS = [1958, 1975, 1990, 2000, 2007, 2011]
WAITS = [None, 0, 3, 20, 21, 22, 400]

USES = [(3, 1, 1), (3, 5, 21), (21, 2, 2), (4, 1, 22), (1, 1, 23), (1, 5, 22), (1, 99, 99)]
USES += [(99, 99, 97), (22, 4, 23), (5, 3, 1)]
"""(primary_route, primary_frequency, injecting) that go together (R047)."""
UNLIKELY = {1: {60, 71, 80, 81}, 21: {80}, 22: {80}, 3: {22, 60}, 4: {22, 80}}
"""Route to the drawn substances that nobody takes in this way (R048)."""
ALTERNATIVES = [(5, 5), (1, 1), (4, 88), (6, 98), (99, 99), (98, 98)]
"""(ati_stage, ati_measure) of those whom the justice system refers (R051, R052)."""
HIV = [(1, 0, 0), (22, 1, 0), (22, 2, 1), (21, 2, 2), (22, 2, 1), (2, 2, 99), (22, 2, 98)]
HIV += [(97, 98, 98), (99, 0, 0)]
"""(hiv_test, hiv_result, on_art) that go together (R057)."""
HCV = [(1, 0, 0), (22, 1, 0), (22, 3, 1), (21, 3, 98), (2, 4, 0), (97, 0, 0), (99, 98, 0)]
"""(hcv_test, hcv_result, hcv_treatment) that go together (R057)."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where in a person's life an episode lies, before anyone makes a mistake about it."""

    episode_id: str
    person: str
    birth_year: int
    start: date
    days: int
    gap: int
    """Days to the person's next episode, if there is one."""


def clip(day: date) -> date:
    return min(day, LAST_DAY)


@st.composite
def slots(draw: st.DrawFn) -> list[Slot]:
    drawn: list[Slot] = []
    for person in list(USUAL_SEX)[: draw(st.sampled_from([2, 3, 4, 1]))]:
        birth_year = draw(st.sampled_from(BIRTH_YEARS))
        day = draw(st.sampled_from(ANCHORS))
        for _ in range(draw(st.integers(1, 4))):
            days, gap = draw(st.sampled_from(LENGTHS)), draw(st.sampled_from(GAPS))
            drawn.append(Slot(f"E{len(drawn)}", person, birth_year, clip(day), days, gap))
            day += timedelta(days=days + gap)
    return drawn


@st.composite
def admissions(draw: st.DrawFn, slot: Slot) -> admission_pb2.AdmissionRecord:
    start = clip(slot.start + timedelta(days=draw(st.sampled_from([0, 0, 0, 0, -1, 1, 31]))))
    waited = draw(st.sampled_from(WAITS))
    client_type = draw(st.sampled_from([1] * 9 + [2]))
    own_use = client_type == 1
    interventions = draw(st.sampled_from(INTERVENTIONS))
    nothing_used = [NO_SUBSTANCE] * 9 if interventions[0] == ASSESSMENT_ONLY else []
    drawn = admission(
        draw(st.sampled_from([slot.person] * 9 + ["p1"])),
        start.isoformat(),
        episode_id=slot.episode_id,
        facility_id=draw(st.sampled_from([*FACILITY_IDS, *FACILITY_IDS, UNREGISTERED])),
        precision=draw(st.sampled_from(PRECISIONS)),
        setting=draw(st.sampled_from(SETTINGS + ([PRISON] * 6 if slot.gap in SOON else []))),
        service=draw(st.sampled_from([0, 1, 7, 99])),
        interventions=interventions,
        client_type=client_type,
        birth_year=slot.birth_year - draw(st.sampled_from([0, 0, 0, 1])),
        birth_month=draw(st.sampled_from([None, 1, 6, 7, 12])),
        sex=draw(st.sampled_from([USUAL_SEX[slot.person]] * 6 + SEXES)),
        referral=draw(st.sampled_from(REFERRALS)) if own_use else 11,
        status=draw(st.sampled_from([1, 1, 2, 99])),
        substance=draw(st.sampled_from(SUBSTANCES + nothing_used)),
        kind=draw(st.sampled_from([1, 1, 2, 99])),
        linkage=draw(st.sampled_from([1, 2, 3, 5])),
        request_date=None if waited is None else (start - timedelta(days=waited)).isoformat(),
        education=draw(st.sampled_from([3, 99])),
    )
    draw(_circumstances(drawn.record))
    if own_use:
        draw(_use(drawn.record))
        draw(_health(drawn.record))
        draw(_baseline(drawn.record))
    return drawn


@st.composite
def _circumstances(draw: st.DrawFn, said: admission_pb2.Admission) -> None:
    said.voluntariness = draw(st.sampled_from([1, 1, 2, 3, 99]))
    if said.setting != PRISON:
        said.housing = draw(st.sampled_from([1, 1, 21, 22, 3, 4, 99]))
    if said.ati_stage:
        said.ati_stage, said.ati_measure = draw(st.sampled_from(ALTERNATIVES))
    if said.sex != MALE:
        said.pregnancy = draw(st.sampled_from([1, 2, 2, 3, 98, 99]))


@st.composite
def _use(draw: st.DrawFn, said: admission_pb2.Admission) -> None:
    likely = [use for use in USES if said.primary_substance not in UNLIKELY.get(use[0], ())]
    said.primary_route, said.primary_frequency, said.injecting = draw(st.sampled_from(likely))
    began = draw(st.sampled_from([None, 5, 15, 120]))
    said.ClearField("primary_age_first_use")
    if began is not None:
        said.primary_age_first_use = min(began, said.age_at_admission)
    other = draw(st.sampled_from([None, None, 11, 30, 80, 81]))
    if other not in (None, said.primary_substance):
        said.other_substances.add(substance=other)
        said.oat_status = said.oat_status or 99


@st.composite
def _health(draw: st.DrawFn, said: admission_pb2.Admission) -> None:
    said.hiv_test, said.hiv_result, said.on_art = draw(st.sampled_from(HIV))
    said.hcv_test, said.hcv_result, said.hcv_treatment = draw(st.sampled_from(HCV))
    said.comorbidity = draw(st.sampled_from([1, 2, 3, 4, 99]))
    said.take_home_naloxone = draw(st.sampled_from([0, 0, 1, 2, 99]))


@st.composite
def _baseline(draw: st.DrawFn, said: admission_pb2.Admission) -> None:
    followed_up = draw(st.sampled_from([True, True, False, None]))
    if followed_up is not None:
        said.recovery_cohort = followed_up
    if (days := draw(top())) is not None:
        said.baseline_top.CopyFrom(days)
    if (capital := draw(barc10())) is not None:
        said.baseline_barc10.CopyFrom(capital)
    if (quality := draw(whoqol())) is not None:
        said.baseline_whoqol.CopyFrom(quality)
