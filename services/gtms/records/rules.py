"""The catalogue of validation rules: what each rule id means, how severe it is, where it is judged.

The catalogue is data (`data/rules.csv`). What one record can answer is enforced by the .proto files
under the same ids; the rest is judged where the other records are known.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from importlib.resources import files
from types import MappingProxyType


class Severity(IntEnum):
    """What follows from a finding. The numbers are those of `treatment.common.v1.Severity`."""

    ERROR = 1
    WARNING = 2
    PENDING = 3
    CROSS = 4


class Judged(Enum):
    """Who can answer a rule.

    `RECORD` the record alone, by the .proto; `IDENTITY` the ingest service, which knows the sender;
    `PROCESSING` the loader, which knows the revisions; `PROFILE` the country's parameters;
    `REGISTRY` the other records.
    """

    RECORD = "record"
    IDENTITY = "identity"
    PROCESSING = "processing"
    PROFILE = "profile"
    REGISTRY = "registry"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `text` is the expression a national team reads, `source` the standard or reason."""

    rule_id: str
    severity: Severity
    scope: str
    text: str
    source: str
    judged: Judged


_LETTERS = {
    "E": Severity.ERROR,
    "W": Severity.WARNING,
    "P": Severity.PENDING,
    "X": Severity.CROSS,
}


def _read() -> Mapping[str, Rule]:
    text = files("gtms.records").joinpath("data/rules.csv").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            row["rule"]: Rule(
                rule_id=row["rule"],
                severity=_LETTERS[row["severity"]],
                scope=row["scope"],
                text=row["expression"],
                source=row["source_or_reason"],
                judged=Judged(row["judged"]),
            )
            for row in csv.DictReader(text.splitlines())
        }
    )


RULES: Mapping[str, Rule] = _read()
