"""The reference of coverage, naloxone and what facilities offer, worked out by hand."""

from datetime import date

import pytest

from tests.support.by_hand import NONE_AVAILABLE, answering, cell, share
from tests.support.oracle import CellValue, Profile
from tests.support.population import (
    admission,
    assessment,
    capacity,
    discharge,
    estimate,
    facility,
    review,
)

MALE, FEMALE = 1, 2
OPIOIDS, ALCOHOL = 10, 80
DEPENDENT, POPULATION, DEPENDENT_INJECTORS = 3, 4, 6
METHADONE = 3


def against(n: int, size: float, scale: float = 100) -> CellValue:
    return CellValue(pytest.approx(scale * n / size), n, size, "OK")


def in_treatment() -> list[object]:
    """A man and a woman of heroin and a woman of alcohol."""
    return [
        admission("a", "2025-05-01", sex=MALE),
        admission("b", "2025-05-01", sex=FEMALE),
        admission("c", "2025-05-01", sex=FEMALE, substance=ALCOHOL),
    ]


def test_coverage_of_the_interval_is_turned_around() -> None:
    records = [*in_treatment(), estimate(1, 2025, 100, 80, 125)]
    assert cell(records, "A01") == against(2, 100)
    assert cell(records, "A01", measure="lower") == against(2, 125)
    assert cell(records, "A01", measure="upper") == against(2, 80)
    assert cell(records, "A05") == CellValue(98, 2, 100, "OK")
    assert cell(records, "A05", measure="lower") == CellValue(78, 2, 80, "OK")
    assert cell(records, "A05", measure="upper") == CellValue(123, 2, 125, "OK")


def test_coverage_needs_an_estimate_of_the_very_year() -> None:
    records = [*in_treatment(), estimate(1, 2024, 100, 80, 125)]
    assert cell(records, "A01") == CellValue(None, 2, 0, "NOT_AVAILABLE")
    assert cell(records, "A05") == CellValue(None, 2, 0, "NOT_AVAILABLE")
    records = [*in_treatment(), estimate(1, 2025, 100)]
    assert cell(records, "A01", name="2025-05") == against(2, 100)
    assert cell(records, "A01", measure="lower") == CellValue(None, 2, 0, "NOT_AVAILABLE")
    assert cell(records, "A01", "sex", "sex=FEMALE") is None


def test_the_year_of_an_estimate_is_that_of_the_country() -> None:
    april = Profile(year_start=4)
    records = [admission("p", "2026-03-31"), estimate(1, 2025, 50)]
    assert cell(records, "A01", name="2026-03", profile=april) == against(1, 50)
    assert cell(records, "A01", name="2025-Q4", profile=april) == against(1, 50)


def test_alcohol_is_a_group_of_its_own_beside_the_drugs() -> None:
    records = [
        *in_treatment(),
        estimate(1, 2025, 10, substance_group=OPIOIDS),
        estimate(1, 2025, 40, substance_group=ALCOHOL),
        estimate(1, 2025, 8, substance_group=30),
        estimate(1, 2025, 20, sex=FEMALE),
    ]
    by, of = "substance_group", "substance_group="
    assert cell(records, "A01", by, of + "OPIOIDS") == against(2, 10)
    assert cell(records, "A01", by, of + "ALCOHOL") == against(1, 40)
    assert cell(records, "A01", by, of + "STIMULANTS") == against(0, 8)
    assert cell(records, "A01", "sex", "sex=FEMALE") == against(1, 20)
    assert cell(records, "A05", by, of + "STIMULANTS") == CellValue(8, 0, 8, "OK")
    drugs_only = Profile(alcohol_included=False)
    assert cell(records, "A01", by, of + "ALCOHOL", profile=drugs_only) is None


def test_each_intervention_is_set_against_everybody_in_need() -> None:
    came = admission("p", "2025-05-01", interventions=[METHADONE])
    records = [came, review(came, "2026-01-01"), estimate(1, 2025, 10)]
    assert cell(records, "A01", "intervention", "intervention=OAT_METHADONE") == against(1, 10)
    received = "intervention=CBT_RELAPSE_PREVENTION"
    assert cell(records, "A01", "intervention", received) == against(1, 10)


def test_women_to_men() -> None:
    records = [
        *in_treatment(),
        estimate(1, 2025, 10, sex=FEMALE),
        estimate(1, 2025, 40, sex=MALE),
        estimate(1, 2025, 5, sex=FEMALE, substance_group=OPIOIDS),
        estimate(1, 2025, 50, sex=MALE, substance_group=OPIOIDS),
        estimate(1, 2025, 5, sex=FEMALE, substance_group=ALCOHOL),
    ]
    assert cell(records, "A06") == CellValue(4, 10, 2.5, "OK")
    of_opioids = cell(records, "A06", "substance_group", "substance_group=OPIOIDS")
    assert of_opioids == CellValue(10, 20, 2, "OK")
    assert cell(records, "A06", "substance_group", "substance_group=ALCOHOL") is None
    no_men = [each for each in records if each is not records[0]]
    assert cell(no_men, "A06") == CellValue(None, None, None, "NOT_AVAILABLE")


def test_opioid_agonist_treatment_of_injectors_else_of_all_dependent() -> None:
    records = [
        admission("a", "2025-12-01", interventions=[METHADONE], birth_year=2000, birth_month=12),
        admission("b", "2025-12-01", interventions=[METHADONE], birth_year=2001, birth_month=1),
        admission("c", "2025-12-01"),
        facility("F1", admin1="KE-30"),
        estimate(DEPENDENT_INJECTORS, 2025, 8, 4, 16),
        estimate(DEPENDENT_INJECTORS, 2025, 4, age_hi=24),
        estimate(DEPENDENT_INJECTORS, 2025, 2, age_lo=25),
        estimate(DEPENDENT_INJECTORS, 2025, 5, admin1="KE-30"),
        estimate(DEPENDENT_INJECTORS, 2025, 5, admin1="KE-28"),
        estimate(DEPENDENT, 2025, 20),
    ]
    day = {"as_of": date(2025, 12, 31)}
    assert cell(records, "A04", **day) == against(2, 8)
    assert cell(records, "A04", measure="lower", **day) == against(2, 16)
    assert cell(records, "A04", measure="fallback", **day) == against(2, 20)
    assert cell(records, "A04", "age_25", "age_25=<25", **day) == against(1, 4)
    assert cell(records, "A04", "age_25", "age_25=25+", **day) == against(1, 2)
    assert cell(records, "A04", "admin1", "admin1=KE-30", **day) == against(2, 5)
    assert cell(records, "A04", "admin1", "admin1=KE-28", **day) == against(0, 5)


def test_naloxone_at_admission_or_later() -> None:
    first = answering(admission("a", "2025-05-01"), take_home_naloxone=1)
    second = admission("b", "2025-05-01", setting=5)
    left = answering(discharge(second, "2025-06-01", 12), naloxone_given=1)
    records = [first, second, left, admission("c", "2025-05-01")]
    cannabis = answering(admission("d", "2025-05-01", substance=71), take_home_naloxone=1)
    assert cell([*records, cannabis], "F05") == share(2, 3)
    assert cell(records, "F05", "setting", "setting=LONG_TERM_RESIDENTIAL") == share(1, 1)


def test_beds_and_places_per_hundred_thousand_inhabitants() -> None:
    places = answering(capacity("F1", "2025-06-30"), outpatient_slots=12)
    records = [
        facility("F1", admin1="KE-30"),
        facility("F2", admin1="KE-28"),
        capacity("F1", "2025-03-31", 10, 5),
        places,
        capacity("F2", "2025-03-31", 20, 5),
        capacity("F2", "2025-06-30", 30, 5),
        estimate(POPULATION, 2025, 50_000, age_lo=15, age_hi=64),
        estimate(POPULATION, 2025, 20_000, age_lo=15, age_hi=64, admin1="KE-30"),
        estimate(POPULATION, 2025, 99_000),
    ]
    assert cell(records, "J02", measure="beds") == against(40, 50_000, 100_000)
    assert cell(records, "J02", measure="places") == against(12, 50_000, 100_000)
    in_nairobi = cell(records, "J02", "admin1", "admin1=KE-30", measure="beds")
    assert in_nairobi == against(10, 20_000, 100_000)
    assert cell(records, "J02", "admin1", "admin1=KE-28", measure="beds") is None


def test_services_of_active_facilities_that_say() -> None:
    records = [
        answering(facility("F1"), women_specific_programme=1, youth_programme=99),
        answering(facility("F2"), women_specific_programme=2, youth_programme=99),
        answering(facility("F3"), women_specific_programme=99, youth_programme=99),
        answering(facility("F4", status=3), women_specific_programme=1),
    ]
    records[2].record.interventions[:] = [8]
    assert cell(records, "J04", measure="women_specific") == share(1, 2)
    assert cell(records, "J04", measure="youth") == NONE_AVAILABLE
    assert cell(records, "J04", measure="oat") == share(2, 3)
    assert cell(records, "J04", measure="hiv") == share(3, 3)


@pytest.mark.parametrize(
    ("name", "assessed_on", "counted"),
    [
        ("2025", "2023-12-31", 0),
        ("2025", "2024-01-01", 1),
        ("2025", "2025-12-31", 1),
        ("2026-02", "2024-02-28", 0),
        ("2026-02", "2024-02-29", 1),
    ],
)
def test_assessed_in_the_last_24_months(name: str, assessed_on: str, counted: int) -> None:
    records = [
        facility("F1"),
        facility("F2"),
        answering(facility("F3"), reports_to_system=2),
        answering(assessment("Q1", "F1", assessed_on), assessor_kind=1),
        answering(assessment("Q2", "F3", assessed_on), assessor_kind=1),
        answering(assessment("Q3", "F1", "2022-01-01"), assessor_kind=2),
    ]
    assert cell(records, "J05", name=name) == share(counted, 2)
    by_itself = cell(records, "J05", "assessor_kind", "assessor_kind=SELF", name=name)
    assert by_itself == (share(1, 2) if counted else None)
    assert cell(records, "J05", "assessor_kind", "assessor_kind=PEER", name=name) is None


def test_levels_of_care_in_a_region() -> None:
    records = [
        facility("F1", settings=[3, 9], admin1="KE-30"),
        facility("F2", settings=[3, 5], admin1="KE-30"),
        facility("F3", settings=[7], admin1="KE-28"),
        facility("F4", settings=[6], admin1="KE-28", status=2),
    ]
    assert cell(records, "J07") == CellValue(2, 2, None, "OK")
    assert cell(records, "J07", "admin1", "admin1=KE-30") == CellValue(2, 2, None, "OK")
    assert cell(records, "J07", "admin1", "admin1=KE-28") == CellValue(0, 0, None, "OK")
