"""Coverage and linkage are remembered per snapshot, never for another one."""

from datetime import UTC, date, datetime

from gtms.query import qualities
from gtms.query.qualities import Qualities
from gtms.warehouse.reader import Quality, Snapshot


def snapshot(period: str, version: int) -> Snapshot:
    return Snapshot(period, version, date(2026, 9, 30), datetime(2026, 9, 30, tzinfo=UTC), "{}")


def test_known_for_the_same_country_period_and_version_only():
    remembered = Qualities()
    remembered.remember("KEN", [snapshot("2025", 1)], {"2025": Quality(80.0, 90.0)})
    assert remembered.known("KEN", [snapshot("2025", 1), snapshot("2024", 1)]) == {
        "2025": Quality(80.0, 90.0)
    }
    assert not remembered.known("KEN", [snapshot("2025", 2)])
    assert not remembered.known("UGA", [snapshot("2025", 1)])


def test_that_there_is_none_is_remembered_too():
    remembered = Qualities()
    remembered.remember("KEN", [snapshot("2025", 1)], {})
    assert remembered.known("KEN", [snapshot("2025", 1)]) == {"2025": Quality(None, None)}


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(qualities, "MOST", 3)
    remembered = Qualities()
    for version in range(10):
        remembered.remember("KEN", [snapshot("2025", version)], {})
    known = [v for v in range(10) if remembered.known("KEN", [snapshot("2025", v)])]
    assert known == [9]
