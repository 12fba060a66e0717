"""The reference of D03, D05, F01 to F04, G04 and G06 to G10, worked out by hand."""

from datetime import date

import pytest

from tests.support.by_hand import NONE_AVAILABLE, answering, cell, days_after, share, stay
from tests.support.oracle import CellValue, RecordMessage
from tests.support.population import admission, discharge, outcome

NOT_YET = CellValue(None, None, None, "NOT_MATURED")
HEROIN, CRACK, METHAMPHETAMINE, MDMA = 11, 22, 32, 33
METHADONE, CBT = 3, 8
YES, NO, REFUSED, NOT_APPLICABLE, UNKNOWN = 1, 2, 97, 98, 99
REVIEW, DISCHARGE = 1, 2
OUTPATIENT, RESIDENTIAL, PRISON = 3, 5, 7


@pytest.mark.parametrize(
    ("days", "reason", "effective", "early"),
    [(83, 31, 0, 1), (84, 31, 1, 0), (83, 21, 1, 0), (0, 15, 1, 0), (83, 50, 0, 0), (0, 99, 0, 0)],
)
def test_twelve_weeks_or_a_planned_exit(days: int, reason: int, effective: int, early: int) -> None:
    records = stay("p", "2025-03-01", days, reason)
    assert cell(records, "F01") == share(effective, 1)
    assert cell(records, "F04") == share(early, 1)


@pytest.mark.parametrize(("days", "expected"), [(83, NOT_YET), (84, share(1, 1))])
def test_a_journey_is_judged_after_twelve_weeks(days: int, expected: CellValue) -> None:
    as_of = date.fromisoformat(days_after("2025-03-01", days))
    records = [admission("p", "2025-03-01")]
    assert cell(records, "F01", as_of=as_of) == expected
    assert (
        cell(records, "F01", "setting", "setting=SPECIALIZED_OUTPATIENT", as_of=as_of) == expected
    )


def test_who_has_matured_is_not_hidden_by_who_has_not() -> None:
    records = [*stay("p", "2025-03-01", 10, 31), admission("q", "2025-05-01", sex=2)]
    as_of = date(2025, 6, 1)
    assert cell(records, "F04", as_of=as_of) == share(1, 1)


def test_a_journey_that_went_stale_ended_unplanned_by_nobody() -> None:
    records = [admission("p", "2025-01-01")]
    assert cell(records, "F01") == share(0, 1)
    assert cell(records, "F04") == share(0, 1)


def test_a_journey_through_two_facilities_is_described_by_the_first() -> None:
    """50 days, 21 days without, 20 days: 91 days in all."""
    records = [
        *stay("p", "2025-01-01", 50, 21, setting=RESIDENTIAL, substance=CRACK),
        *stay("p", days_after("2025-01-01", 71), 20, 31, facility_id="F2"),
    ]
    assert cell(records, "F01") == share(1, 1)
    assert cell(records, "F01", "setting", "setting=LONG_TERM_RESIDENTIAL") == share(1, 1)
    assert cell(records, "F01", "setting", "setting=SPECIALIZED_OUTPATIENT") is None
    assert cell(records, "F01", "substance_group", "substance_group=COCAINE") == share(1, 1)


@pytest.mark.parametrize(("gap", "retained"), [(28, 1), (29, 0)])
def test_a_spell_on_oat_bridges_28_days(gap: int, retained: int) -> None:
    """50 days, the gap and 200 days."""
    back = days_after("2025-01-01", 50 + gap)
    records = [
        *stay("p", "2025-01-01", 50, 31, interventions=[METHADONE], referral=71),
        *stay("p", back, 200, 31, interventions=[METHADONE], referral=11),
    ]
    assert cell(records, "F02", measure="months_6") == share(retained, 1)
    assert cell(records, "F02", measure="months_12") == share(0, 1)
    by_referral = cell(records, "F02", "referral", "referral=POLICE_DIVERSION", measure="months_6")
    assert by_referral == share(retained, 1)
    assert cell(records, "F02", "referral", "referral=SELF", measure="months_6") is None


def on_methadone_from_february(stopped: str, how: int) -> list[RecordMessage]:
    came = admission("p", "2025-01-01")
    return [
        came,
        outcome(came, REVIEW, "2025-02-01", interventions=[METHADONE], on_oat=YES),
        outcome(came, how, stopped, reason=12 if how == DISCHARGE else 0, on_oat=NO),
        *([outcome(came, REVIEW, "2026-06-01")] if how == REVIEW else []),
    ]


@pytest.mark.parametrize(("how"), [REVIEW, DISCHARGE])
def test_a_spell_begins_and_ends_where_a_record_says_so(how: int) -> None:
    """2025-02-01 and 182 days are 2025-08-02."""
    long, short = (on_methadone_from_february(day, how) for day in ("2025-08-02", "2025-08-01"))
    assert cell(long, "F02", measure="months_6", name="2025-02") == share(1, 1)
    assert cell(short, "F02", measure="months_6", name="2025-02") == share(0, 1)
    assert cell(long, "F02", measure="months_6", name="2025-01") == NONE_AVAILABLE


def test_six_months_mature_before_twelve() -> None:
    came = admission("p", "2025-01-01", interventions=[METHADONE])
    records = [came, outcome(came, REVIEW, "2025-06-01", interventions=[METHADONE], on_oat=YES)]
    for days, six, twelve in ((181, NOT_YET, NOT_YET), (182, share(1, 1), NOT_YET)):
        as_of = date.fromisoformat(days_after("2025-01-01", days))
        assert cell(records, "F02", measure="months_6", as_of=as_of) == six
        assert cell(records, "F02", measure="months_12", as_of=as_of) == twelve


def test_alternatives_to_punishment_against_other_referrals() -> None:
    """1 of 2 and 1 of 4, one of them stale; custody and an unknown referral are in neither arm."""
    records = [
        *stay("a", "2025-01-01", 30, 12, referral=73),
        *stay("b", "2025-01-01", 30, 31, referral=71, sex=2),
        *stay("c", "2025-01-01", 30, 11),
        *(record for name in "de" for record in stay(name, "2025-01-01", 30, 13, sex=2)),
        *stay("g", "2025-01-01", 30, 11, referral=UNKNOWN),
        *(custody := stay("h", "2025-01-01", 30, 11, referral=75)),
        admission("f", "2025-12-01"),
        treated := admission("i", "2025-12-01"),
        outcome(treated, REVIEW, "2026-06-01"),
    ]
    answering(custody[0], ati_stage=6, ati_measure=98)
    assert cell(records, "D03") == CellValue(25, None, 2, "OK")
    assert cell(records, "D03", measure="alternatives") == share(1, 2)
    assert cell(records, "D03", measure="others") == share(1, 4)
    assert cell(records, "D03", "sex", "sex=FEMALE") == CellValue(0, None, 1, "OK")
    assert cell(records[4:], "D03") == CellValue(None, None, 0, "NOT_AVAILABLE")
    assert cell(records[4:], "D03", measure="alternatives") == NONE_AVAILABLE
    assert cell(records[4:], "D03", "sex", "sex=FEMALE") is None


@pytest.mark.parametrize(("gap", "continued"), [(-1, 0), (0, 1), (21, 1), (22, 0)])
def test_from_prison_into_treatment_outside(gap: int, continued: int) -> None:
    records = [
        *stay("p", "2025-01-01", 30, 12, setting=PRISON, interventions=[METHADONE]),
        admission("p", days_after("2025-01-31", gap), setting=OUTPATIENT),
    ]
    assert cell(records, "D05") == share(continued, 1)
    assert cell(records, "D05", "oat", "oat=NO") == share(continued, 1)


def test_only_the_last_release_counts_and_only_treatment_outside() -> None:
    released = stay("p", "2025-03-01", 30, 22, setting=PRISON)
    released[1] = outcome(
        released[0], DISCHARGE, "2025-03-31", reason=22, interventions=[METHADONE], on_oat=YES
    )
    records = [
        *stay("p", "2025-01-01", 30, 12, setting=PRISON),
        admission("p", "2025-02-01"),
        *released,
        admission("p", "2025-04-01", setting=PRISON, facility_id="F2"),
        *stay("q", "2025-01-01", 30, 60, setting=PRISON),
    ]
    assert cell(records, "D05") == share(0, 1)
    assert cell(records, "D05", name="2025-01") == share(1, 1)
    assert cell(records, "D05", "oat", "oat=YES") == share(0, 1)
    assert cell(records, "D05", as_of=date(2025, 4, 20)) == NOT_YET


def test_success_without_return_is_for_years_and_judged_half_a_year_after_them() -> None:
    records = [
        *stay("p", "2025-01-01", 30, 12),
        *stay("q", "2025-01-01", 30, 12, substance=CRACK),
        *stay("q", "2025-06-01", 30, 31, substance=CRACK, facility_id="F2"),
        *stay("r", "2025-01-01", 30, 12, substance=CRACK),
        admission("r", "2026-01-05"),
    ]
    records.append(discharge(records[-1], "2026-01-06", 31))
    assert cell(records, "G04") == share(2, 3)
    cocaine = "substance_group=COCAINE"
    assert cell(records, "G04", "substance_group", cocaine) == share(1, 2)
    assert cell(records, "G04", name="2025-Q1") is None
    early, late = date(2026, 6, 30), date(2026, 7, 1)
    assert cell(records, "G04", as_of=early) == NOT_YET
    assert cell(records, "G04", "substance_group", cocaine, as_of=early) == NOT_YET
    assert cell(records, "G04", as_of=late) == share(2, 3)
    assert cell([], "G04", as_of=early) == NONE_AVAILABLE


def used(
    name: str, days: int | None, frequency: int, after: int, answer: int, **said: int
) -> list[RecordMessage]:
    """A stay of a crack user: days of use before (if asked), frequency, days after, any use."""
    came, left = stay(name, "2025-01-01", 30, 12, substance=CRACK, **said)
    answering(came, primary_frequency=frequency)
    if days is not None:
        came.record.baseline_top.days_crack = days
        came.record.baseline_top.days_cocaine = 28
    answering(left, any_use_of_primary_last_28d=answer, frequency_at_event=5)
    left.record.top.days_crack = after
    left.record.top.days_opioids = 20
    return [came, left]


def test_not_using_any_more() -> None:
    """Of five who used, three gave an answer and two of them say no; f did not use."""
    records = [
        *used("a", 10, 5, 0, NO),
        *used("b", None, 4, 0, NO),
        *used("c", 0, 1, 3, YES),
        *used("d", 28, 1, 0, UNKNOWN),
        *used("e", 1, 99, 0, NOT_APPLICABLE),
        *used("f", 0, 5, 0, NO),
    ]
    assert cell(records, "G06") == share(2, 3)
    assert cell(records, "G06", measure="paired") == share(3, 5)
    assert cell(records, "G06", "substance", "substance=CRACK") == share(2, 3)
    assert cell([], "G06", measure="paired") == NONE_AVAILABLE


def test_fewer_days_of_use() -> None:
    """-10, +3 and one that was not asked at the start."""
    records = [
        *used("a", 10, 1, 0, NO),
        *used("b", 0, 5, 3, YES, setting=RESIDENTIAL),
        *used("c", None, 1, 3, YES),
    ]
    assert cell(records, "G07") == CellValue(-3.5, -7, 2, "OK")
    assert cell(records, "G07", measure="paired") == share(2, 3)
    residential = "setting=LONG_TERM_RESIDENTIAL"
    assert cell(records, "G07", "setting", residential) == CellValue(3, 3, 1, "OK")
    assert cell(records[4:], "G07") == NONE_AVAILABLE
    assert cell(records[4:], "G07", measure="paired") == share(0, 1)


@pytest.mark.parametrize(
    ("substance", "days"),
    [(HEROIN, 2), (CRACK, 3), (21, 4), (24, 4), (METHAMPHETAMINE, 5), (71, 6), (80, 1), (60, 7)],
)
def test_every_drug_has_its_own_days(substance: int, days: int) -> None:
    came, left = stay("p", "2025-01-01", 30, 12, substance=substance)
    for number, drug in enumerate(
        ("alcohol", "opioids", "crack", "cocaine", "amphetamines", "cannabis", "other"), start=1
    ):
        setattr(came.record.baseline_top, f"days_{drug}", 0)
        setattr(left.record.top, f"days_{drug}", number)
    assert cell([came, left], "G07") == CellValue(days, days, 1, "OK")
    nicotine = answering(came, primary_substance=81)
    assert cell([nicotine, left], "G07") == NONE_AVAILABLE


def test_a_home_again_and_no_needle() -> None:
    found = {"a": (21, 1), "b": (22, 4), "c": (22, UNKNOWN), "d": (1, 1)}
    records = []
    for name, (before, after) in found.items():
        came, left = stay(name, "2025-01-01", 30, 12, sex=2)
        injecting = 23 if before > 1 else 22
        records += [
            answering(came, housing=before, injecting=injecting),
            answering(
                left, housing_at_event=after, injecting_last_28d=NO if after == 1 else REFUSED
            ),
        ]
    assert cell(records, "G08") == share(1, 2)
    assert cell(records, "G08", measure="paired") == share(2, 3)
    assert cell(records, "G08", "sex", "sex=FEMALE") == share(1, 2)
    assert cell(records, "G09") == share(1, 1)
    assert cell(records, "G09", measure="paired") == share(1, 3)


def test_the_last_of_two_discharges_is_the_exit_that_is_compared() -> None:
    came = answering(admission("p", "2025-01-01"), housing=21)
    records = [
        came,
        answering(discharge(came, "2025-02-01", 12), housing_at_event=1),
        answering(discharge(came, "2025-03-01", 12), housing_at_event=21),
    ]
    assert cell(records, "G08") == share(0, 1)
    assert cell(records, "G08", name="2025-02") == NONE_AVAILABLE


@pytest.mark.parametrize(
    ("facility", "gap", "arrived"),
    [("F2", 0, 1), ("F2", 21, 1), ("F2", 22, 0), ("F2", -1, 0), ("F1", 5, 0)],
)
def test_a_transfer_arrives_elsewhere_within_21_days(facility: str, gap: int, arrived: int) -> None:
    records = [
        *stay("p", "2025-01-01", 30, 21, setting=RESIDENTIAL),
        admission("p", days_after("2025-01-31", gap), facility_id=facility),
    ]
    residential = "setting=LONG_TERM_RESIDENTIAL"
    assert cell(records, "G10", name="2025-01") == share(arrived, 1)
    assert cell(records, "G10", "setting", residential) == share(arrived, 1)
    assert cell(records, "G10", as_of=date(2025, 2, 20)) == NOT_YET
    assert cell(records, "G10", as_of=date(2025, 2, 21)) == share(arrived, 1)
