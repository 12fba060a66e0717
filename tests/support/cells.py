"""Comparing cells so that the first difference is readable."""

import math
from dataclasses import replace

from tests.support.oracle import CellKey, Cells, CellValue

SHOWN = 12


def differences(expected: Cells, actual: Cells) -> str:
    """The first differing cells, a line each and a count; empty when all are the same."""
    keys = sorted(
        expected.keys() | actual.keys(),
        key=lambda key: (len(key.by), key.indicator, key.period, key.measure, key.by, key.key),
    )
    wrong = [key for key in keys if not _same(expected.get(key), actual.get(key))]
    if not wrong:
        return ""
    lines = [_line(key, expected.get(key), actual.get(key)) for key in wrong[:SHOWN]]
    indicators = ", ".join(sorted({key.indicator for key in wrong}))
    return "\n".join([f"{len(wrong)} of {len(keys)} cells differ ({indicators}):", *lines])


def _same(expected: CellValue | None, actual: CellValue | None) -> bool:
    if expected is None or actual is None:
        return expected is actual
    return (
        expected.status == actual.status
        and _close(expected.value, actual.value)
        and _close(expected.numerator, actual.numerator)
        and _close(expected.denominator, actual.denominator)
    )


def _close(expected: float | None, actual: float | None) -> bool:
    if expected is None or actual is None:
        return expected is actual
    return math.isclose(expected, actual, rel_tol=1e-9, abs_tol=1e-9)


def _line(key: CellKey, expected: CellValue | None, actual: CellValue | None) -> str:
    where = f"{key.country} {key.period} {key.indicator}/{key.measure} {key.key or 'total'}"
    return f"  {where}: expected {_shown(expected)}, got {_shown(actual)}"


def _shown(cell: CellValue | None) -> str:
    if cell is None:
        return "no cell"
    return f"{cell.value} = {cell.numerator}/{cell.denominator} {cell.status}"


def moved_to(cells: Cells, country: str) -> Cells:
    """The same cells as another country's."""
    return {replace(key, country=country): value for key, value in cells.items()}
