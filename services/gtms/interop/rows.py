"""What a row of a file becomes: records on their way to a service, and what is to be said of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from gtms.events.envelope import RecordMessage
from gtms.families import Family
from gtms.interop.source import Row


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One record (an XRecord message) and the row it comes from.

    `label` names the record in reports: its natural key, without what names a person.
    """

    row: int
    family: Family
    record: RecordMessage
    label: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of one row. It names the rule and the place, never the value found there."""

    row: int
    label: str
    family: str
    severity: str
    rule_id: str
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class Loss:
    """Something a row said that the record cannot say: which column, which field, what got lost."""

    column: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Converted:
    """One row, converted. Without records and findings the row held nothing to import."""

    row: int
    records: Sequence[Outgoing] = ()
    findings: Sequence[Finding] = ()
    losses: Sequence[Loss] = ()


class Conversion(Protocol):
    """How the rows of one file become records."""

    @property
    def families(self) -> Sequence[Family]:
        """The families it can give, in the order in which they are sent."""
        ...

    @property
    def notes(self) -> Sequence[str]:
        """What to tell the person before the first row: ignored columns, missing ones."""
        ...

    def convert(self, row: Row) -> Converted:
        """The records of one row. Does no input or output and raises nothing."""
        ...
