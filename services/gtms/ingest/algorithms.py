"""By which algorithms each country makes its pseudonyms: a list that an operator keeps.

A country that changes its algorithm without saying so makes new people of all its old ones, and
nobody would see why. What is in no list is judged by the schemas alone: any algorithm they know.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from gtms.credentials.watched import Watched
from gtms.events.envelope import RecordMessage
from gtms.ingest.identity import COUNTRIES
from gtms.records.identifiers import content
from gtms.records.rules import Severity
from gtms.records.validation import Problem

Algorithms = Mapping[str, frozenset[str]]
"""Ids of algorithms by country."""

FIELD = "linkage_algo"
NONE: Algorithms = MappingProxyType({})


def registered_in(file: Path | None) -> Callable[[], Algorithms]:
    """What the file says now; raises Trouble when it cannot be read or makes no sense at first."""
    if file is None:
        return lambda: NONE
    return Watched((file,), lambda contents: algorithms(contents[0]))


def algorithms(text: bytes) -> Algorithms:
    """Read the list: a line is a country and its algorithms, `KEN nid-luhn-v1`; `#` is a remark.

    Raises:
        ValueError: a line begins with no country, or names no algorithm.
    """
    found: dict[str, frozenset[str]] = {}
    for number, line in enumerate(text.decode().splitlines(), start=1):
        country, *named = line.partition("#")[0].split() or [""]
        if not country:
            continue
        if country not in COUNTRIES or not named:
            raise ValueError(f"line {number} is no country and its algorithms, as: KEN nid-luhn-v1")
        found[country] = found.get(country, frozenset()) | set(named)
    return found


def unregistered(record: RecordMessage, country: str, known: Algorithms) -> list[Problem]:
    """What is wrong with the algorithm that the record names, when the country has others."""
    said: str = getattr(content(record), FIELD, "")
    if not said or said in known.get(country, (said,)):
        return []
    text = "is not an algorithm that your country has registered"
    return [Problem("R061", Severity.ERROR, f"record.{FIELD}", text)]
