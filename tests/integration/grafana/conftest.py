"""A Grafana for each test, and settings that find it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gtms.config import Settings
from gtms.warehouse import passwords
from tests.support.applying import ACCOUNTS, SECRET, found_at
from tests.support.grafana import FakeGrafana, serving


@pytest.fixture
def grafana() -> Iterator[FakeGrafana]:
    """A Grafana whose ClickHouse knows the accounts of these tests."""
    known = {account: passwords.derived(SECRET, account) for account in ACCOUNTS}
    with serving(FakeGrafana(accounts=known)) as up:
        yield up


@pytest.fixture
def settings(grafana: FakeGrafana, tmp_path: Path) -> Settings:
    """Settings that find it."""
    return found_at(grafana.url, tmp_path)
