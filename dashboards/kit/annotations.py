"""Marks on the time axis: releases, and changes of what is counted."""

from grafana_foundation_sdk.models.dashboard import AnnotationQuery

from dashboards.kit import palette
from dashboards.kit.clickhouse import SOURCE, Asked
from dashboards.kit.messages import Messages
from dashboards.kit.queries import text


def national(words: Messages) -> list[AnnotationQuery]:
    """Of a ministry's dashboards."""
    return [_releases(words, "published.released", "1")]


def _releases(words: Messages, view: str, also: str) -> AnnotationQuery:
    sql = f"""\
SELECT published_at AS time, concat(period, ', ', {text(words("mark.vintage"))}, ' ',
    toString(vintage)) AS text, {text(words("mark.release"))} AS tags
FROM {view}
WHERE ({also}) AND indicator = 'B04' AND by = '' AND $__timeFilter(published_at)
ORDER BY time"""
    return _mark(words("mark.releases"), sql, palette.BLUE)


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
