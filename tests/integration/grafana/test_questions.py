"""What alerts ask: answered by ClickHouse to the accounts that ask it, as Grafana needs it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from clickhouse_driver import Client

from gtms.grafana.alerts import ALERTS
from gtms.grafana.compiled import Audience
from gtms.grafana.rules import Alert
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse import passwords
from gtms.warehouse.accounts import GRAFANA_OPERATOR, ministry

COUNTRY = "TUV"
TOPIC = "gtms.of-alerts.v1"
ACCOUNTS = {Audience.OPERATOR: GRAFANA_OPERATOR, Audience.MINISTRY: ministry(COUNTRY)}
CALL = "of.Alerts/Submit"
LEFT_BEHIND = (
    *(("indicators." + table, "country", COUNTRY) for table in ("snapshots", "cells", "touches")),
    *(("ops." + table, "country", COUNTRY) for table in ("acl", "received", "release_policies")),
    *(("ops." + table, "topic", TOPIC) for table in ("ends", "dead_letters")),
    ("ops.audit", "chain", TOPIC),
)


@pytest.fixture(scope="module")
def told(stack: EmbeddedStack) -> Iterator[EmbeddedStack]:
    """A stack in which something is wrong of every kind."""
    client = client_of(stack, "gtms")
    now = datetime.now(UTC)
    months = [(now.replace(day=1) - timedelta(days=31 * back)).replace(day=1) for back in (7, 5, 3)]
    for number, (month, coverage) in enumerate(zip(months, (90, 92, 40), strict=True), 1):
        period = f"{month:%Y-%m}"
        client.execute(
            "INSERT INTO indicators.snapshots (country, period, version, as_of, parameters) VALUES"
            f" ('{COUNTRY}', '{period}', {number}, today(), '{{}}')"
        )
        client.execute(
            "INSERT INTO indicators.cells (country, period, version, indicator, measure, by, key,"
            f" value, status) VALUES ('{COUNTRY}', '{period}', {number}, 'L01', 'value', '', '',"
            f" {coverage}, 'OK')"
        )
    year = now.year - 2
    for statement in (
        f"INSERT INTO ops.acl (user, country) VALUES ('{ministry(COUNTRY)}', '{COUNTRY}')",
        "INSERT INTO indicators.snapshots (country, period, version, as_of, parameters) VALUES"
        f" ('{COUNTRY}', '{year}', 9, today(), '{{}}')",
        "INSERT INTO indicators.touches (country, month, version) VALUES"
        f" ('{COUNTRY}', '{months[0]:%Y-%m-01}', toUnixTimestamp64Nano(now64(9)) - 3600000000000)",
        f"INSERT INTO ops.ends VALUES ('{TOPIC}', 3, 90000, now() - 1000)",
        f"INSERT INTO ops.dead_letters VALUES ('{TOPIC}', 3, 7, 'NO_ENVELOPE', now() - 60)",
        "INSERT INTO ops.received VALUES"
        f" (now() - INTERVAL 20 DAY, '{COUNTRY}', 4, 1, now() - INTERVAL 20 DAY)",
        f"INSERT INTO ops.release_policies (country, year_days, since) VALUES ('{COUNTRY}', 90,"
        f" '{year}-01-01')",
        "INSERT INTO ops.audit (chain, sequence, at, country, what, outcome, counts) VALUES"
        f" ('{TOPIC}', 1, now() - 60, '{COUNTRY}', '{CALL}', 'INTERNAL', map('times', 50)),"
        f" ('{TOPIC}', 2, now() - 60, '{COUNTRY}', '{CALL}', 'OK',"
        " map('accepted', 100, 'rejected', 60))",
    ):
        client.execute(statement)
    yield stack
    for table, column, value in LEFT_BEHIND:
        client.execute(
            f"ALTER TABLE {table} DELETE WHERE {column} = '{value}' SETTINGS mutations_sync = 1"
        )
    client.disconnect()


def client_of(stack: EmbeddedStack, account: str) -> Client:
    at = stack.settings.clickhouse
    secret = passwords.derived(at.password(), account)
    return Client(at.host, port=at.port, user=account, password=secret)


def expanded(alert: Alert) -> str:
    """The statement with the macros as the data source's back end writes them."""
    until = int(datetime.now(UTC).timestamp())
    sql = alert.asked.replace("$__fromTime", f"toDateTime({until - alert.back_s})")
    return sql.replace("$__toTime", f"toDateTime({until})")


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert.name)
def test_a_question_is_answered_with_text_and_one_number_and_finds_what_is_wrong(
    told: EmbeddedStack, alert: Alert
) -> None:
    client = client_of(told, ACCOUNTS[alert.audience])
    rows, columns = client.execute(expanded(alert), with_column_types=True)
    client.disconnect()
    *texts, number = (kind for _, kind in columns)
    assert set(texts) <= {"String", "LowCardinality(String)"}
    assert number in {"Float64", "Nullable(Float64)"}
    labels = {name for name, _ in columns[:-1]}
    assert set(re.findall(r"\.Labels\.(\w+)", alert.summary)) <= labels
    ours = [row for row in rows if {COUNTRY, TOPIC, CALL.split("/")[0]} & set(row)]
    assert ours, rows
    assert all(row[-1] > alert.above for row in ours)
