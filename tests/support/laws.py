"""The laws, asserted after every fault from the history of requests and from what is stored."""

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeAlias

from gtms.events.failures import Unavailable
from gtms.indicators.catalogue import CATALOGUE
from gtms.processing import cells
from gtms.processing.profiles import profiles
from gtms.processing.session import Session
from gtms.warehouse.client import Connection
from tests.support.cells import differences
from tests.support.national import NationalSystem, Verdict
from tests.support.oracle import Cells, CellValue, Profile, RecordMessage, period, reference_cells
from tests.support.stored import Stored, told

Law: TypeAlias = Callable[[], str]
"""Says what is wrong; an empty string when nothing is."""

PATIENCE_S = 240.0
PAUSE_S = 0.5
PERIODS = (
    "2023",
    "2024",
    "2025",
    "2026",
    *(f"{year}-Q{quarter}" for year in (2024, 2025, 2026) for quarter in (1, 2, 3, 4)),
    *(f"{year}-{month:02}" for year in (2024, 2025, 2026) for month in range(1, 13)),
)


def kept(system: NationalSystem, stored: Stored) -> str:
    """L1: every accepted version is there, and the registry shows the highest of each record."""
    revisions = stored.revisions(system.country)
    current = stored.current(system.country)
    best: dict[str, tuple[int, str]] = {}
    for version in revisions:
        mine = (version.revision, version.content_hash)
        best[version.record_uid] = max(best.get(version.record_uid, (0, "")), mine)
    for answer in system.history:
        if answer.verdict is Verdict.OK and told(system.country, answer.record) not in revisions:
            return f"an accepted {type(answer.record).__name__} is not in registry.revisions"
    for uid, (revision, digest) in best.items():
        if current.get(uid, (0, ""))[:2] != (revision, digest):
            return f"{uid}: the registry does not show revision {revision}"
    return ""


def whole(system: NationalSystem, stored: Stored) -> str:
    """L3: nothing is stored that was not sent, and nothing that was rejected."""
    revisions = set(stored.revisions(system.country))
    possible = {
        told(system.country, answer.record)
        for answer in system.history
        if answer.verdict is not Verdict.FAILED
    }
    strangers = revisions - possible
    return f"{len(strangers)} stored versions were never sent or were rejected" if strangers else ""


def right(
    country: str,
    sent: Iterable[RecordMessage],
    stored: Stored,
    as_of: date,
    names: Sequence[str] = PERIODS,
    profile: Profile | None = None,
) -> str:
    """L2: the cells equal the reference computed from the visible records.

    A period that has no snapshot is one in which nothing can be counted. An indicator that only
    the reference knows is not yet a difference.
    """
    found = stored.cells(country)
    shown = {each.period for each in stored.snapshots(country)}
    counted_by = profile or Profile()
    begun = [each for name in names if (each := period(name, counted_by)).first <= as_of]
    expected = reference_cells(stored.versions(country, sent), country, begun, as_of, counted_by)
    return differences(
        {
            key: value
            for key, value in expected.items()
            if key.indicator in CATALOGUE and (key.period in shown or _counts_something(value))
        },
        {key: value for key, value in found.items() if key.period in names},
    )


def _counts_something(cell: CellValue) -> bool:
    return bool(cell.value if cell.numerator is None else cell.numerator)


def eventually(*laws: Law, patience_s: float = PATIENCE_S) -> None:
    """Wait until every law holds; fail with the first that the last look found broken.

    Give what costs most to look at last: it is looked at only when the others hold.
    """
    end = time.monotonic() + patience_s
    while broken := next(filter(None, (law() for law in laws)), ""):
        assert time.monotonic() < end, f"after {patience_s} s: {broken}"
        time.sleep(PAUSE_S)


def counted(system: NationalSystem, as_of: date) -> str:
    """Nothing that was touched is still to be computed, also of years that no law looks at."""
    connection = Connection(system.stack.settings.clickhouse)
    session = Session(connection)
    try:
        waiting = cells.dirty(session, profiles(session, [system.country]), as_of=as_of)
    except Unavailable as away:
        return str(away)
    finally:
        connection.close()
    return f"{len(waiting)} periods are still to be computed" if waiting else ""


def settled(system: NationalSystem, stored: Stored, as_of: date) -> Cells:
    """The cells once L1, L2 and L3 hold; fails when they do not in time."""
    sent = {
        told(system.country, answer.record): answer.record
        for answer in system.history
        if answer.verdict is not Verdict.FAILED
    }
    eventually(
        lambda: kept(system, stored),
        lambda: whole(system, stored),
        lambda: counted(system, as_of),
        lambda: right(system.country, sent.values(), stored, as_of),
    )
    return stored.cells(system.country)
