"""The reference of H and I, and of the scales of interviews, worked out by hand."""

from datetime import date
from fractions import Fraction

import pytest

from tests.support.by_hand import NONE_AVAILABLE, answering, cell, count, days_after, share, stay
from tests.support.oracle import CellValue, RecordMessage
from tests.support.oracle.scales import Measures, measures_of
from tests.support.population import admission, discharge, outcome
from treatment.admissions.v1 import admission_pb2
from treatment.common.v1.measures_pb2 import Barc10, TopMeasures, WhoqolBref
from treatment.outcomes.v1 import outcome_pb2

NOT_YET = CellValue(None, None, None, "NOT_MATURED")
LEFT = "2025-01-31"
REVIEW, FOLLOW_UP, DEATH = 1, 3, 5
YES, NO, UNKNOWN = 1, 2, 99
OVERDOSE, LIVER = 1, 4
METHADONE = 3
M3 = ("wave", "wave=M3")


def mean(total: float, n: int) -> CellValue:
    return CellValue(pytest.approx(total / n), pytest.approx(total), n, "OK")


def rate(deaths: int, of: float) -> CellValue:
    return CellValue(pytest.approx(1000 * deaths / of), deaths, pytest.approx(of), "OK")


def cohort(
    person: str, start: str = "2025-01-01", **said: int
) -> tuple[admission_pb2.AdmissionRecord, outcome_pb2.OutcomeRecord]:
    """A stay of 30 days of somebody who is to be followed up."""
    came, left = stay(person, start, 30, 12, **said)
    return answering(came, recovery_cohort=True), left


def interview(
    of: admission_pb2.AdmissionRecord, days: int = 90, wave: int = 3, **answers: int
) -> outcome_pb2.OutcomeRecord:
    """So many days after a stay of 30 days."""
    day = days_after(of.record.admission_date, 30 + days)
    return answering(outcome(of, FOLLOW_UP, day), follow_up_wave=wave, **answers)


WINDOWS = [(3, 60, 120), (6, 150, 225), (12, 320, 425), (24, 670, 790)]


@pytest.mark.parametrize(("wave", "first", "last"), WINDOWS)
def test_an_interview_counts_inside_the_window_of_its_wave(
    wave: int, first: int, last: int
) -> None:
    came, left = cohort("p", "2024-01-01")
    due = days_after("2024-01-31", last)[:7]
    for days, counted in ((first - 1, 0), (first, 1), (last, 1), (last + 1, 0)):
        records = [came, left, interview(came, days, wave)]
        found = cell(records, "H01", "wave", f"wave=M{wave}", name=due)
        assert found == share(counted, 1)
        other = cell(records, "H01", "sex,wave", f"sex=MALE|wave=M{wave}", name=due[:4])
        assert other == share(counted, 1)
        assert cell(records, "H01", name=due) is None


@pytest.mark.parametrize(("status", "reached"), [(1, 1), (2, 1), (3, 0), (8, 0), (9, 0)])
def test_an_interview_is_full_or_partial(status: int, reached: int) -> None:
    came, left = cohort("p")
    told = interview(came, follow_up_status=status)
    assert cell([came, left, told], "H01", *M3) == share(reached, 1)


def test_only_the_cohort_is_followed_up_and_only_after_a_discharge() -> None:
    open_one = answering(admission("q", "2025-01-01"), recovery_cohort=True)
    records = [*stay("p", "2025-01-01", 30, 12), open_one, interview(open_one)]
    assert cell(records, "H01", *M3) is None


def test_a_wave_is_due_on_the_last_day_of_its_window() -> None:
    """120 days after 2025-01-31 are 2025-05-31."""
    came, left = cohort("p")
    records = [came, left, interview(came)]
    assert cell(records, "H01", *M3, name="2025-05") == share(1, 1)
    assert cell(records, "H01", *M3, name="2025-04") is None
    assert cell(records, "H01", *M3, as_of=date(2025, 5, 30)) == NOT_YET
    assert cell(records, "H01", *M3, as_of=date(2025, 5, 31)) == share(1, 1)


@pytest.mark.parametrize(
    ("days", "expected", "deaths"), [(120, None, count(1)), (121, share(0, 1), None)]
)
def test_the_dead_leave_the_denominator_and_are_told_beside_it(
    days: int, expected: CellValue | None, deaths: CellValue | None
) -> None:
    came, left = cohort("p")
    died = outcome(came, DEATH, days_after(LEFT, days))
    assert cell([came, left, died], "H01", *M3) == expected
    assert cell([came, left, died], "H01", *M3, measure="deaths") == deaths


def test_a_follow_up_may_find_the_person_dead() -> None:
    came, left = cohort("p")
    dead = interview(came, follow_up_status=6)
    assert cell([came, left, dead], "H01", *M3) is None
    assert cell([came, left, dead], "H01", *M3, measure="deaths") == count(1)
    assert cell([came, left, dead], "H01", "wave", "wave=M6") == share(0, 1)


def test_a_person_is_followed_up_once_from_the_last_discharge() -> None:
    first, first_left = cohort("p", "2025-01-01")
    second, second_left = cohort("p", "2025-03-01", facility_id="F2", setting=5)
    records = [first, first_left, interview(first), second, second_left]
    assert cell(records, "H01", *M3) == share(0, 1)
    by_setting = "setting=LONG_TERM_RESIDENTIAL|wave=M3"
    assert cell(records, "H01", "setting,wave", by_setting) == share(0, 1)
    assert cell(records, "H01", *M3, name="2025-05") == share(1, 1)


def test_of_two_interviews_the_later_counts() -> None:
    """Abstinent with one, not any more with the other; and one person who was not reached."""
    came, left = cohort("p")
    missed, gone = cohort("q")
    early = interview(came, 70, any_use_of_primary_last_28d=NO)
    late = interview(came, 80, any_use_of_primary_last_28d=YES)
    records = [came, left, early, missed, gone]
    assert cell(records, "H02", *M3) == share(1, 1)
    assert cell(records, "H02", *M3, measure="of_due") == share(1, 2)
    assert cell([*records, late], "H02", *M3) == share(0, 1)
    assert cell([missed, gone], "H02", *M3) is None
    assert cell([missed, gone], "H02", *M3, measure="of_due") == share(0, 1)


def test_work_and_overdoses_of_those_who_told() -> None:
    told = {"a": (3, 0), "b": (4, 2), "c": (UNKNOWN, None)}
    records: list[RecordMessage] = []
    for name, (labour, overdoses) in told.items():
        came, left = cohort(name)
        talk = interview(came, labour_at_event=labour)
        if overdoses is not None:
            talk.record.overdoses_since_last_contact = overdoses
        records += [came, left, talk]
    assert cell(records, "H04", *M3) == share(1, 2)
    assert cell(records, "H06", *M3) == share(1, 2)
    assert cell(records, "H06", "substance,wave", "substance=HEROIN|wave=M3") == share(1, 2)


def scored(barc10: list[int], whoqol: list[int]) -> Measures:
    return measures_of(
        TopMeasures(), Barc10(items=barc10, total=sum(barc10)), WhoqolBref(items=whoqol)
    )


def test_recovery_capital_of_pairs() -> None:
    """From 30 to 47, from 50 to 46, and one who was not asked before."""
    records: list[RecordMessage] = []
    for name, before, after in (
        ("a", [3] * 10, [5] * 9 + [2]),
        ("b", [5] * 10, [5] * 9 + [1]),
        ("c", [], [6] * 10),
    ):
        came, left = cohort(name)
        came.record.baseline_barc10.CopyFrom(Barc10(items=before, total=sum(before)))
        talk = interview(came)
        talk.record.barc10.CopyFrom(Barc10(items=after, total=sum(after)))
        records += [came, left, talk]
    assert cell(records, "H03", *M3, measure="mean_change") == mean(17 - 4, 2)
    assert cell(records, "H03", *M3, measure="at_least_47") == share(1, 2)
    early = date(2025, 5, 30)
    assert cell(records, "H03", *M3, measure="mean_change", as_of=early) == NOT_YET
    assert cell(records, "H03", *M3, measure="at_least_47", as_of=early) == NOT_YET
    assert cell(records[6:], "H03", *M3, measure="mean_change") is None


def test_quality_of_life_by_domain() -> None:
    """All threes are 50 in every domain; all fours are 75, or less where questions are reversed."""
    came, left = cohort("p")
    came.record.baseline_whoqol.items.extend([3] * 26)
    talk = interview(came)
    talk.record.whoqol.items.extend([4] * 26)
    records = [came, left, talk]
    by = ("domain,wave", "domain={}|wave=M3")
    found = {
        domain: cell(records, "H05", by[0], by[1].format(domain))
        for domain in ("PHYSICAL", "PSYCHOLOGICAL", "SOCIAL", "ENVIRONMENT")
    }
    assert found == {
        "PHYSICAL": mean(60.714 - 50, 1),
        "PSYCHOLOGICAL": mean(66.667 - 50, 1),
        "SOCIAL": mean(25, 1),
        "ENVIRONMENT": mean(25, 1),
    }
    month = cell(records, "H05", by[0], by[1].format("SOCIAL"), name="2025-05")
    assert month == mean(25, 1)
    assert cell(records, "H05", *M3) is None
    waiting = cell(records, "H05", by[0], by[1].format("SOCIAL"), as_of=date(2025, 5, 30))
    assert waiting == NOT_YET


def test_barc10_needs_ten_answers_or_a_total_alone() -> None:
    assert scored([5] * 9 + [2], []).barc10 == 47
    assert scored([5] * 9, []).barc10 is None
    assert scored([5] * 9 + [7], []).barc10 is None
    assert scored([5] * 9 + [0], []).barc10 is None
    for total, expected in ((49, 50), (None, 50)):
        told = Barc10(items=[5] * 10, total=total)
        assert measures_of(TopMeasures(), told, WhoqolBref()).barc10 == expected
    for total, expected in ((10, 10), (60, 60), (9, None), (61, None), (None, None)):
        alone = Barc10(total=total)
        assert measures_of(TopMeasures(), alone, WhoqolBref()).barc10 == expected


def test_whoqol_without_answers_is_what_the_sender_says() -> None:
    told = WhoqolBref(physical=4, social=20, environment=13.5)
    assert dict(measures_of(TopMeasures(), Barc10(), told).whoqol) == {
        "PHYSICAL": 0,
        "SOCIAL": 100,
        "ENVIRONMENT": Fraction("59.375"),
    }


@pytest.mark.parametrize(
    ("missing", "domains"),
    [
        ((3, 15, 5, 6, 8), {"PHYSICAL", "PSYCHOLOGICAL", "SOCIAL", "ENVIRONMENT"}),
        ((3, 15, 5, 6, 8, 9), set()),
        ((3, 15, 16), {"PSYCHOLOGICAL", "SOCIAL", "ENVIRONMENT"}),
        ((20,), {"PHYSICAL", "PSYCHOLOGICAL", "ENVIRONMENT"}),
        ((1, 2), {"PHYSICAL", "PSYCHOLOGICAL", "SOCIAL", "ENVIRONMENT"}),
    ],
)
def test_whoqol_with_missing_answers(missing: tuple[int, ...], domains: set[str]) -> None:
    items = [0 if number in missing else 3 for number in range(1, 27)]
    assert dict(scored([], items).whoqol) == dict.fromkeys(domains, 50)


def test_whoqol_of_one_person() -> None:
    """Environment 5 4 3 2 1 5 4 3: 27 / 8 · 4 = 13.5, 59.375; social 2 2 3: 7 / 3 · 4, 33.333."""
    items = [3] * 26
    for number, answer in zip(
        (8, 9, 12, 13, 14, 23, 24, 25), (5, 4, 3, 2, 1, 5, 4, 3), strict=True
    ):
        items[number - 1] = answer
    items[19:22] = [2, 2, 3]
    scores = dict(scored([], items).whoqol)
    assert scores["ENVIRONMENT"] == Fraction("59.375")
    assert scores["SOCIAL"] == Fraction("33.333")
    assert not scored([], items[:25]).whoqol


def test_days_in_treatment_count_once_with_the_first_and_the_last() -> None:
    """1 January to 10 January and 10 January to 20 January: 20 days; q since 2024: 31 days."""
    records = [
        *stay("p", "2025-01-01", 9, 21),
        *stay("p", "2025-01-10", 10, 12, facility_id="F2"),
        q := admission("q", "2024-12-01", sex=2),
        outcome(q, REVIEW, "2025-06-01"),
    ]
    as_of = date(2025, 7, 1)
    assert cell(records, "I01", name="2025-01", as_of=as_of) == rate(0, 51 / 365.25)
    female = cell(records, "I01", "sex", "sex=FEMALE", name="2025-01", as_of=as_of)
    assert female == rate(0, 31 / 365.25)
    total = cell(records, "I01", as_of=as_of)
    assert total == rate(0, (20 + 182) / 365.25)
    assert cell([], "I01") == NONE_AVAILABLE


def test_deaths_on_oat_and_by_cause() -> None:
    """On OAT from 1 to 10 March, dead on 15 March; another dies on methadone on its last day."""
    p = admission("p", "2025-03-01", interventions=[METHADONE])
    q = admission("q", "2025-03-01", interventions=[METHADONE])
    records = [
        p,
        outcome(p, REVIEW, "2025-03-11", on_oat=NO),
        discharge(p, "2025-03-15", 60),
        answering(outcome(p, DEATH, "2025-03-15"), death_cause=LIVER),
        q,
        outcome(q, 2, "2025-03-10", reason=60, on_oat=UNKNOWN),
    ]
    name = "2025-03"
    assert cell(records, "I01", name=name) == rate(2, 25 / 365.25)
    assert cell(records, "I01", "oat", "oat=YES", name=name) == rate(1, 20 / 365.25)
    assert cell(records, "I01", "oat", "oat=NO", name=name) == rate(1, 5 / 365.25)
    liver = cell(records, "I01", "cause", "cause=LIVER_VIRAL_HEPATITIS", name=name)
    assert liver == rate(1, 25 / 365.25)
    unknown = cell(records, "I01", "cause", "cause=UNKNOWN_OR_PENDING", name=name)
    assert unknown == rate(1, 25 / 365.25)
    assert cell(records, "I01", "cause", "cause=DRUG_INDUCED_OVERDOSE", name=name) is None


@pytest.mark.parametrize(("days", "deaths"), [(30, 1), (31, 0)])
def test_a_death_in_treatment_is_until_the_last_day(days: int, deaths: int) -> None:
    came, left = stay("p", "2025-01-01", 30, 12)
    died = outcome(came, DEATH, days_after("2025-01-01", days))
    assert cell([came, left, died], "I01", name="2025-01") == rate(deaths, 31 / 365.25)


def test_a_death_known_to_the_year_counts_in_years() -> None:
    came, left = stay("p", "2025-01-01", 30, 12)
    died = outcome(came, DEATH, "2025-01-10", precision=3)
    assert cell([came, left, died], "I01", name="2025-01") == rate(0, 31 / 365.25)
    assert cell([came, left, died], "I01") == rate(1, 31 / 365.25)


def test_the_earliest_death_counts_wherever_it_was_told() -> None:
    came, left = stay("p", "2025-01-01", 30, 12)
    elsewhere = outcome(admission("q", "2024-01-01"), DEATH, "2025-01-20", person="p")
    later = outcome(came, DEATH, "2025-02-01")
    assert cell([came, left, later, elsewhere], "I01") == rate(1, 31 / 365.25)


@pytest.mark.parametrize(
    ("days", "cause", "deaths"), [(0, 1, 1), (28, 1, 1), (29, 1, 0), (-1, 1, 0), (5, LIVER, 0)]
)
def test_an_overdose_within_28_days_of_the_exit(days: int, cause: int, deaths: int) -> None:
    came, left = stay("p", "2025-01-01", 30, 22, setting=7)
    died = answering(outcome(came, DEATH, days_after(LEFT, days)), death_cause=cause)
    records = [came, left, died]
    assert cell(records, "I02") == rate(deaths, 1)
    assert cell(records, "I02", "setting", "setting=PRISON_OR_CUSTODIAL") == rate(deaths, 1)
    reason = "discharge_reason=TRANSFERRED_IN_CUSTODY"
    assert cell(records, "I02", "discharge_reason", reason) == rate(deaths, 1)
    assert cell(records, "I02", as_of=date(2025, 2, 27)) == NOT_YET


def test_exits_are_the_last_of_each_person_and_no_deaths() -> None:
    came, left = stay("p", "2025-01-01", 30, 12)
    records = [
        came,
        left,
        *stay("p", "2025-06-01", 30, 31),
        *stay("q", "2025-01-01", 30, 60),
    ]
    assert cell(records, "I02") == rate(0, 1)
    assert cell(records, "I02", name="2025-01") == rate(0, 1)
    assert cell([came, left, outcome(came, DEATH, LEFT)], "I02", name="2025-02") == NONE_AVAILABLE
