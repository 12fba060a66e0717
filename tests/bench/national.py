"""Countries whose registry is full before anything is measured, episodes and cells included.

Records go through the loader's own writer and the worker's own rebuild and recompute, only in
larger pieces and without Kafka between them.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from gtms.config import ClickHouse
from gtms.families import FAMILIES
from gtms.processing import cells, days, timelines
from gtms.processing.session import Session
from gtms.processing.timelines import Touched
from gtms.records.profiles import DEFAULT_PROFILE
from gtms.simulate.simulation import Simulation
from gtms.warehouse.client import Connection
from tests.bench.drawn import population, today
from tests.bench.filling import Sent, in_batches, on_all_cores, store

PEOPLE_AT_ONCE = 100_000
MERGED_WITHIN_S = 600.0
QUIET_LOOKS = 3
COHORT = 50_000
"""Admissions that are drawn together: a larger country is several populations."""

_PERSONS = """
SELECT country, any(record_uid), client_pseudonym FROM registry.admissions
WHERE country IN ({countries}) GROUP BY country, client_pseudonym ORDER BY country, client_pseudonym
"""


@dataclass(frozen=True, slots=True)
class Stored:
    """A country with its first admissions stored, and the records that come after them."""

    country: str
    admissions: int
    later: Sequence[Sent] = ()


def fill(server: ClickHouse, wanted: Sequence[tuple[str, int, int]]) -> list[Stored]:
    """Store (country, admissions, further admissions to be drawn and kept back) of each country."""
    tasks: list[tuple[ClickHouse, Simulation, int]] = []
    for country, admissions, later in wanted:
        for number, start in enumerate(range(0, admissions, COHORT)):
            most = min(COHORT, admissions - start)
            tasks.append((server, population(country, most + later, seed=number), most))
    kept = on_all_cores(store, tasks)
    by_country: dict[str, list[Sent]] = {country: [] for country, _, _ in wanted}
    for (_, simulation, _), records in zip(tasks, kept, strict=True):
        by_country[simulation.country] += records
    return [Stored(country, admissions, by_country[country]) for country, admissions, _ in wanted]


def bring_up_to_date(
    server: ClickHouse, countries: Sequence[str], say: Callable[[str], None]
) -> None:
    """Derive all episodes of the countries, compute all their cells, and let ClickHouse merge.

    It merges what was stored for minutes, on the cores that are measured next.
    """
    as_of = today()
    connection = Connection(server.model_copy(update={"query_timeout_s": 600.0}))
    session = Session(connection)
    try:
        _rebuild(session, countries, as_of)
        profiles = dict.fromkeys(countries, DEFAULT_PROFILE)
        units = cells.dirty(session, profiles, as_of=as_of)
        say(f"computing {len(units):,} snapshots")
        cells.recompute(session, units, as_of=as_of, profiles=profiles)
        days.enrol(session, countries, as_of)
        say("waiting until ClickHouse has merged what was stored")
        _until_merged(session, say)
    finally:
        connection.close()


def _until_merged(session: Session, say: Callable[[str], None]) -> None:
    quiet, end = 0, time.monotonic() + MERGED_WITHIN_S
    while quiet < QUIET_LOOKS and time.monotonic() < end:
        merging = session.query("SELECT count() FROM system.merges")
        quiet = quiet + 1 if merging == [(0,)] else 0
        time.sleep(1.0)
    if quiet < QUIET_LOOKS:
        say(f"it is still merging after {MERGED_WITHIN_S:g} s: the figures are too high")


def _rebuild(session: Session, countries: Sequence[str], as_of: date) -> None:
    code = FAMILIES["admission"].code
    listed = ", ".join(f"'{country}'" for country in countries)
    persons = session.query(_PERSONS.format(countries=listed))
    for batch in in_batches(persons, PEOPLE_AT_ONCE):
        timelines.rebuild(
            session,
            [Touched(str(country), code, str(uid), str(person)) for country, uid, person in batch],
            as_of=as_of,
            profiles=dict.fromkeys(countries, DEFAULT_PROFILE),
        )
