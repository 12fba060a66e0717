"""Alerts as rules of Grafana.

Each is a question to ClickHouse that answers one row per thing that might be wrong, with its name
in columns of text and one number; somebody is told of every row whose number is above the limit. An
answer without rows means that nothing is wrong; no answer at all is an error, and told as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

from gtms.grafana.compiled import Audience
from gtms.grafana.contents import DATA_SOURCE, OURS, PLUGIN, Json

HOUR_S = 3600
DAY_S = 24 * HOUR_S
JUDGED_EVERY_S = {
    Audience.OPERATOR: 60,
    Audience.MINISTRY: HOUR_S,
    Audience.INTERNATIONAL: HOUR_S,
}
"""How often rules are judged: the pipeline always, figures of months and years now and then."""
PLUGIN_VERSION = "4.14.1"
_TABLE = 1
_EXPRESSION = "__expr__"
_QUESTION, _VERDICT = "A", "B"


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing that somebody is told of.

    Attributes:
        name: also of its playbook, docs/playbooks/<name>.md.
        title: what is wrong, as people are told.
        audience: whose organisations judge it, each with its own account of ClickHouse.
        asked: the statement; it has no variables.
        above: the number from which on, itself left out, somebody is told.
        back_s: `$__fromTime` of the statement is so many seconds ago, and `$__toTime` now.
        lasts: how long it has been so before somebody is told, as Grafana writes it.
        summary: one sentence; `{{ .Labels.NAME }}` is the text column NAME of the row.
    """

    name: str
    title: str
    audience: Audience
    asked: str
    above: float
    summary: str
    lasts: str = "0s"
    back_s: int = HOUR_S

    @property
    def uid(self) -> str:
        """Of its rule in Grafana."""
        return OURS + self.name


def rule(alert: Alert, playbooks: str) -> Json:
    """The rule as Grafana takes it, by call and from a file alike."""
    return {
        "uid": alert.uid,
        "title": alert.title,
        "condition": _VERDICT,
        "data": [_question(alert), _verdict(alert)],
        "noDataState": "OK",
        "execErrState": "Error",
        "for": alert.lasts,
        "annotations": {
            "summary": alert.summary,
            "runbook_url": f"{playbooks.rstrip('/')}/{alert.name}.md",
        },
        "labels": {"alert": alert.name},
        "isPaused": False,
    }


def _question(alert: Alert) -> Json:
    model = {
        "refId": _QUESTION,
        "datasource": {"type": PLUGIN, "uid": DATA_SOURCE},
        "editorType": "sql",
        "pluginVersion": PLUGIN_VERSION,
        "queryType": "table",
        "format": _TABLE,
        "rawSql": dedent(alert.asked).strip(),
        "meta": {},
        **_PACE,
    }
    return _part(_QUESTION, DATA_SOURCE, model, alert.back_s)


def _verdict(alert: Alert) -> Json:
    condition = {"type": "query", "evaluator": {"type": "gt", "params": [alert.above]}}
    model = {
        "refId": _VERDICT,
        "datasource": {"type": _EXPRESSION, "uid": _EXPRESSION},
        "type": "threshold",
        "expression": _QUESTION,
        "conditions": [condition],
        **_PACE,
    }
    return _part(_VERDICT, _EXPRESSION, model, alert.back_s)


_PACE = {"intervalMs": 1000, "maxDataPoints": 43200}
"""What Grafana adds when it is not said."""


def _part(ref: str, source: str, model: Json, back_s: int) -> Json:
    return {
        "refId": ref,
        "relativeTimeRange": {"from": back_s, "to": 0},
        "datasourceUid": source,
        "model": model,
    }
