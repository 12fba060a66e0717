"""The reference of B08 to E04, and the parameters of a country, worked out by hand."""

import math

import pytest

from tests.support.by_hand import NONE_AVAILABLE, answering, cell, count, days_after, share, stay
from tests.support.oracle import CellValue, Profile
from tests.support.population import admission, outcome

MALE, FEMALE = 1, 2
HEROIN, CRACK, METHAMPHETAMINE, ALCOHOL = 11, 22, 32, 80
DEATH = 5


@pytest.mark.parametrize(("waited", "soon"), [(20, 1), (21, 1), (22, 0)])
def test_within_three_weeks_of_the_request(waited: int, soon: int) -> None:
    asked = days_after("2025-03-01", -waited)
    records = [
        admission("p", "2025-03-01", request_date=asked, interventions=[3]),
        admission("q", "2025-03-01"),
    ]
    assert cell(records, "B08") == share(soon, 1)
    assert cell(records, "B08", "oat", "oat=YES") == share(soon, 1)


def test_every_start_of_a_period_waits_also_of_those_who_are_no_entrants() -> None:
    records = [
        *stay("p", "2025-01-10", 10, 12, request_date="2025-01-01"),
        admission("p", "2025-03-01", request_date="2025-01-21"),
    ]
    assert cell(records, "B08") == share(1, 2)
    assert cell(records, "B07", measure="median") == CellValue(9, None, 1, "OK")


def test_years_from_first_use_to_treatment() -> None:
    """20, 10 and one who cannot say: mean 15, sample standard deviation √50."""
    records = [
        answering(admission("a", "2025-05-01", birth_year=1990), primary_age_first_use=15),
        answering(admission("b", "2025-05-01", birth_year=2000), primary_age_first_use=15),
        silent := admission("c", "2025-05-01"),
    ]
    silent.record.ClearField("primary_age_first_use")
    assert cell(records, "B09", measure="mean") == CellValue(15, 30, 2, "OK")
    sd = cell(records, "B09", measure="sd")
    assert sd == CellValue(pytest.approx(math.sqrt(50)), None, 2, "OK")
    alone = cell(records[:1], "B09", measure="sd")
    assert alone == CellValue(None, None, 1, "NOT_AVAILABLE")
    assert cell(records[:1], "B09", "sex", "sex=MALE", measure="sd") is None
    assert cell([silent], "B09", measure="mean") == NONE_AVAILABLE


@pytest.mark.parametrize(
    ("birth_year", "children", "young"), [(2008, 1, 0), (2007, 0, 1), (2001, 0, 1), (2000, 0, 0)]
)
def test_young_people(birth_year: int, children: int, young: int) -> None:
    records = [admission("p", "2025-05-01", birth_year=birth_year)]
    assert cell(records, "C02", measure="under_18") == share(children, 1)
    assert cell(records, "C02", measure="from_18_to_24") == share(young, 1)


def test_pregnant_or_postpartum_of_women_who_could_be() -> None:
    women = [
        answering(admission(name, "2025-05-01", sex=FEMALE, birth_year=year), pregnancy=pregnancy)
        for name, year, pregnancy in [
            ("a", 1990, 1),
            ("b", 1990, 3),
            ("c", 1976, 2),
            ("d", 1990, 99),
            ("e", 1990, 98),
            ("f", 1975, 1),
        ]
    ]
    assert cell([*women, admission("g", "2025-05-01", sex=MALE)], "C03") == share(2, 3)
    assert cell(women, "C03", "oat", "oat=NO") == share(2, 3)


def test_housing_and_comorbidity_of_those_who_say_it() -> None:
    records = [
        answering(admission(f"p{place}", "2025-05-01"), housing=housing, comorbidity=comorbidity)
        for place, (housing, comorbidity) in enumerate([(21, 1), (22, 3), (3, 99), (99, 4)])
    ]
    assert cell(records, "C04") == share(2, 3)
    assert cell(records, "C05") == share(1, 3)


def test_stimulants_of_all_known_drugs() -> None:
    records = [
        admission("a", "2025-05-01", substance=CRACK),
        admission("b", "2025-05-01", substance=METHAMPHETAMINE, sex=FEMALE),
        admission("c", "2025-05-01", substance=HEROIN),
        admission("d", "2025-05-01", substance=99),
    ]
    assert cell(records, "C06") == share(2, 3)
    assert cell(records, "C06", "sex", "sex=MALE") == share(1, 2)
    assert cell(records, "C06", "route", "route=EAT_DRINK") == share(2, 3)
    assert cell(records, "C06", "substance", "substance=CRACK") == share(1, 3)
    assert cell(records, "C06", "substance", "substance=HEROIN") is None


def test_alternatives_to_conviction() -> None:
    court = {"referral": 73}
    records = [
        admission("a", "2025-05-01", birth_year=2008, **court),
        answering(admission("b", "2025-05-01", **court), ati_stage=6, ati_measure=98),
        admission("c", "2025-05-01"),
    ]
    assert cell(records, "D01") == share(2, 3)
    assert cell(records, "D02") == count(1)
    assert cell(records, "D02", "ati_stage", "ati_stage=POST_SENTENCING") == count(1)
    assert cell(records, "D02", "under_18", "under_18=YES") == count(1)


def test_consent_is_of_episodes() -> None:
    records = [
        *stay("a", "2025-05-01", 3, 12),
        answering(admission("a", "2025-05-09"), voluntariness=3),
        answering(admission("b", "2025-05-01"), voluntariness=2),
        answering(admission("c", "2025-05-01"), voluntariness=99),
    ]
    assert cell(records, "D04", measure="voluntary") == share(1, 3)
    assert cell(records, "D04", measure="without_consent") == share(1, 3)


def test_injecting_and_tests() -> None:
    said = [
        {"injecting": 23, "hiv_test": 22, "hiv_result": 2, "on_art": 1, "hcv_test": 1},
        {"injecting": 2, "hiv_test": 21, "hiv_result": 2, "on_art": 2, "hcv_test": 22},
        {"injecting": 1, "hiv_test": 22, "hiv_result": 2, "on_art": 98, "hcv_test": 22},
        {"injecting": 97, "hiv_test": 22, "hiv_result": 1, "hcv_test": 99},
        {"injecting": 22, "hiv_test": 99, "hcv_test": 97},
    ]
    records = [
        answering(admission(f"p{place}", "2025-05-01"), **answers)
        for place, answers in enumerate(said)
    ]
    assert cell(records, "E01") == share(1, 4)
    assert cell(records, "E02") == share(1, 2)
    assert cell(records, "E02", "treatment_history", "treatment_history=PREVIOUS") == share(1, 2)
    assert cell(records, "E03") == share(1, 2)
    assert cell(records, "E04") == share(1, 2)


def test_a_country_that_describes_entrants_by_their_first_start() -> None:
    records = [
        *stay("p", "2025-01-01", 10, 12, substance=HEROIN),
        *stay("p", "2025-10-01", 10, 12, substance=CRACK),
    ]
    first = Profile(attribute_episode="FIRST")
    assert cell(records, "C06") == share(1, 1)
    assert cell(records, "C06", profile=first) == share(0, 1)


def test_alcohol_is_no_treatment_in_a_country_that_counts_drugs_only() -> None:
    records = [admission("p", "2025-05-01", substance=ALCOHOL), admission("q", "2025-05-01")]
    assert cell(records, "B04") == count(2)
    assert cell(records, "B04", profile=Profile(alcohol_included=False)) == count(1)


def test_nobody_is_admitted_after_death() -> None:
    came = admission("p", "2025-05-01")
    died = outcome(came, DEATH, "2025-06-01")
    same_day, later = admission("p", "2025-06-01"), admission("p", "2025-06-02")
    assert cell([came, died, same_day, later], "B04") == count(2)
