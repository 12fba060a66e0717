"""`gtms access` as an operator types it, and what the ministry sees then."""

from pathlib import Path

import pytest
from clickhouse_driver import Client
from clickhouse_driver.errors import ServerException

from gtms.stack.lifecycle import EmbeddedStack
from tests.support.command import Said, gtms

COUNTRY = "ISL"
OWN = "SELECT toString(country) FROM published.own_countries"


def access(stack: EmbeddedStack, *words: str) -> Said:
    return gtms(
        "access", *words, environment={"GTMS_STACK__STATE": str(stack.settings.stack.state)}
    )


def ask(stack: EmbeddedStack, account: str, statement: str) -> list[tuple[object, ...]]:
    server = stack.settings.clickhouse
    password = (stack.settings.stack.state / "secrets/clickhouse" / account).read_text().strip()
    client = Client(host=server.host, port=server.port, user=account, password=password)
    try:
        rows = client.execute(statement)
        assert isinstance(rows, list)
        return rows
    finally:
        client.disconnect()


def test_a_ministry_is_let_in_and_out_without_a_restart(stack: EmbeddedStack) -> None:
    account = f"ministry_{COUNTRY.lower()}"
    granted = access(stack, "grant", COUNTRY)
    assert granted.code == 0, granted.err
    file = Path(granted.out.split()[-1])
    assert file.name == account
    assert file.stat().st_mode & 0o077 == 0
    assert file.read_text().strip() not in granted.out + granted.err
    assert ask(stack, account, OWN) == [(COUNTRY,)]
    assert f"{account}  {COUNTRY}" in access(stack, "list").out
    assert access(stack, "revoke", COUNTRY).code == 0
    assert ask(stack, account, OWN) == []


def test_unodc_gets_an_account_of_its_own(stack: EmbeddedStack) -> None:
    assert access(stack, "international").code == 0
    assert isinstance(ask(stack, "international", "SELECT * FROM published.worldwide"), list)
    with pytest.raises(ServerException, match="Not enough privileges"):
        ask(stack, "international", "SELECT * FROM published.provisional")


def test_what_is_no_country_is_refused(stack: EmbeddedStack) -> None:
    said = access(stack, "grant", "Iceland")
    assert said.code == 1
    assert "ISO 3166-1" in said.err
