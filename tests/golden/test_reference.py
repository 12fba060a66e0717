"""The reference itself, held against cases worked out by hand from the definitions."""

from datetime import date, timedelta

import pytest

from tests.support.by_hand import (
    NONE_AVAILABLE,
    cell,
    count,
    days_after,
    share,
    stay,
)
from tests.support.oracle import CellValue, Profile
from tests.support.population import (
    admission,
    assessment,
    capacity,
    discharge,
    facility,
    outcome,
    retraction,
    review,
    revised,
)


@pytest.mark.parametrize(("silent_days", "expected"), [(180, 1), (181, 0)])
def test_an_open_episode_is_stale_after_180_days_without_a_record(
    silent_days: int, expected: int
) -> None:
    came = admission("p", "2024-01-01")
    heard = review(came, "2024-06-01")
    as_of = date(2024, 6, 1) + timedelta(days=silent_days)
    counted = cell([came, heard], "A03", name="2024", as_of=as_of)
    assert counted == count(expected)


def test_a_stale_episode_is_no_discharge_and_its_last_day_still_counts() -> None:
    records = [came := admission("p", "2025-01-01"), review(came, "2025-02-03")]
    assert cell(records, "A02", name="2025-02") == count(1)
    assert cell(records, "A02", name="2025-03") == count(0)
    assert cell(records, "G01") == NONE_AVAILABLE


@pytest.mark.parametrize(("gap", "expected"), [(180, 1), (179, 0)])
def test_an_entrant_was_not_in_treatment_for_180_days(gap: int, expected: int) -> None:
    start = days_after("2024-10-01", gap)
    records = [*stay("p", "2024-09-01", 30, 12), admission("p", start)]
    assert cell(records, "B01") == count(expected)


@pytest.mark.parametrize(("gap", "returned"), [(21, None), (22, True), (182, True), (183, False)])
def test_coming_back_within_182_days_in_a_new_journey(gap: int, returned: bool | None) -> None:
    """After 21 days it is still the same journey, and a success only when that one ends well."""
    back = days_after("2025-01-31", gap)
    records = [*stay("p", "2025-01-01", 30, 12), *stay("p", back, 1, 12)]
    name = "2025-01"
    if returned is None:
        assert cell(records, "G02", name=name) == share(0, 1)
    else:
        assert cell(records, "G03", name=name) == share(int(returned), 1)


def test_a_success_is_not_judged_before_182_days() -> None:
    records = stay("p", "2025-03-01", 30, 12)
    early, late = date(2025, 9, 28), date(2025, 9, 29)
    assert cell(records, "G03", as_of=early) == CellValue(None, None, None, "NOT_MATURED")
    assert cell(records, "G03", as_of=late) == share(0, 1)
    other = stay("q", "2025-05-01", 30, 11)
    assert cell([*records, *other], "G03", as_of=late) == share(0, 1)


def test_an_open_journey_at_the_end_of_the_period_is_no_success() -> None:
    records = [*stay("p", "2025-01-01", 30, 12), admission("p", "2025-12-30")]
    assert cell(records, "G02", as_of=date(2026, 1, 31)) == share(0, 1)


def test_the_first_entry_tells_the_status_and_the_last_one_the_rest() -> None:
    records = [
        *stay("p", "2025-01-01", 10, 12, status=1, substance=11),
        *stay("p", "2025-10-01", 10, 12, status=2, substance=71),
    ]
    assert cell(records, "B02", "substance", "substance=HERBAL_CANNABIS") == count(1)
    assert cell(records, "B02", "substance", "substance=HEROIN") is None


def test_a_person_is_counted_once_in_each_setting() -> None:
    records = [
        *stay("p", "2025-01-01", 10, 12, setting=3),
        *stay("p", "2025-02-01", 10, 12, setting=5),
    ]
    assert cell(records, "A02") == count(1)
    assert cell(records, "A02", "setting", "setting=SPECIALIZED_OUTPATIENT") == count(1)
    assert cell(records, "A02", "setting", "setting=LONG_TERM_RESIDENTIAL") == count(1)


@pytest.mark.parametrize(
    ("precision", "in_month", "in_year"), [(1, 1, 1), (2, 1, 1), (3, 0, 1), (4, 1, 1)]
)
def test_a_date_known_to_the_year_counts_in_years_only(
    precision: int, in_month: int, in_year: int
) -> None:
    records = [admission("p", "2025-03-01", precision=precision)]
    assert cell(records, "B01", name="2025-03") == count(in_month)
    assert cell(records, "B01") == count(in_year)


@pytest.mark.parametrize(
    ("birth_year", "birth_month", "band"),
    [(2000, None, "20-24"), (2000, 1, "25-29"), (2000, 2, "20-24"), (1999, None, "25-29")],
)
def test_age_in_treatment_is_taken_on_the_first_day_inside_the_period(
    birth_year: int, birth_month: int | None, band: str
) -> None:
    """In treatment since 2024, so on 1 January 2025; an unknown month of birth is July."""
    came = admission("p", "2024-08-01", birth_year=birth_year, birth_month=birth_month)
    records = [came, discharge(came, "2025-05-28", 12)]
    assert cell(records, "A02", "age_band", f"age_band={band}") == count(1)


def test_needle_exchange_becomes_treatment_by_what_was_received() -> None:
    came = admission("p", "2025-01-01", interventions=[21])
    assert cell([came], "B04") == count(0)
    assert cell([came, review(came, "2025-02-01")], "B04") == count(1)


def test_a_low_threshold_contact_becomes_treatment_by_its_setting_at_discharge() -> None:
    came = admission("p", "2025-01-01", setting=9)
    left = outcome(came, 2, "2025-02-01", reason=12, setting=3)
    assert cell([came, outcome(came, 2, "2025-02-01", reason=12)], "B04") == count(0)
    assert cell([came, left], "B04") == count(1)


def test_an_outcome_of_another_person_waits_and_one_before_the_admission_is_ignored() -> None:
    came = admission("p", "2025-05-01")
    foreign = outcome(came, 2, "2025-06-01", reason=12, person="q")
    early = outcome(came, 2, "2025-04-30", reason=12)
    assert cell([came, foreign, early], "G01") == NONE_AVAILABLE


def test_of_two_discharges_the_later_one_ends_the_episode() -> None:
    came = admission("p", "2025-01-01")
    records = [came, discharge(came, "2025-02-01", 31), discharge(came, "2025-03-01", 12)]
    assert cell(records, "G01") == share(1, 1)
    assert cell(records, "G01", name="2025-02") == NONE_AVAILABLE


def test_the_highest_revision_is_what_counts_and_a_retraction_takes_all_away() -> None:
    first = admission("p", "2025-01-01", episode_id="E", sex=1)
    second = revised(admission("p", "2025-01-01", episode_id="E", sex=2), 2)
    assert cell([second, first], "B04", "sex", "sex=FEMALE") == count(1)
    assert cell([second, first], "B04", "sex", "sex=MALE") is None
    assert cell([retraction(first, 3), second, first], "B04") == count(0)


def test_on_oat_until_a_review_says_no() -> None:
    came = admission("p", "2025-01-01", interventions=[3])
    stopped = outcome(came, 1, "2025-06-01", on_oat=2)
    again = outcome(came, 1, "2025-08-01", interventions=[4], on_oat=1)
    assert cell([came], "A03", "oat", "oat=YES", as_of=date(2025, 6, 15)) == count(1)
    as_of = date(2025, 9, 1)
    assert cell([came, stopped], "A03", "oat", "oat=NO", as_of=as_of) == count(1)
    assert cell([came, stopped, again], "A03", "oat", "oat=YES", as_of=as_of) == count(1)
    assert cell([came, stopped], "A03", "oat", "oat=YES", name="2025-05") == count(1)


def test_shares_by_drug_are_of_the_known_drugs_in_the_same_group() -> None:
    records = [
        admission("a", "2025-01-01", sex=2, substance=11),
        admission("b", "2025-01-01", sex=2, substance=71),
        admission("c", "2025-01-01", sex=1, substance=11),
        admission("d", "2025-01-01", sex=2, substance=99),
    ]
    assert cell(records, "B05", "substance", "substance=HEROIN") == share(2, 3)
    by_sex = cell(records, "B05", "sex,substance", "sex=FEMALE|substance=HEROIN")
    assert by_sex == share(1, 2)
    assert cell(records, "B05", "substance", "substance=UNKNOWN") is None


def test_waiting_times_are_elements_of_the_list_never_between_two() -> None:
    waits = [("a", "2025-05-01", 0), ("b", "2025-05-02", 10), ("c", "2025-05-03", 20)]
    records = [
        admission(name, day, request_date=days_after(day, -wait)) for name, day, wait in waits
    ]
    assert cell(records, "B07", measure="median") == CellValue(10, None, 3, "OK")
    assert cell(records[:2], "B07", measure="median") == CellValue(10, None, 2, "OK")
    assert cell(records, "B07", measure="p90") == CellValue(20, None, 3, "OK")
    assert cell([], "B07", measure="p90") == CellValue(None, None, 0, "NOT_AVAILABLE")


def test_an_outpatient_stay_counts_its_last_day() -> None:
    outpatient = stay("p", "2025-01-01", 10, 12, setting=3)
    residential = stay("p", "2025-01-01", 10, 12, setting=5)
    assert cell(outpatient, "F03", measure="median") == CellValue(11, None, 1, "OK")
    assert cell(residential, "F03", measure="median") == CellValue(10, None, 1, "OK")


def test_a_country_whose_year_begins_in_april() -> None:
    profile = Profile(year_start=4)
    records = [admission("p", "2026-03-31")]
    assert cell(records, "B01", profile=profile) == count(1)
    assert cell(records, "B01", name="2025-Q4", profile=profile) == count(1)
    assert cell(records, "B01", name="2026-03", profile=profile) == count(1)
    assert cell(records, "B01", name="2026", profile=profile) == count(0)


def test_facilities_by_the_row_valid_on_the_day() -> None:
    old = facility("F1", "2020-01-01", settings=[3])
    new = facility("F1", "2025-07-01", settings=[5, 9], admin1="KE-28")
    closed = facility("F2", "2020-01-01", "2025-06-30")
    records = [old, new, closed]
    assert cell(records, "J01", name="2025-Q2") == count(2)
    assert cell(records, "J01") == count(1)
    assert cell(records, "J01", "setting", "setting=LOW_THRESHOLD_AGENCY") == count(1)
    assert cell(records, "J01", "admin1", "admin1=KE-30") is None


def test_bed_occupancy_from_the_last_count_that_has_both_numbers() -> None:
    records = [
        capacity("F1", "2025-03-31", 10, 5),
        capacity("F1", "2025-06-30", 10, 9),
        capacity("F1", "2025-12-31"),
        capacity("F2", "2025-06-30", 30, 21),
    ]
    assert cell(records, "J03") == share(30, 40)


def test_quality_is_the_mean_of_facilities_not_of_criteria() -> None:
    records = [
        assessment("Q1", "F1", "2025-01-10", [("S1", 3), ("S1", 1), ("S2", 98)]),
        assessment("Q2", "F2", "2025-01-10", [("S1", 3)]),
        assessment("Q0", "F2", "2024-01-10", [("S1", 1)]),
    ]
    assert cell(records, "J06") == share(1.5, 2)
    assert cell(records, "J06", "standard", "standard=S2") is None


def test_reporting_by_an_admission_or_a_nil_return() -> None:
    records = [
        facility("F1"),
        facility("F2"),
        facility("F3"),
        facility("F4", status=4),
        admission("p", "2025-05-01", facility_id="F1", client_type=2),
        capacity("F2", "2025-05-31"),
    ]
    assert cell(records, "L01") == CellValue(pytest.approx(200 / 3), 2, 3, "OK")


def test_missing_answers_of_those_that_were_asked() -> None:
    records = [admission("p", "2025-05-01", education=99, substance=71)]
    assert cell(records, "L02", "field", "field=education") == share(1, 1)
    assert cell(records, "L02", "field", "field=oat_status") is None
    total = cell(records, "L02")
    assert total is not None
    assert (total.numerator, total.denominator) == (1, 17)


def test_lateness_is_counted_where_the_first_word_arrived() -> None:
    records = [admission("p", "2026-09-20")]
    late = cell(records, "L04", "family", "family=ADMISSION", name="2026-09", measure="median")
    assert late == CellValue(10, None, 1, "OK")
