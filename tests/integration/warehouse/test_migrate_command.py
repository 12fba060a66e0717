"""`gtms migrate` as an operator uses it."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gtms.cli.migrate import app
from gtms.stack.lifecycle import EmbeddedStack
from tests.support.command import gtms_words

pytestmark = pytest.mark.usefixtures("commands_find_stack")


def test_run_on_what_is_up_to_date_does_nothing() -> None:
    again = CliRunner().invoke(app, [])
    assert again.exit_code == 0
    assert "up to date" in again.output
    assert json.loads(CliRunner().invoke(app, ["--json"]).output)["applied"] == []


def test_status_lists_every_migration() -> None:
    shown = CliRunner().invoke(app, ["--status"]).output
    assert "0005_admissions" in shown
    listed = json.loads(CliRunner().invoke(app, ["--status", "--json"]).output)
    assert {one["state"] for one in listed} == {"done"}


def test_dry_run_prints_what_is_pending_and_does_nothing(
    stack: EmbeddedStack, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from gtms.warehouse import ledger

    (tmp_path / "0000_ledger.sql").write_text((ledger.FOLDER / "0000_ledger.sql").read_text())
    (tmp_path / "9100_never.sql").write_text("CREATE DATABASE IF NOT EXISTS never {on_cluster};\n")
    monkeypatch.setattr(ledger.Ledger.__init__, "__defaults__", (tmp_path,))
    shown = CliRunner().invoke(app, ["--dry-run"])
    assert "CREATE DATABASE IF NOT EXISTS never" in shown.output
    assert "pending" in CliRunner().invoke(app, ["--status"]).output


def test_absent_server_is_one_line(tmp_path: Path) -> None:
    environment = {**os.environ, "GTMS_CLICKHOUSE__PORT": "1", "GTMS_STACK__STATE": str(tmp_path)}
    tried = subprocess.run(
        gtms_words("migrate"), env=environment, capture_output=True, text=True, check=False
    )
    assert tried.returncode == 1
    [line] = tried.stderr.splitlines()
    assert "ClickHouse at 127.0.0.1:1 does not answer" in line
