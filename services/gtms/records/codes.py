"""The code lists and their crosswalks to TDI, TEDS, NDTMS, AODTS, ASCDC, SDMX and ICD.

They live once, as data (`data/codelists.csv`). The enums of `treatment/common/v1/codes.proto` have
the same names and numbers; a test compares both.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Crossing:
    """What a code is called elsewhere: `standard` is a list ("TDI", "TEDS", "TEDS LIVARAG").

    `lossy` when the source itself says that the two do not mean quite the same.
    """

    standard: str
    codes: tuple[str, ...]
    lossy: bool


@dataclass(frozen=True, slots=True)
class Code:
    """One code of a list. `extension` marks what is finer than the TDI list it belongs to."""

    number: int
    label: str
    extension: bool
    crosswalk: str
    source: str
    crossings: tuple[Crossing, ...]

    def elsewhere(self, standard: str) -> tuple[str, ...]:
        """The codes of `standard` for this one; empty when the standard has none."""
        return tuple(c for each in self.crossings if each.standard == standard for c in each.codes)


@dataclass(frozen=True, slots=True)
class Match:
    """Our codes for one foreign code, in the order of the list.

    `lossy` when the foreign code alone cannot say which of several is meant, or when the crosswalk
    says that it means not quite the same.
    """

    codes: tuple[Code, ...]
    lossy: bool


@dataclass(frozen=True, slots=True)
class CodeList:
    """One list; the name is that of the enum. 0 (not said) is never in a list."""

    name: str
    codes: tuple[Code, ...]

    def by_number(self, number: int) -> Code | None:
        """The code with this number; None when it is not in the list."""
        return next((code for code in self.codes if code.number == number), None)

    def by_label(self, label: str) -> Code | None:
        """The code with this label ("HEROIN"); None when it is not in the list."""
        return next((code for code in self.codes if code.label == label), None)

    def from_standard(self, standard: str, code: str) -> Match:
        """Our codes for `code` of `standard`, e.g. ("TEDS", "7"); no codes when it has none."""
        pairs = [
            (ours, crossing)
            for ours in self.codes
            for crossing in ours.crossings
            if crossing.standard == standard and code in crossing.codes
        ]
        lossy = len(pairs) > 1 or any(crossing.lossy for _, crossing in pairs)
        return Match(codes=tuple(ours for ours, _ in pairs), lossy=lossy)


class SubstanceGroup(StrEnum):
    """The TDI groups of substances, with alcohol, nicotine and unknown beside them."""

    OPIOIDS = "OPIOIDS"
    COCAINE = "COCAINE"
    STIMULANTS = "STIMULANTS"
    SEDATIVES = "SEDATIVES"
    HALLUCINOGENS = "HALLUCINOGENS"
    INHALANTS = "INHALANTS"
    CANNABIS = "CANNABIS"
    OTHER = "OTHER"
    ALCOHOL = "ALCOHOL"
    NICOTINE = "NICOTINE"
    UNKNOWN = "UNKNOWN"


_TENS = MappingProxyType(
    {
        1: SubstanceGroup.OPIOIDS,
        2: SubstanceGroup.COCAINE,
        3: SubstanceGroup.STIMULANTS,
        4: SubstanceGroup.SEDATIVES,
        5: SubstanceGroup.HALLUCINOGENS,
        6: SubstanceGroup.INHALANTS,
        7: SubstanceGroup.CANNABIS,
        9: SubstanceGroup.OTHER,
    }
)
_ALONE = MappingProxyType(
    {
        80: SubstanceGroup.ALCOHOL,
        81: SubstanceGroup.NICOTINE,
        96: SubstanceGroup.UNKNOWN,
        99: SubstanceGroup.UNKNOWN,
    }
)


def substance_group(number: int) -> SubstanceGroup:
    """The group of a `Substance` code. NONE, UNKNOWN and not said (0) are all UNKNOWN."""
    return _ALONE.get(number) or _TENS.get(number // 10, SubstanceGroup.UNKNOWN)


CLIENT_GROUPS: Mapping[int, str] = MappingProxyType(
    {1: "OPIATE", 2: "NON_OPIATE_AND_ALCOHOL", 3: "NON_OPIATE_ONLY", 4: "ALCOHOL_ONLY"}
)
"""The four groups of NDTMS, in which each person is once, by all substances that are named: any
opiate; else any other drug, with alcohol or without; else alcohol. Not the group of the primary
drug."""

_STANDARDS = "TDI|TEDS|NDTMS|AODTS|ASCDC|SDMX|ICD-10|ICD-11"
_NAMED = re.compile(rf"({_STANDARDS}) (.+)")
_LOSSY = "(lossy)"
_NUMBERS = r"-?\d+(?:\.\d+)?(?:,-?\d+(?:\.\d+)?)*"
_PLAIN = re.compile(rf"({_NUMBERS})(?=$|[ /(])")
_VARIABLE = re.compile(rf"(?:^|[/(])([A-Z]{{3,}}[A-Z0-9_]*)(?: |=|(?=>))((?:>=)?{_NUMBERS})")
_ICD = (("ICD-10", re.compile(r"[A-Z]\d\d")), ("ICD-11", re.compile(r"6C\d.")))


def _crossings(crosswalk: str) -> tuple[Crossing, ...]:
    return tuple(each for token in crosswalk.split(";") for each in _crossing(token.strip()))


def _crossing(token: str) -> list[Crossing]:
    """Reads one part of a crosswalk cell, e.g. "TEDS 7 (DETCRIM 1,2)": TEDS 7, TEDS DETCRIM 1 2."""
    for standard, form in _ICD:
        if form.fullmatch(token):
            return [Crossing(standard, (token,), lossy=False)]
    named = _NAMED.fullmatch(token)
    standard, rest = (named[1], named[2]) if named else ("TEDS", token)
    lossy = _LOSSY in rest
    rest = rest.replace(_LOSSY, "").strip()
    found = [
        Crossing(f"{standard} {variable}", tuple(codes.split(",")), lossy)
        for variable, codes in _VARIABLE.findall(rest)
    ]
    plain = _PLAIN.match(rest)
    if plain:
        found.insert(0, Crossing(standard, tuple(plain[1].split(",")), lossy))
    elif named and not found:
        found.append(Crossing(standard, (rest,), lossy))
    return found


def _read() -> Mapping[str, CodeList]:
    text = files("gtms.records").joinpath("data/codelists.csv").read_text(encoding="utf-8")
    lists: dict[str, list[Code]] = {}
    for row in csv.DictReader(text.splitlines()):
        lists.setdefault(row["enum"], []).append(
            Code(
                number=int(row["code"]),
                label=row["label"].removesuffix("+"),
                extension=row["label"].endswith("+"),
                crosswalk=row["crosswalk"],
                source=row["source"],
                crossings=_crossings(row["crosswalk"]),
            )
        )
    return MappingProxyType({name: CodeList(name, tuple(codes)) for name, codes in lists.items()})


CODE_LISTS: Mapping[str, CodeList] = _read()

STRUCTURED_INTERVENTIONS: frozenset[int] = frozenset(
    code.number
    for code in CODE_LISTS["Intervention"].codes
    if code.crosswalk.partition(";")[0] == "S"
)
"""The interventions that make an episode structured treatment (marked S in the code list)."""
