"""How much is measured."""

from dataclasses import dataclass

from gtms.indicators.catalogue import CATALOGUE


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of the parts; the defaults fit into fifteen minutes on two idle cores.

    `rounds`: of ingest and loader. `ingest_records`, `loader_records`: admissions in one round.
    `countries`, `admissions`: stored before freshness is measured, so many in each. `per_second`,
    `seconds`: the records sent then, after `warm_up_s` that are not looked at. `growth`: admissions
    stored in each country that one record is sent to, `single_records` of them one after the other.
    `cost`: admissions in each of the two countries of which recomputing is taken apart; `alone`:
    how many indicators are then computed without the others.
    `disclosure`: admissions in the country of which a year is protected and attacked.
    `dashboards`: how often the twenty queries are asked.
    """

    rounds: int = 3
    ingest_records: int = 40_000
    loader_records: int = 200_000
    countries: int = 50
    admissions: int = 2_000
    per_second: int = 200
    warm_up_s: int = 20
    seconds: int = 60
    growth: tuple[int, ...] = (10_000, 100_000, 1_000_000)
    single_records: int = 5
    cost: int = 200_000
    alone: int = len(CATALOGUE)
    disclosure: int = 20_000
    dashboards: int = 20


QUICK = Sizes(
    rounds=1,
    ingest_records=4_000,
    loader_records=40_000,
    countries=10,
    admissions=200,
    per_second=50,
    warm_up_s=5,
    seconds=10,
    growth=(1_000, 10_000),
    single_records=1,
    cost=2_000,
    alone=3,
    disclosure=500,
    dashboards=3,
)
