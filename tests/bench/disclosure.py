"""(g) What it costs to make a country's year publishable, and to attack it.

The year, its quarters and its months with all indicators, at once: nothing costs more.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from gtms.indicators.catalogue import CATALOGUE
from gtms.privacy.cells import SUPPRESSED, Cell, Status
from gtms.privacy.disclosure import attack
from gtms.privacy.suppression import protect
from tests.bench.drawn import today
from tests.bench.figures import Aim, Figure, Measured
from tests.bench.machine import peaks
from tests.bench.national import bring_up_to_date, fill
from tests.bench.sizes import Sizes
from tests.bench.stacks import Say, new_stack
from tests.support.stored import Stored

PART = "disclosure"
COUNTRY = "POL"
AIM = Aim(60.0, at_least=False)

Answer = TypeVar("Answer")

_CELLS = """
SELECT indicator, measure, period, dimensions, value, numerator, denominator, status
FROM indicators.cells
WHERE country = %(country)s AND startsWith(period, %(year)s) AND (period, version) IN (
    SELECT period, version FROM indicators.snapshots FINAL WHERE country = %(country)s
)
ORDER BY period, indicator, measure, by, key
"""


@dataclass(frozen=True, slots=True)
class _Took:
    wall: float
    cpu: float


def measure(sizes: Sizes, say: Say) -> Measured:
    """Fill a country, then protect and attack the last year that is over."""
    with new_stack(say) as stack:
        clickhouse = stack.settings.clickhouse
        say(f"storing {sizes.disclosure:,} admissions in {COUNTRY}")
        fill(clickhouse, [(COUNTRY, sizes.disclosure, 0)])
        bring_up_to_date(clickhouse, [COUNTRY], say)
        cells = _cells(Stored(clickhouse))
        say(f"protecting and attacking {len(cells):,} cells")
        published, protecting = _timed(lambda: protect(cells, CATALOGUE))
        breaches, attacking = _timed(lambda: attack(published, CATALOGUE))
        if breaches:
            raise RuntimeError(f"the attack finds {len(breaches)} breaches")
        figures = _figures(sizes, published, protecting, attacking)
        return Measured(figures, peaks(PART, stack))


def _cells(stored: Stored) -> list[Cell]:
    rows = stored.rows(_CELLS, country=COUNTRY, year=f"{today().year - 1:04}")
    stored.close()
    return [
        Cell(*row[:3], tuple(sorted(row[3].items())), *row[4:7], Status(row[7])) for row in rows
    ]


def _timed(work: Callable[[], list[Answer]]) -> tuple[list[Answer], _Took]:
    wall, cpu = time.perf_counter(), time.process_time()
    done = work()
    return done, _Took(time.perf_counter() - wall, time.process_time() - cpu)


def _figures(
    sizes: Sizes, published: Sequence[Cell], protecting: _Took, attacking: _Took
) -> list[Figure]:
    what = f"a year of {sizes.disclosure:,} admissions in all, its quarters and months"
    hidden = 100 * sum(cell.status in SUPPRESSED for cell in published) / max(1, len(published))
    together = protecting.wall + attacking.wall
    return [
        Figure(PART, f"{what}: protect and attack", "s", (together,), aim=AIM),
        Figure(PART, "… protect", "CPU s", (protecting.cpu,)),
        Figure(PART, "… attack", "CPU s", (attacking.cpu,)),
        Figure(PART, "… cells", "cells", (float(len(published)),)),
        Figure(PART, "… of them hidden", "%", (hidden,)),
    ]
