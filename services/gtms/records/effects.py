"""What the problems across records do to counting: nothing is left out of a count silently.

The list is data (`data/effects.csv`): for each rule that needs other records, and each state that a
problem of it can be in, what becomes of the record, and which indicators leave it out.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from types import MappingProxyType


class State(StrEnum):
    """How a problem stands."""

    OPEN = "OPEN"
    AWAITING = "AWAITING"
    """What the record refers to has not come yet."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a problem of a rule in a state does to counting.

    `text` is for a national team; `excludes` names the indicators, or whole themes by their
    letter, that leave the record out.
    """

    rule_id: str
    state: State
    excludes: tuple[str, ...]
    text: str

    def concerns(self, indicator: str) -> bool:
        """Whether the indicator leaves the record out."""
        return any(indicator.startswith(each) for each in self.excludes)


def _read() -> Mapping[tuple[str, State], Effect]:
    text = files("gtms.records").joinpath("data/effects.csv").read_text(encoding="utf-8")
    listed = (
        Effect(row["rule"], State(row["state"]), tuple(row["excludes"].split()), row["effect"])
        for row in csv.DictReader(text.splitlines())
    )
    return MappingProxyType({(each.rule_id, each.state): each for each in listed})


EFFECTS: Mapping[tuple[str, State], Effect] = _read()


def excluding(indicator: str) -> tuple[Effect, ...]:
    """The problems that keep a record out of an indicator such as "H01", by rule."""
    return tuple(each for each in EFFECTS.values() if each.concerns(indicator))
