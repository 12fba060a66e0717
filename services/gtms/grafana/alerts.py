"""Alerts: what is asked, from which value on somebody is told, which playbook says what to do.

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
INTERVAL_S = 60
"""How often rules are judged."""
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
        summary: one sentence; `{{ $labels.NAME }}` is the text column NAME of the row.
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


_COVERAGE_DROP = Alert(
    name="coverage-drop",
    title="Fewer facilities report than before",
    audience=Audience.MINISTRY,
    asked="""
        SELECT
            toString(country) AS country,
            avgIf(value, time < newest) - avgIf(value, time = newest) AS points
        FROM
        (
            SELECT country, time, value, max(time) OVER (PARTITION BY country) AS newest
            FROM published.provisional_over(
                indicators = ['L01'], by = '', like = '2000-01',
                since = $__fromTime, until = $__toTime)
            WHERE measure = 'value' AND value IS NOT NULL AND addDays(time, 62) < $__toTime
        )
        GROUP BY country
        HAVING uniqExact(time) > 1
    """,
    above=10,
    summary="In the newest month that should be complete, reporting coverage is more than 10"
    " percentage points below that of the months before.",
    back_s=240 * DAY_S,
)

_UNRELEASED = Alert(
    name="release-overdue",
    title="A year's figures are not released",
    audience=Audience.MINISTRY,
    asked="""
        SELECT
            toString(country) AS country,
            toString(period) AS period,
            dateDiff('day', addYears(time, 1), $__toTime) AS days
        FROM published.periods
        WHERE kind = 'year' AND time >= $__fromTime
            AND (country, period) NOT IN (SELECT country, period FROM published.releases)
    """,
    above=365,
    summary="{{ $labels.period }} ended more than a year ago and nobody but the ministry can read"
    " its figures.",
    back_s=4 * 366 * DAY_S,
)

ALERTS: tuple[Alert, ...] = (_COVERAGE_DROP, _UNRELEASED)
