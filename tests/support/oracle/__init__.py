"""A slow, obviously right reference of every indicator, written from the definitions alone.

It shares no code with the product but the generated record messages: where the two disagree, one
of two independent readings of the definitions is wrong.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from . import (
    capacity,
    change,
    condition,
    coverage,
    entry,
    leaving,
    mortality,
    passage,
    recovery,
    reporting,
    retention,
    trainings,
    treatment,
)
from .cells import CellKey, Cells, CellValue, Sheet
from .episodes import deaths, structured_episodes
from .facilities import register_of
from .periods import Period, Profile, period, periods_of
from .visible import RecordMessage, Version, live_records, version_of

__all__ = [
    "TABLES",
    "CellKey",
    "CellValue",
    "Cells",
    "Period",
    "Profile",
    "RecordMessage",
    "Version",
    "period",
    "periods_of",
    "reference_cells",
    "version_of",
]

TABLES = (
    treatment.TABLES
    | coverage.TABLES
    | entry.TABLES
    | condition.TABLES
    | retention.TABLES
    | leaving.TABLES
    | change.TABLES
    | passage.TABLES
    | recovery.TABLES
    | mortality.TABLES
    | capacity.TABLES
    | trainings.TABLES
    | reporting.TABLES
)


def reference_cells(
    versions: Iterable[Version],
    country: str,
    periods: Sequence[Period],
    as_of: date,
    profile: Profile | None = None,
) -> Cells:
    """Every cell of the country in the periods, computed on the day as_of.

    `versions` are all record versions ever received, in any order, of any country, duplicates and
    retractions included.
    """
    profile = profile or Profile()
    live = live_records(versions, country)
    register = register_of(live)
    episodes = structured_episodes(live, register, as_of, profile)
    died = deaths(live, episodes)
    cells: Cells = {}
    for each in periods:
        sheets = {
            indicator: Sheet(cells, country, each, indicator, tables)
            for indicator, tables in TABLES.items()
        }
        treatment.write(sheets, episodes, each, as_of, profile)
        coverage.write(sheets, live, episodes, each, as_of, profile)
        entry.write(sheets, episodes, each, profile)
        condition.write(sheets, episodes, each, profile)
        retention.write(sheets, episodes, each, as_of, profile)
        leaving.write(sheets, episodes, each)
        change.write(sheets, episodes, each)
        passage.write(sheets, episodes, each, as_of)
        recovery.write(sheets, episodes, died, each, as_of)
        mortality.write(sheets, episodes, died, each, as_of)
        capacity.write(sheets, live, register, each, as_of, profile)
        trainings.write(sheets, live, each)
        reporting.write(sheets, live, register, each, as_of)
    return cells
