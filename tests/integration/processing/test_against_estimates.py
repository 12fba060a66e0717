"""People, beds and places set against estimates, whatever there are and whenever they came."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import pytest

from gtms.stack.lifecycle import EmbeddedStack
from tests.support.cells import differences
from tests.support.engine import Engine
from tests.support.laws import right
from tests.support.oracle import CellKey, CellValue, Profile, RecordMessage
from tests.support.population import (
    admission,
    capacity,
    discharge,
    estimate,
    facility,
    profile,
    received,
    retraction,
    review,
)

AS_OF = date(2025, 12, 31)
MALE, FEMALE = 1, 2
HEROIN, COCAINE, ALCOHOL, NICOTINE = 11, 21, 80, 81
OPIOIDS, COCAINES = 10, 20
DISORDER, DEPENDENT, POPULATION, DEPENDENT_INJECTORS = 1, 3, 4, 6
METHADONE = 3


def _of_disorders(country: str) -> list[RecordMessage]:
    return [
        estimate(DISORDER, 2025, 1000, 500, 2000, country=country),
        estimate(DISORDER, 2025, 40, country=country, sex=MALE),
        estimate(DISORDER, 2025, 10, 0, 20, country=country, sex=FEMALE),
        estimate(DISORDER, 2025, 20, 10, 30, country=country, substance_group=OPIOIDS),
        estimate(DISORDER, 2025, 50, country=country, substance_group=COCAINES),
        estimate(DISORDER, 2025, 60, country=country, substance_group=30),
        estimate(DISORDER, 2025, 70, country=country, substance_group=ALCOHOL),
        *(
            estimate(DISORDER, 2025, size, country=country, sex=sex, substance_group=group)
            for group in (OPIOIDS, COCAINES, ALCOHOL)
            for sex, size in ((MALE, 33 + group), (FEMALE, 7 + group))
        ),
        estimate(DISORDER, 2024, 5, country=country),
        estimate(DISORDER, 2026, 6, country=country),
    ]


def _of_injectors(country: str) -> list[RecordMessage]:
    return [
        estimate(DEPENDENT_INJECTORS, 2025, 8, 4, 16, country=country),
        estimate(DEPENDENT_INJECTORS, 2025, 5, country=country, age_hi=24),
        estimate(DEPENDENT_INJECTORS, 2025, 4, country=country, age_lo=15, age_hi=24),
        estimate(DEPENDENT_INJECTORS, 2025, 3, country=country, age_lo=18, age_hi=24),
        estimate(DEPENDENT_INJECTORS, 2025, 2, country=country, age_lo=25, age_hi=64),
        estimate(DEPENDENT_INJECTORS, 2025, 5, country=country, admin1="KE-30"),
        estimate(DEPENDENT_INJECTORS, 2025, 5, country=country, admin1="KE-28"),
        estimate(DEPENDENT_INJECTORS, 2025, 9, country=country, admin1="KE-30", sex=MALE),
        estimate(DEPENDENT, 2025, 20, country=country),
        estimate(DEPENDENT, 2025, 11, 10, 12, country=country, sex=MALE),
    ]


def _of_inhabitants(country: str) -> list[RecordMessage]:
    return [
        estimate(POPULATION, 2025, 50_000, 1, 2, country=country, age_lo=15, age_hi=64),
        estimate(POPULATION, 2025, 20_000, country=country, age_lo=15, age_hi=64, admin1="KE-30"),
        estimate(POPULATION, 2025, 9_000, country=country, age_lo=15, age_hi=64, admin1="KE-99"),
        estimate(POPULATION, 2025, 99_000, country=country),
        estimate(POPULATION, 2025, 70_000, country=country, age_lo=0, age_hi=64),
    ]


def _all(country: str) -> list[RecordMessage]:
    return [*_of_disorders(country), *_of_injectors(country), *_of_inhabitants(country)]


def _of_women_alone(country: str) -> list[RecordMessage]:
    return [estimate(DISORDER, 2025, 10, country=country, sex=FEMALE)]


def _of_nobody(country: str) -> list[RecordMessage]:
    return [estimate(DISORDER, 2025, 0, 0, 0, country=country)]


def _none(_: str) -> list[RecordMessage]:
    return []


ESTIMATES: Mapping[str, Callable[[str], list[RecordMessage]]] = {
    "KEN": _all,
    "UGA": _of_women_alone,
    "TZA": _of_nobody,
    "RWA": _none,
    "BDI": _all,
    "GBR": _all,
}
#: Set before anything else arrives.
PROFILES = {
    "BDI": ({"alcohol_included": False}, Profile(alcohol_included=False)),
    "GBR": ({"year_start": 7}, Profile(year_start=7)),
}


def people() -> list[RecordMessage]:
    """Of both sexes and several drugs; of four in Nairobi one moves on to another region."""
    moved = admission("a", "2025-02-01", sex=MALE, birth_year=2003, interventions=[METHADONE])
    return [
        facility("F1", admin1="KE-30"),
        facility("F2", admin1="KE-28"),
        capacity("F1", "2025-03-31", 10, 5),
        capacity("F2", "2025-03-31", 20, 5),
        capacity("F2", "2025-06-30", 30),
        moved,
        discharge(moved, "2025-06-01", 21),
        admission(
            "a", "2025-06-03", sex=MALE, birth_year=2003, interventions=[METHADONE],
            facility_id="F2",
        ),
        came := admission("b", "2025-05-01", sex=FEMALE, interventions=[METHADONE]),
        review(came, "2025-07-01"),
        admission("c", "2025-05-01", sex=FEMALE, substance=COCAINE),
        admission("d", "2025-05-01", sex=FEMALE, substance=ALCOHOL),
        admission("e", "2025-05-01", sex=MALE, substance=NICOTINE),
        admission("f", "2025-09-01", sex=MALE, substance=HEROIN),
    ]  # fmt: skip


def told(country: str) -> list[RecordMessage]:
    return [received(record, country) for record in people()]


def estimated(country: str) -> list[RecordMessage]:
    return [received(record, country) for record in ESTIMATES[country](country)]


def meant(country: str) -> Profile:
    return PROFILES[country][1] if country in PROFILES else Profile()


def wrong(engine: Engine, country: str) -> str:
    sent = [*told(country), *estimated(country)]
    return right(country, sent, engine.stored, AS_OF, profile=meant(country))


@pytest.fixture
def engine(stack: EmbeddedStack) -> Iterator[Engine]:
    taking = Engine(stack.settings.clickhouse)
    taking.forget_everything()
    taking.take(
        [received(profile(**said), country) for country, (said, _) in PROFILES.items()], AS_OF
    )
    yield taking
    taking.forget_everything()
    taking.close()


def test_estimates_count_whenever_they_come_until_they_are_taken_back(engine: Engine) -> None:
    engine.take([each for country in ESTIMATES for each in told(country)], AS_OF)
    without = {country: engine.stored.cells(country) for country in ESTIMATES}
    engine.take([each for country in ESTIMATES for each in estimated(country)], AS_OF)
    for country in ESTIMATES:
        assert not wrong(engine, country)

    cells = engine.stored.cells("KEN")
    of_opioids = CellKey(
        "KEN", "2025", "A06", "value", "substance_group", "substance_group=OPIOIDS"
    )
    women, men = 100 * 1 / 17, 100 * 2 / 43
    assert cells[of_opioids] == CellValue(pytest.approx(women / men), women, men, "OK")
    beds = CellKey("KEN", "2025", "J02", "beds", "", "")
    assert cells[beds] == CellValue(pytest.approx(80), 40, 50_000, "OK")

    engine.take(
        [
            received(retraction(each, 2), country)
            for country in ESTIMATES
            for each in ESTIMATES[country](country)
        ],
        AS_OF,
    )
    for country in ESTIMATES:
        assert not differences(without[country], engine.stored.cells(country))


def test_people_count_against_estimates_that_were_there_before(engine: Engine) -> None:
    engine.take([each for country in ESTIMATES for each in estimated(country)], AS_OF)
    engine.take([each for country in ESTIMATES for each in told(country)], AS_OF)
    for country in ESTIMATES:
        assert not wrong(engine, country)
