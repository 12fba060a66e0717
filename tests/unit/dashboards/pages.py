"""The compiled dashboards, and what tests look at in them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from dashboards import COMPLETE, DASHBOARDS, Dashboard
from dashboards.__main__ import COMPILED

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """One statement of a dashboard, and where it is."""

    place: str
    sql: str
    target: Json


@cache
def compiled(language: str, uid: str) -> Json:
    made: Json = json.loads((COMPILED / language / f"{uid}.json").read_text(encoding="utf-8"))
    return made


def every_page() -> Iterator[tuple[Dashboard, str, Json]]:
    """Each dashboard in each language."""
    for one in DASHBOARDS:
        for language in COMPLETE:
            yield one, language, compiled(language, one.uid)


def panels(page: Json) -> list[Json]:
    """All but the headings."""
    return [one for one in page["panels"] if one["type"] != "row"]


def variables(page: Json) -> dict[str, Json]:
    return {one["name"]: one for one in page["templating"]["list"]}


def asked(page: Json) -> Iterator[Asked]:
    """The statements of panels and annotations."""
    for panel in panels(page):
        for target in panel.get("targets", []):
            yield Asked(f"{page['uid']}: {panel['title']}", target["rawSql"], target)
    for mark in page["annotations"].get("list", []):
        yield Asked(f"{page['uid']}: {mark['name']}", mark["target"]["rawSql"], mark["target"])


def every_statement() -> Iterator[tuple[str, str, Json]]:
    """Where, SQL and page, with the queries of variables."""
    for _, _, page in every_page():
        for one in asked(page):
            yield one.place, one.sql, page
        for name, variable in variables(page).items():
            if variable["type"] == "query":
                yield f"{page['uid']}: {name}", variable["query"], page
