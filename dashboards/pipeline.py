"""Pipeline: what comes in, how far it is processed, who waits, and what was put aside."""

from dashboards.kit import variables
from dashboards.kit.messages import Messages
from dashboards.kit.page import Page
from dashboards.kit.panels import Panels
from dashboards.kit.queries import Source, Statement
from dashboards.kit.questions import Judged, Question

UID = "gtms-pipeline"
TITLE = "pipeline"
TAGS = ("gtms", "gtms-operator")

_WAITING = Judged(50_000, 5_000, "judged.waiting", high_is_bad=True)
_BEHIND = Judged(600, 60, "judged.behind", high_is_bad=True)
_PUT_ASIDE = Judged(10, 1, "judged.dead_letters", high_is_bad=True)
_PARTS = Judged(1_000, 300, "judged.parts", high_is_bad=True)

_NEWEST = """\
SELECT toUnixTimestamp(max(received_at)) * 1000 AS value
FROM ops.pipeline_countries
HAVING value > 0"""
_EVENTS = "SELECT sum(waiting) AS value FROM ops.pipeline_partitions"
_OLDEST = """\
SELECT ifNull(dateDiff('second', min(waiting_since), now()), 0) AS value
FROM ops.pipeline_countries"""
_DEAD = "SELECT count() AS value FROM ops.pipeline_dead_letters AS p WHERE $__timeFilter(p.time)"
_RATES = """\
SELECT $__timeInterval(p.time) AS time, p.family AS series,
    sum(p.records) * 60 / $__interval_s AS "Value"
FROM ops.pipeline_received AS p
WHERE $__timeFilter(p.time)
GROUP BY time, series
ORDER BY time, series"""
_CALLS = """\
SELECT $__timeInterval(p.time) AS time, p.outcome AS series,
    sum(p.calls) * 60 / $__interval_s AS "Value"
FROM ops.pipeline_calls AS p
WHERE $__timeFilter(p.time)
GROUP BY time, series
ORDER BY time, series"""
_REJECTED = """\
SELECT $__timeInterval(p.time) AS time, sum(p.accepted) AS accepted, sum(p.flagged) AS flagged,
    sum(p.rejected) AS rejected
FROM ops.pipeline_calls AS p
WHERE $__timeFilter(p.time)
GROUP BY time
ORDER BY time"""
_LAG = """\
SELECT concat(topic, ' ', toString(partition)) AS label, waiting AS value
FROM ops.pipeline_partitions
ORDER BY waiting DESC, label
LIMIT 20"""
_SECONDS = """\
SELECT $__timeInterval(p.time) AS time, quantileExact(0.5)(p.seconds) AS half,
    quantileExact(0.95)(p.seconds) AS most
FROM ops.pipeline_snapshots AS p
WHERE $__timeFilter(p.time)
GROUP BY time
ORDER BY time"""
_COUNTRIES = """\
SELECT country, received_at, computed_at, waiting, waiting_since
FROM ops.pipeline_countries
ORDER BY waiting_since IS NULL, waiting_since, received_at DESC
LIMIT 300"""
_OVERDUE = """\
SELECT country, period, due, days
FROM ops.pipeline_overdue
ORDER BY days DESC, country, period
LIMIT 100"""
_REASONS = """\
SELECT p.reason AS label, count() AS value
FROM ops.pipeline_dead_letters AS p
WHERE $__timeFilter(p.time)
GROUP BY label
ORDER BY value DESC, label
LIMIT 20"""
_LETTERS = """\
SELECT p.time AS put_aside_at, p.topic AS topic, p.partition AS partition, p.offset AS offset,
    p.reason AS reason
FROM ops.pipeline_dead_letters AS p
WHERE $__timeFilter(p.time)
ORDER BY put_aside_at DESC
LIMIT 50"""
_TABLES = """\
SELECT concat(database, '.', table) AS label, parts, rows, bytes
FROM ops.pipeline_parts
ORDER BY bytes DESC
LIMIT 40"""
_MANY_PARTS = """\
SELECT concat(database, '.', table) AS label, parts AS value
FROM ops.pipeline_parts
ORDER BY parts DESC, label
LIMIT 12"""

_UNITS = {"bytes": "bytes"}


def build(words: Messages) -> dict[str, object]:
    """The dashboard in one language."""
    page = Page(words, UID, TITLE, TAGS, since="now-6h", refresh="10s")
    make = Panels(words, Source(""), null="state.none")

    def told(
        title: str,
        sql: str,
        note: str,
        unit: str = "locale",
        judged: Judged | None = None,
        names: tuple[str, ...] = (),
    ) -> Question:
        columns = {name: f"column.{name}" for name in names}
        return Question(
            title,
            Statement(sql, measures=names or ("value",)),
            judged,
            (note,),
            unit,
            none="none.nothing",
            names=columns,
            units=_UNITS,
        )

    page.add(
        6, 6, make.number(told("ask.waiting.events", _EVENTS, "note.partitions", judged=_WAITING))
    )
    page.add(6, 6, make.number(told("ask.waiting.oldest", _OLDEST, "note.behind", "s", _BEHIND)))
    page.add(
        6, 6, make.number(told("ask.newest.record", _NEWEST, "note.received", "dateTimeFromNow"))
    )
    page.add(
        6, 6, make.number(told("ask.dead_letters", _DEAD, "note.dead_letters", judged=_PUT_ASIDE))
    )

    answers = told(
        "ask.accepted", _REJECTED, "note.calls", names=("accepted", "flagged", "rejected")
    )
    page.section("section.coming")
    page.add(12, 9, make.lines(told("ask.rates", _RATES, "note.received")))
    page.add(12, 9, make.lines(told("ask.calls", _CALLS, "note.calls")))
    page.add(24, 7, make.trend(answers))

    seconds = told("ask.recomputed", _SECONDS, "note.snapshots", "s", names=("half", "most"))
    countries = ("country", "received_at", "computed_at", "waiting", "waiting_since")
    page.section("section.processing")
    page.add(12, 10, make.bars(told("ask.lag", _LAG, "note.partitions", judged=_WAITING)))
    page.add(12, 10, make.trend(seconds))
    page.add(14, 10, make.rows(told("ask.behind", _COUNTRIES, "note.behind", names=countries)))
    overdue = told(
        "ask.overdue", _OVERDUE, "note.overdue", names=("country", "period", "due", "days")
    )
    page.add(10, 10, make.rows(overdue))

    letters = ("put_aside_at", "topic", "partition", "offset", "reason")
    page.section("section.dead_letters")
    page.add(8, 8, make.bars(told("ask.reasons", _REASONS, "note.dead_letters")))
    page.add(16, 8, make.rows(told("ask.letters", _LETTERS, "note.dead_letters", names=letters)))

    tables = told("ask.tables", _TABLES, "note.parts", names=("label", "parts", "rows", "bytes"))
    page.section("section.clickhouse")
    page.add(10, 10, make.bars(told("ask.parts", _MANY_PARTS, "note.parts", judged=_PARTS)))
    page.add(14, 10, make.rows(tables))
    return page.compiled([variables.source(words)])
