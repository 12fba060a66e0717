"""Marks on the time axis: releases, and changes of what is counted."""

from grafana_foundation_sdk.models.dashboard import AnnotationQuery

from dashboards.kit import palette
from dashboards.kit.clickhouse import SOURCE, Asked
from dashboards.kit.messages import Messages
from dashboards.kit.queries import text


def national(words: Messages) -> list[AnnotationQuery]:
    """Of a ministry's dashboards."""
    return [_releases(words), _changes(words)]


def releases_of_all(words: Messages) -> list[AnnotationQuery]:
    """Of the dashboards of UNODC."""
    sql = f"""\
SELECT published_at AS time,
    concat(country, ' ', period, ', ', {text(words("mark.vintage"))}, ' ', toString(vintage))
        AS text
FROM published.worldwide_releases
WHERE $__timeFilter(published_at)
ORDER BY time"""
    return [_mark(words("mark.releases"), sql, palette.BLUE)]


def _releases(words: Messages) -> AnnotationQuery:
    sql = f"""\
SELECT published_at AS time,
    concat(period, ', ', {text(words("mark.vintage"))}, ' ', toString(vintage), if(reason = '', '',
    concat(': ', reason))) AS text
FROM published.releases
WHERE $__timeFilter(published_at)
ORDER BY time"""
    return _mark(words("mark.releases"), sql, palette.BLUE)


def _changes(words: Messages) -> AnnotationQuery:
    """Where what follows is not to be compared with what was before."""
    sql = f"""\
SELECT published_at AS time,
    concat(period, ': ', if(redefined = 1, {text(words("mark.redefined"))},
    {text(words("mark.counted_otherwise"))})) AS text
FROM published.releases
WHERE (redefined = 1 OR counted_otherwise = 1) AND $__timeFilter(published_at)
ORDER BY time"""
    return _mark(words("mark.changes"), sql, palette.RED)


def _mark(name: str, sql: str, colour: str) -> AnnotationQuery:
    mark = AnnotationQuery(
        name=name,
        datasource=SOURCE,
        enable=True,
        icon_color=colour,
        target=Asked(sql, ref="Anno").build(),
    )
    mark.placement = None  # type: ignore[assignment]
    return mark
