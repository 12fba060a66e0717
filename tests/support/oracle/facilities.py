"""The register of facilities as rows that replace each other in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from . import codes
from .visible import Facility, Live


def valid_on(row: Facility, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)


@dataclass(frozen=True, slots=True)
class Register:
    """Every live facility row."""

    rows: tuple[Facility, ...]

    @property
    def facility_ids(self) -> list[str]:
        return sorted({row.facility_id for row in self.rows})

    def row_valid_on(self, facility_id: str, day: date) -> Facility | None:
        """The row valid on the day; of several the one that began last."""
        valid = [row for row in self.rows if row.facility_id == facility_id and valid_on(row, day)]
        return max(valid, key=lambda row: row.valid_from, default=None)

    def row_describing(self, facility_id: str, day: date) -> Facility | None:
        """The row valid on the day, else the facility's earliest row, else None."""
        known = [row for row in self.rows if row.facility_id == facility_id]
        return self.row_valid_on(facility_id, day) or min(
            known, key=lambda row: row.valid_from, default=None
        )

    def admin1(self, facility_id: str, day: date) -> str:
        row = self.row_describing(facility_id, day)
        return row.admin1_code if row else codes.UNKNOWN

    def settings(self, facility_id: str, day: date) -> frozenset[str]:
        row = self.row_describing(facility_id, day)
        return frozenset(map(codes.setting, row.settings)) if row else frozenset({codes.UNKNOWN})


def register_of(live: Sequence[Live]) -> Register:
    return Register(tuple(each.content for each in live if isinstance(each.content, Facility)))
