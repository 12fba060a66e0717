"""What somebody is told of, and which playbook says what to do then: docs/playbooks/<name>.md."""

from gtms.grafana.compiled import Audience
from gtms.grafana.rules import DAY_S, HOUR_S, Alert

_LAG = Alert(
    name="lag",
    title="Events wait to be stored",
    audience=Audience.OPERATOR,
    asked="""
        SELECT topic, toString(partition) AS partition, toFloat64(waiting) AS events
        FROM ops.pipeline_partitions
    """,
    above=50_000,
    lasts="10m",
    summary="More than 50,000 events of {{ .Labels.topic }}, partition {{ .Labels.partition }},"
    " have waited for ten minutes.",
)

_LOADER_SILENT = Alert(
    name="loader-silent",
    title="The loader says nothing",
    audience=Audience.OPERATOR,
    asked="""
        SELECT topic, toFloat64(dateDiff('second', max(told_at), now())) AS seconds
        FROM ops.pipeline_partitions
        GROUP BY topic
    """,
    above=300,
    lasts="2m",
    summary="For five minutes no worker has said how far {{ .Labels.topic }} is read.",
)

_FRESHNESS = Alert(
    name="freshness",
    title="Figures are behind the records",
    audience=Audience.OPERATOR,
    asked="""
        SELECT
            toString(country) AS country,
            toFloat64(dateDiff('second', assumeNotNull(waiting_since), now())) AS seconds
        FROM ops.pipeline_countries
        WHERE waiting_since IS NOT NULL
    """,
    above=900,
    lasts="5m",
    summary="Months of {{ .Labels.country }} have changed and were not counted for 15 minutes.",
)

_DEAD_LETTERS = Alert(
    name="dead-letters",
    title="Events were put aside",
    audience=Audience.OPERATOR,
    asked="""
        SELECT topic, reason, toFloat64(count()) AS letters
        FROM ops.pipeline_dead_letters
        WHERE time >= $__fromTime
        GROUP BY topic, reason
    """,
    above=0,
    summary="Events of {{ .Labels.topic }} can never be read: {{ .Labels.reason }}.",
    back_s=6 * HOUR_S,
)

_INGEST_ERRORS = Alert(
    name="ingest-errors",
    title="Calls fail because of us",
    audience=Audience.OPERATOR,
    asked="""
        SELECT
            splitByChar(' ', outcome)[1] AS status,
            splitByChar('/', what)[1] AS service,
            toFloat64(sum(calls)) AS failed
        FROM ops.pipeline_calls
        WHERE time >= $__fromTime AND status IN ('UNAVAILABLE', 'INTERNAL')
        GROUP BY status, service
    """,
    above=20,
    lasts="1m",
    summary="More than 20 calls of {{ .Labels.service }} ended with {{ .Labels.status }} in a"
    " quarter of an hour.",
    back_s=900,
)

_REJECTED = Alert(
    name="records-rejected",
    title="A country's records are rejected",
    audience=Audience.OPERATOR,
    asked="""
        SELECT
            country,
            100 * sum(rejected) / (sum(accepted + flagged) + sum(rejected)) AS percent
        FROM ops.pipeline_calls
        WHERE time >= $__fromTime AND country != ''
        GROUP BY country
        HAVING sum(accepted + flagged) + sum(rejected) >= 100
    """,
    above=25,
    summary="More than a quarter of the records of {{ .Labels.country }} were rejected in the last"
    " six hours.",
    back_s=6 * HOUR_S,
)

_COUNTRY_SILENT = Alert(
    name="country-silent",
    title="A country sends nothing",
    audience=Audience.OPERATOR,
    asked="""
        SELECT
            toString(country) AS country,
            toFloat64(dateDiff('day', received_at, now())) AS days
        FROM ops.pipeline_countries
        WHERE toUnixTimestamp(received_at) > 0
    """,
    above=14,
    summary="Nothing came from {{ .Labels.country }} for more than 14 days.",
)

_RELEASE_OVERDUE = Alert(
    name="release-overdue",
    title="A release is overdue",
    audience=Audience.OPERATOR,
    asked="""
        SELECT
            toString(country) AS country,
            toString(period) AS period,
            toFloat64(days) AS days
        FROM ops.pipeline_overdue
    """,
    above=3,
    summary="The policy of {{ .Labels.country }} should have released {{ .Labels.period }} more"
    " than three days ago.",
)

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

_YEAR_NOT_RELEASED = Alert(
    name="year-not-released",
    title="A year's figures are not released",
    audience=Audience.MINISTRY,
    asked="""
        SELECT
            toString(country) AS country,
            toString(period) AS period,
            toFloat64(dateDiff('day', addYears(time, 1), $__toTime)) AS days
        FROM published.periods
        WHERE kind = 'year' AND time >= $__fromTime
            AND (country, period) NOT IN (SELECT country, period FROM published.releases)
    """,
    above=365,
    summary="{{ .Labels.period }} ended more than a year ago and nobody but the ministry can read"
    " its figures.",
    back_s=4 * 366 * DAY_S,
)

ALERTS = (
    _LAG,
    _LOADER_SILENT,
    _FRESHNESS,
    _DEAD_LETTERS,
    _INGEST_ERRORS,
    _REJECTED,
    _COUNTRY_SILENT,
    _RELEASE_OVERDUE,
    _COVERAGE_DROP,
    _YEAR_NOT_RELEASED,
)
