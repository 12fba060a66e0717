"""`gtms grafana` as an operator types it: ministries are those that ClickHouse lets in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse import access, passwords
from gtms.warehouse.accounts import GRAFANA_OPERATOR, INTERNATIONAL, ministry
from gtms.warehouse.client import Connection
from tests.support.command import Said, gtms
from tests.support.grafana import PASSWORD, FakeGrafana, serving

COUNTRY = "FIN"
ORGANISATION = f"GTMS Finland ({COUNTRY})"


@pytest.fixture
def grafana(stack: EmbeddedStack) -> Iterator[FakeGrafana]:
    secret = stack.settings.clickhouse.password()
    names = (GRAFANA_OPERATOR, INTERNATIONAL, ministry(COUNTRY))
    with serving(
        FakeGrafana(accounts={one: passwords.derived(secret, one) for one in names})
    ) as up:
        yield up


def let(stack: EmbeddedStack, *, see: bool) -> None:
    connection = Connection(stack.settings.clickhouse)
    access.let(connection, ministry(COUNTRY), COUNTRY, see=see)
    connection.close()


def test_a_ministry_is_brought_and_taken_away(
    stack: EmbeddedStack, grafana: FakeGrafana, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text(PASSWORD)
    environment = {
        "GTMS_STACK__STATE": str(stack.settings.stack.state),
        "GTMS_GRAFANA__URL": grafana.url,
        "GTMS_GRAFANA__PASSWORD_FILE": str(tmp_path / "password"),
    }

    def say(*words: str) -> Said:
        said = gtms("grafana", *words, environment=environment)
        assert PASSWORD not in said.out + said.err
        assert said.code == 0, said.err
        return said

    let(stack, see=True)
    assert (
        f"would create data source clickhouse, in {ORGANISATION}" in say("apply", "--dry-run").out
    )
    assert grafana.writes == []
    applied = say("apply").out.splitlines()
    assert f"create data source clickhouse, in {ORGANISATION}" in applied
    assert applied[-1] == "Grafana is as it should be"
    let(stack, see=False)
    planned = say("plan").out.splitlines()
    assert planned[0] == f"would remove home dashboard of the organisation, in {ORGANISATION}"
    assert planned[-1] == f"{len(planned) - 1} changes; `gtms grafana apply` makes them"
    assert all(one.endswith(ORGANISATION) for one in planned[:-1])


def test_a_grafana_that_is_away_is_one_line(stack: EmbeddedStack, tmp_path: Path) -> None:
    (tmp_path / "password").write_text(PASSWORD)
    environment = {
        "GTMS_STACK__STATE": str(stack.settings.stack.state),
        "GTMS_GRAFANA__URL": "http://127.0.0.1:9",
        "GTMS_GRAFANA__PASSWORD_FILE": str(tmp_path / "password"),
    }
    said = gtms("grafana", "apply", environment=environment)
    assert said.code == 1
    assert said.err.startswith("gtms: Grafana does not answer at http://127.0.0.1:9")
    assert len(said.err.splitlines()) == 1
