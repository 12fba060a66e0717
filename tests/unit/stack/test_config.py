"""Where a setting comes from, and what a wrong one says."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from gtms.config import Settings, settings
from gtms.trouble import Trouble


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("GTMS_STACK__STATE", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def stack_file(folder: Path, **sections: object) -> None:
    (folder / "stack.json").write_text(json.dumps({"settings": sections}))


def test_defaults_are_the_ports_of_the_design() -> None:
    ports = Settings().ports
    assert (ports.facilities, ports.admissions, ports.outcomes) == (50051, 50052, 50053)
    assert (ports.trainings, ports.indicators) == (50054, 50055)
    assert ports.metrics("admissions") == 51052


def test_a_running_stack_is_found_by_its_file(folder: Path) -> None:
    stack_file(folder, kafka={"bootstrap": "127.0.0.1:21000"})
    assert settings().kafka.bootstrap == "127.0.0.1:21000"
    assert settings().stack.state == folder


def test_the_environment_goes_before_the_stack(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stack_file(folder, kafka={"bootstrap": "127.0.0.1:21000", "partitions": 3})
    monkeypatch.setenv("GTMS_KAFKA__BOOTSTRAP", "kafka.example:9092")
    assert settings().kafka.bootstrap == "kafka.example:9092"
    assert settings().kafka.partitions == 3


def test_all_settings_survive_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GTMS_PROCESSING__AS_OF", "2026-09-30")
    before = settings()
    assert before.processing.as_of == date(2026, 9, 30)
    monkeypatch.delenv("GTMS_PROCESSING__AS_OF")
    stack_file(folder, **before.model_dump(mode="json"))
    settings.cache_clear()
    assert settings() == before


def test_a_stack_of_another_version_is_still_found(folder: Path) -> None:
    stack_file(folder, kafka={"bootstrap": "127.0.0.1:21000", "colour": "red"}, colours={"a": 1})
    assert settings().kafka.bootstrap == "127.0.0.1:21000"


@pytest.mark.parametrize("text", ['{"settings": {', "{}", "[]"])
def test_a_damaged_file_is_one_line(folder: Path, text: str) -> None:
    (folder / "stack.json").write_text(text)
    with pytest.raises(Trouble, match="is damaged: remove it, then `gtms stack down`"):
        settings()


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        settings().kafka.partitions = 1


def test_a_wrong_value_is_named_but_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GTMS_CLICKHOUSE__PORT", "s3cret")
    with pytest.raises(Trouble, match="GTMS_CLICKHOUSE__PORT is wrong") as said:
        settings()
    assert "s3cret" not in str(said.value)


def test_a_setting_that_does_not_exist_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GTMS_KAFKA__PARTITION", "3")
    with pytest.raises(Trouble, match="GTMS_KAFKA__PARTITION is wrong"):
        settings()


def test_the_password_is_read_anew_each_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = folder / "password"
    monkeypatch.setenv("GTMS_CLICKHOUSE__PASSWORD_FILE", str(secret))
    for password in ("first", "second"):
        secret.write_text(f"{password}\n")
        assert settings().clickhouse.password() == password
    assert "second" not in repr(settings())
