"""Single cells of the reference, asked and expected in the words of a case worked out by hand."""

from collections.abc import Sequence
from datetime import date, timedelta

from google.protobuf.message import Message

from tests.support.oracle import (
    CellKey,
    CellValue,
    Profile,
    RecordMessage,
    period,
    reference_cells,
    version_of,
)
from tests.support.population import COUNTRY, admission, discharge, received

AS_OF = date(2026, 9, 30)
NONE_AVAILABLE = CellValue(None, 0, 0, "NOT_AVAILABLE")


def cell(
    records: Sequence[RecordMessage],
    indicator: str,
    by: str = "",
    key: str = "",
    *,
    name: str = "2025",
    measure: str = "value",
    as_of: date = AS_OF,
    profile: Profile | None = None,
) -> CellValue | None:
    profile = profile or Profile()
    versions = [version_of(received(each)) for each in records]
    cells = reference_cells(versions, COUNTRY, [period(name, profile)], as_of, profile)
    return cells.get(CellKey(COUNTRY, name, indicator, measure, by, key))


def count(number: int) -> CellValue:
    return CellValue(number, number, None, "OK")


def share(numerator: float, denominator: int) -> CellValue:
    return CellValue(100 * numerator / denominator, numerator, denominator, "OK")


def stay(person: str, start: str, days: int, reason: int, **said: int) -> list[RecordMessage]:
    came = admission(person, start, **said)
    left = date.fromisoformat(start) + timedelta(days=days)
    return [came, discharge(came, left.isoformat(), reason)]


def answering(record: RecordMessage, **answers: int) -> RecordMessage:
    """The record with other answers."""
    said: Message = record.record
    for name, answer in answers.items():
        setattr(said, name, answer)
    return record


def days_after(start: str, days: int) -> str:
    return (date.fromisoformat(start) + timedelta(days=days)).isoformat()
