"""Statements are expanded as a real Grafana 12.4 with its ClickHouse data source was seen to."""

from datetime import UTC, datetime

import pytest

from tests.support.grafana_queries import ALL, Chosen, NotExpanded, View, kind

SINCE, UNTIL = datetime(2026, 11, 21, 0, tzinfo=UTC), datetime(2026, 11, 21, 6, tzinfo=UTC)


def view(**choices: Chosen) -> View:
    return View(choices, SINCE, UNTIL, 20)


@pytest.mark.parametrize(
    ("macro", "made"),
    [
        ("$__timeFilter(ts)", "ts >= toDateTime(1795219200) AND ts <= toDateTime(1795240800)"),
        ("$__fromTime", "toDateTime(1795219200)"),
        ("$__toTime()", "toDateTime(1795240800)"),
        (
            "$__timeInterval(ts)",
            "toStartOfInterval(toDateTime(ts), INTERVAL 20 second)",
        ),
        ("$__interval_s", "20"),
    ],
)
def test_macros(macro: str, made: str) -> None:
    assert view().expanded(macro) == made


@pytest.mark.parametrize(
    ("form", "value", "made"),
    [
        ("${v:singlequote}", "O'Brien", "'O\\'Brien'"),
        ("${v:singlequote}", ("a", "b"), "'a','b'"),
        ("$v", "O'Brien", "O'Brien"),
        ("${v}", ("a", "b"), "'a','b'"),
        ("${v:raw}", "a", "a"),
    ],
)
def test_variables(form: str, value: str, made: str) -> None:
    assert view(v=Chosen(value)).expanded(f"IN ({form})") == f"IN ({made})"


def test_all_is_every_option_or_what_stands_for_it() -> None:
    assert view(v=Chosen(ALL, ("a", "b"))).expanded("[${v:singlequote}]") == "['a','b']"
    assert view(v=Chosen(ALL, ("a",), all_value="'%'")).expanded("LIKE ${v:singlequote}") == (
        "LIKE '%'"
    )


def test_a_condition_falls_away_when_everything_is_chosen() -> None:
    sql = "WHERE $__conditionalAll(x IN (${v:singlequote}), $v) AND 1"
    assert view(v=Chosen(ALL, ("a",))).expanded(sql) == "WHERE 1=1 AND 1"
    assert view(v=Chosen("a", ("a",))).expanded(sql) == "WHERE x IN ('a') AND 1"


@pytest.mark.parametrize(
    "sql", ["$__timeGroup(ts, 5m)", "$__timeFilter()", "$__timeFilter(a, b)", "$unknown", "$__x"]
)
def test_what_breaks_in_some_version_is_not_expanded(sql: str) -> None:
    with pytest.raises(NotExpanded):
        view().expanded(sql)


@pytest.mark.parametrize(
    ("of", "shown"),
    [
        ("Nullable(DateTime64(3, 'UTC'))", "time"),
        ("LowCardinality(Nullable(String))", "text"),
        ("FixedString(3)", "text"),
        ("Nullable(Float64)", "number"),
        ("Map(String, String)", "other"),
        ("SimpleAggregateFunction(max, DateTime)", "other"),
    ],
)
def test_kinds_of_columns(of: str, shown: str) -> None:
    assert kind(of) == shown
