"""Somebody who opens a compiled dashboard: choices as Grafana makes them, every statement asked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from clickhouse_driver import Client
from clickhouse_driver.errors import Error

from dashboards import Audience, Dashboard
from gtms.warehouse import passwords
from gtms.warehouse.accounts import GRAFANA_OPERATOR, INTERNATIONAL, ministry
from tests.support.clickhouse import Warehouse
from tests.support.grafana_queries import ALL, Chosen, NotExpanded, View, kind

Json = dict[str, Any]
PLENTY, LITTLE, NOTHING = "KEN", "UGA", "RWA"
POINTS = 500
"""Across a panel."""
_SINCE = re.compile(r"now-(\d+)([hdMy])")
_LENGTHS = {"h": 3_600, "d": 86_400, "M": 2_592_000, "y": 31_536_000}


@dataclass(frozen=True, slots=True)
class Answer:
    """What ClickHouse answered: columns with their types, and rows."""

    columns: Mapping[str, str]
    rows: Sequence[tuple[Any, ...]]

    def kinds(self) -> list[str]:
        return [kind(one) for one in self.columns.values()]


@dataclass(frozen=True, slots=True)
class Reader:
    """One account at a server."""

    client: Client

    @classmethod
    def of(cls, warehouse: Warehouse, account: str) -> "Reader":
        secret = passwords.derived(warehouse.server.password(), account)
        server = warehouse.server
        return cls(Client(server.host, port=server.port, user=account, password=secret))

    def ask(self, sql: str) -> Answer:
        rows, columns = self.client.execute(sql, with_column_types=True)
        assert len(dict(columns)) == len(columns), "two columns have the same name"
        return Answer(dict(columns), rows)


def account(one: Dashboard, country: str) -> str:
    return {
        Audience.MINISTRY: ministry(country),
        Audience.INTERNATIONAL: INTERNATIONAL,
        Audience.OPERATOR: GRAFANA_OPERATOR,
    }[one.audience]


def opened(reader: Reader, page: Json, *, last: bool = False) -> View:
    """The dashboard as it opens, or with the last of each variable's labels chosen."""
    since = _SINCE.fullmatch(page["time"]["from"])
    assert since is not None, page["time"]
    seconds, until = int(since[1]) * _LENGTHS[since[2]], datetime.now(UTC)
    choices: dict[str, Chosen] = {}
    view = View(choices, until - timedelta(seconds=seconds), until, max(1, seconds // POINTS))
    for variable in page["templating"]["list"]:
        if variable["type"] == "datasource":
            continue
        found = tuple(_options(reader, view, variable))
        choices[variable["name"]] = _chosen(variable, found, last=last)
    return view


def _options(reader: Reader, view: View, variable: Json) -> Iterator[str]:
    if variable["type"] == "custom":
        for each in re.split(r",\s*", variable["query"]):
            yield each.rpartition(" : ")[2].strip()
        return
    answer = reader.ask(view.expanded(variable["query"]))
    assert answer.kinds() in (["text"], ["text", "text"]), f"variable {variable['name']}"
    yield from (str(row[0]) for row in answer.rows)


def _chosen(variable: Json, options: tuple[str, ...], *, last: bool) -> Chosen:
    several, everything = variable.get("multi"), variable.get("includeAll")
    every = variable.get("allValue")
    if everything and not last:
        return Chosen((ALL,) if several else ALL, options, every)
    if not options:
        return Chosen(() if several else "", options, every)
    one = options[-1] if last else options[0]
    return Chosen((one,) if several else one, options, every)


def wrong(reader: Reader, view: View, page: Json, *, filled: bool) -> Iterator[str]:
    """What panels and annotations would not show; `filled`: there is something to be shown."""
    for panel in page["panels"]:
        for target in panel.get("targets", []):
            for what in _wrong(reader, view, panel, target, filled=filled):
                yield f"{panel['title']}: {what}"
    for mark in page["annotations"]["list"]:
        try:
            answer = reader.ask(view.expanded(mark["target"]["rawSql"]))
        except (Error, NotExpanded) as refusal:
            yield f"{mark['name']}: {str(refusal)[:400]}"
            continue
        if [answer.columns.get("time"), answer.columns.get("text")] == [None, None]:
            yield f"{mark['name']}: an annotation has a time and a text"


def _wrong(reader: Reader, view: View, panel: Json, target: Json, *, filled: bool) -> Iterator[str]:
    try:
        answer = reader.ask(view.expanded(target["rawSql"]))
    except (Error, NotExpanded) as refusal:
        yield str(refusal)[:400]
        return
    yield from misfits(panel["type"], target["format"], answer)
    if filled and not answer.rows:
        yield "nothing, though there are figures"


def misfits(panel: str, form: int, answer: Answer) -> Iterator[str]:
    """Why an answer is not what a kind of panel draws."""
    kinds, rows = answer.kinds(), answer.rows
    fits = {
        "timeseries": form == 0
        and kinds[0] == "time"
        and "number" in kinds
        and kinds.count("text") <= 1
        and [row[0] for row in rows] == sorted(row[0] for row in rows),
        "bargauge": kinds[0] == "text" and set(kinds[1:]) == {"number"},
        "barchart": kinds[0] == "text" and set(kinds[1:]) == {"number"},
        "stat": bool({"number", "time"} & set(kinds)) and len(rows) <= 1,
        "geomap": {"text", "number"} <= set(kinds),
        "table": True,
    }
    if "other" in kinds or not fits[panel]:
        yield f"a {panel} does not draw {len(rows)} rows of {dict(answer.columns)} (format {form})"
