"""Every command, setting, port and file that the containers name exists in the product."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from gtms.cli.main import NOUNS
from gtms.config import Settings
from gtms.stack import health
from gtms.stack.ports import SERVICES
from gtms.stack.programs import programs
from gtms.warehouse.account_files import every_account
from gtms.warehouse.accounts import process_account

ROOT = Path(__file__).parents[3]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
PARTS: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: part for name, part in PARTS.items() if part["image"].startswith("gtms:")}
ACCOUNTS = "accounts"
"""Writes what the embedded stack writes before it starts."""
ONCE = (ACCOUNTS, "migrate")
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()


@pytest.fixture(autouse=True)
def no_stack_is_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings are the defaults here, whatever runs in the project's own folder."""
    monkeypatch.setenv("GTMS_STACK__STATE", str(tmp_path))


def environments() -> Iterator[tuple[str, str, str]]:
    for part, described in PARTS.items():
        for variable, value in described.get("environment", {}).items():
            yield part, variable, value


def value_at(settings: BaseModel, path: list[str]) -> object:
    section, name = path
    group = getattr(settings, section)
    assert name in type(group).model_fields, f"there is no setting {section}.{name}"
    return getattr(group, name)


def test_the_same_programs_run_in_containers_and_in_the_embedded_stack() -> None:
    assert set(PARTS) - {ACCOUNTS} == {program.name for program in programs(Settings())}


@pytest.mark.parametrize("part", [name for name in OURS if name != ACCOUNTS])
def test_a_container_runs_the_command_of_the_embedded_stack(part: str) -> None:
    (embedded,) = (one for one in programs(Settings()) if one.name == part)
    words = OURS[part]["command"]
    assert tuple(words) == embedded.command[3:]
    assert words[0] in NOUNS


@pytest.mark.parametrize("part", [name for name in OURS if name not in ONCE])
def test_a_container_is_asked_how_it_is(part: str) -> None:
    module, asked = OURS[part]["healthcheck"]["test"][-2:]
    assert module == health.__name__
    assert asked == part
    assert part in health.CHECKS


@pytest.mark.parametrize(("part", "variable", "value"), list(environments()))
def test_a_setting_exists_and_has_the_value_that_commands_expect(
    part: str, variable: str, value: str
) -> None:
    if part == "kafka" or "__" not in variable:
        return
    path = variable.removeprefix("GTMS_").lower().split("__")
    expected = value_at(Settings(), path)
    if path == ["clickhouse", "user"]:
        expected = process_account(part)
    if path[1] != "password_file":
        assert str(expected) == value


def test_each_service_signs_in_with_an_account_of_its_own() -> None:
    known = {one.name for one in every_account()}
    for part in set(OURS) - set(ONCE):
        given = OURS[part]["environment"]
        assert given["GTMS_CLICKHOUSE__USER"] == process_account(part)
        assert given["GTMS_CLICKHOUSE__USER"] in known
        assert given["GTMS_CLICKHOUSE__PASSWORD_FILE"].endswith(f"/{process_account(part)}")


def test_what_writes_the_accounts_is_a_command() -> None:
    noun, verb, *_ = OURS[ACCOUNTS]["command"]
    assert (noun, verb) == ("access", "passwords")
    assert noun in NOUNS


def test_clickhouse_gets_what_its_files_take_from_the_environment() -> None:
    files = "".join(file.read_text() for file in (ROOT / "deploy" / "clickhouse").iterdir())
    wanted = set(re.findall(r'from_env="(\w+)"', files))
    entry = " ".join(PARTS["clickhouse"]["entrypoint"])
    given = set(PARTS["clickhouse"]["environment"]) | set(re.findall(r"export (\w+)=", entry))
    assert wanted <= given


def test_kafka_is_set_up_as_in_the_embedded_stack() -> None:
    template = (ROOT / "deploy" / "kafka" / "server.properties").read_text()
    embedded = dict(
        line.split("=", 1) for line in template.splitlines() if line and not line.startswith("#")
    )
    settings = Settings()
    for variable, value in PARTS["kafka"]["environment"].items():
        if variable in {"KAFKA_HEAP_OPTS", "KAFKA_LOG_DIRS"}:
            continue
        name = variable.removeprefix("KAFKA_").lower().replace("_", ".")
        expected = (
            embedded[name]
            .replace("${port}", settings.kafka.bootstrap.rpartition(":")[2])
            .replace("${controller_port}", str(settings.stack.controller_port))
        )
        assert value == expected, name


def test_images_are_pinned() -> None:
    named = [part["image"] for part in PARTS.values()] + re.findall(
        r"^FROM (\S+)", DOCKERFILE, re.MULTILINE
    )
    for image in named:
        assert re.search(r":\d+\.\d+", image), image


def test_nothing_is_reachable_from_other_machines() -> None:
    for name, part in PARTS.items():
        assert part["network_mode"] == "host", name
        assert "ports" not in part
    assert "0.0.0.0" not in (ROOT / "docker-compose.yml").read_text()


def test_secrets_are_files_and_are_not_in_the_repository() -> None:
    having = {name for name, part in PARTS.items() if part.get("secrets")}
    assert having == set(ONCE)
    file = COMPOSE["secrets"]["clickhouse-password"]["file"]
    assert file.startswith(".gtms/")
    assert not any("PASSWORD" in name and "FILE" not in name for _, name, _ in environments())


def test_the_image_is_made_of_files_that_are_there() -> None:
    named = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    assert named
    allowed = (ROOT / ".dockerignore").read_text()
    for source in named:
        assert (ROOT / source).exists(), source
        assert f"!{source}" in allowed, source


def test_services_listen_where_the_health_checks_ask() -> None:
    assert set(SERVICES) < set(health.CHECKS)
