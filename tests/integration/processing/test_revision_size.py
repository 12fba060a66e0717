"""L05: how much what was published last differs from what was published first."""

from collections.abc import Iterator
from datetime import date

import pytest

from gtms.stack.lifecycle import EmbeddedStack
from tests.support.engine import Engine
from tests.support.oracle import CellValue
from tests.support.population import admission, received

AS_OF = date(2025, 12, 31)
PUBLISHED = """
INSERT INTO published.cells (country, period, vintage, indicator, measure, by, key, value, status,
                             published_at) VALUES
    ('KEN', '2025', 1, 'B01', 'value', '', '', 200, 'OK', '2026-01-01 00:00:00'),
    ('KEN', '2025', 2, 'B01', 'value', '', '', 999, 'OK', '2026-02-01 00:00:00'),
    ('KEN', '2025', 3, 'B01', 'value', '', '', 230, 'OK', '2026-03-01 00:00:00'),
    ('KEN', '2025', 1, 'B01', 'value', 'sex', 'sex=MALE', 100, 'OK', '2026-01-01 00:00:00'),
    ('KEN', '2025', 1, 'C01', 'value', '', '', 12.5, 'OK', '2026-01-01 00:00:00'),
    ('KEN', '2025', 2, 'C01', 'value', '', '', 12.375, 'OK', '2026-02-01 00:00:00'),
    ('KEN', '2025', 1, 'G01', 'value', '', '', NULL, 'SUPPRESSED_PRIMARY', '2026-01-01 00:00:00'),
    ('KEN', '2025', 1, 'A05', 'value', '', '', -3, 'OK', '2026-01-01 00:00:00'),
    ('KEN', '2025', 1, 'F03', 'median', '', '', 30, 'OK', '2026-01-01 00:00:00'),
    ('KEN', '2025-05', 1, 'B01', 'value', '', '', 7, 'OK', '2026-01-01 00:00:00'),
    ('UGA', '2025', 1, 'B02', 'value', '', '', 7, 'OK', '2026-01-01 00:00:00')
"""
REPEATED = """
INSERT INTO published.cells (country, period, vintage, indicator, measure, by, key, value, status,
                             published_at) VALUES
    ('KEN', '2025', 3, 'B01', 'value', '', '', 220, 'OK', '2026-03-01 00:00:01')
"""


@pytest.fixture
def engine(stack: EmbeddedStack) -> Iterator[Engine]:
    taking = Engine(stack.settings.clickhouse)
    taking.forget_everything()
    yield taking
    taking.stored.rows("TRUNCATE TABLE published.cells")
    taking.forget_everything()
    taking.close()


def revision_sizes(engine: Engine) -> dict[tuple[str, str], CellValue]:
    engine.take([received(admission("p", "2025-05-01"), "KEN")], AS_OF)
    return {
        (key.period, key.key): value
        for key, value in engine.stored.cells("KEN").items()
        if key.indicator == "L05"
    }


def test_nothing_while_nothing_was_published(engine: Engine) -> None:
    assert revision_sizes(engine) == {}


def test_the_newest_vintage_against_the_first(engine: Engine) -> None:
    engine.stored.rows(PUBLISHED)
    engine.stored.rows(REPEATED)
    assert revision_sizes(engine) == {
        ("2025", "indicator=B01"): CellValue(pytest.approx(10.0), 20, 200, "OK"),
        ("2025", "indicator=C01"): CellValue(pytest.approx(-1.0), -0.125, 12.5, "OK"),
        ("2025-05", "indicator=B01"): CellValue(0, 0, 7, "OK"),
    }
