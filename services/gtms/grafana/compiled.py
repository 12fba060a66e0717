"""The compiled dashboards, as they lie in a folder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from gtms.grafana.contents import Json
from gtms.trouble import Trouble

INDEX = "index.json"
"""For each language its dashboards in order: uid, audience, title of the folder."""


class Audience(StrEnum):
    """For whom an organisation of Grafana is."""

    MINISTRY = "ministry"
    INTERNATIONAL = "international"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Page:
    """One dashboard in one language.

    Attributes:
        folder: the title of the folder it is in.
        shown: the dashboard as Grafana takes it.
    """

    uid: str
    folder: str
    shown: Json


def pages(place: Path, audience: Audience, language: str) -> tuple[Page, ...]:
    """The dashboards of an audience in the order in which they are read, the first one its home.

    Raises:
        Trouble: there are no compiled dashboards in this place, none in this language, or none
            for this audience.
    """
    index = _index(place)
    if language not in index:
        known = ", ".join(index)
        raise Trouble(
            f"there are no dashboards in the language {language!r}: choose one of {known}"
        )
    entries = [one for one in index[language] if one["audience"] == audience]
    if not entries:
        raise Trouble(f"there are no dashboards for {audience} organisations in {place}")
    return tuple(_page(place / language / f"{one['uid']}.json", one) for one in entries)


def _page(file: Path, entry: Json) -> Page:
    try:
        return Page(entry["uid"], entry["folder"], json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        raise Trouble(f"{file} is missing or damaged: `make dashboards` writes it") from None


def _index(place: Path) -> Mapping[str, Sequence[Json]]:
    try:
        index = json.loads((place / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise Trouble(
            f"there are no compiled dashboards in {place}: name their folder with"
            " GTMS_GRAFANA__DASHBOARDS"
        ) from None
    return {one["language"]: one["dashboards"] for one in index}
