"""Every command, setting, port and file that the containers name exists in the product."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel

from gtms.cli.main import NOUNS
from gtms.config import Identity, Settings
from gtms.credentials.authority import Authority
from gtms.grafana.compiled import Audience, pages
from gtms.grafana.contents import PLUGIN
from gtms.grafana.rules import PLUGIN_VERSION
from gtms.stack import health
from gtms.stack.ports import SERVICES
from gtms.stack.programs import programs
from gtms.stack.verified import HOSTS
from gtms.warehouse.account_files import every_account
from gtms.warehouse.accounts import GRAFANA_OPERATOR, process_account
from tests.support.command import gtms
from tests.support.verified import identity_with

ROOT = Path(__file__).parents[3]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
PARTS: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: part for name, part in PARTS.items() if part["image"].startswith("gtms:")}
ACCOUNTS, CREDENTIALS = "accounts", "credentials"
"""They write what the embedded stack writes before it starts."""
GRAFANA, PROVISION, COMMANDS = "grafana", "provision", "gtms"
"""What the embedded stack has not."""
APART = {ACCOUNTS, CREDENTIALS, GRAFANA, PROVISION, COMMANDS}
ONCE = {ACCOUNTS, CREDENTIALS, PROVISION, COMMANDS, "migrate"}
LASTING = sorted(set(OURS) - ONCE)
OPERATORS = pages(ROOT / "dashboards" / "compiled", Audience.OPERATOR, "en")
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
    assert set(PARTS) - APART == {program.name for program in programs(Settings())}


@pytest.mark.parametrize("part", sorted(set(OURS) - APART))
def test_a_container_runs_the_command_of_the_embedded_stack(part: str) -> None:
    (embedded,) = (one for one in programs(Settings()) if one.name == part)
    words = OURS[part]["command"]
    assert tuple(words) == embedded.command[3:]
    assert words[0] in NOUNS


@pytest.mark.parametrize("part", LASTING)
def test_a_container_is_asked_how_it_is(part: str) -> None:
    module, asked = OURS[part]["healthcheck"]["test"][-2:]
    assert module == health.__name__
    assert asked == part
    assert part in health.CHECKS


@pytest.mark.parametrize(("part", "variable", "value"), list(environments()))
def test_a_setting_exists_and_has_the_value_that_commands_expect(
    part: str, variable: str, value: str
) -> None:
    if part in {"kafka", GRAFANA} or "__" not in variable:
        return
    path = variable.removeprefix("GTMS_").lower().split("__")
    expected = value_at(Settings(), path)
    if path == ["clickhouse", "user"]:
        expected = process_account(part)
    if path[0] not in {"identity", "client"} and path not in OF_CONTAINERS:
        assert str(expected) == value


OF_CONTAINERS = (
    ["clickhouse", "password_file"],
    ["grafana", "password_file"],
    ["grafana", "operators"],
)


def test_the_services_believe_the_authority_that_is_made_for_them(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    authority.make(HOSTS)
    noun, verb, *words = OURS[CREDENTIALS]["command"]
    assert (noun, verb) == ("credentials", "init")
    assert noun in NOUNS
    folder = words[-1]
    said = {
        variable.removeprefix("GTMS_IDENTITY__").lower(): value
        for variable, value in OURS["admissions"]["environment"].items()
        if variable.startswith("GTMS_IDENTITY__")
    }
    mounted = {name: value.replace(folder, str(tmp_path)) for name, value in said.items()}
    assert Identity.model_validate(mounted) == identity_with(authority)
    assert all(Path(value).is_file() for value in mounted.values() if value.startswith("/"))


def test_an_authority_that_is_there_is_kept(tmp_path: Path) -> None:
    first, again = (
        gtms("credentials", "init", "--keep", "--folder", tmp_path / "made") for _ in range(2)
    )
    assert (first.code, again.code) == (0, 0), again.err
    assert first.out == again.out


def test_every_path_in_a_container_is_mounted_or_made_by_the_image() -> None:
    for part, described in OURS.items():
        mounted = [one.split(":")[1] for one in described["volumes"]]
        secrets = [f"/run/secrets/{name}" for name in described.get("secrets", [])]
        named = [word for word in described["command"] if word.startswith("/")]
        if part not in {ACCOUNTS, CREDENTIALS}:  # which come before the others, and ask nobody
            named += [value for one, _, value in environments() if one == part and value[0] == "/"]
        for path in named:
            known = [*mounted, *secrets]
            assert any(path == one or path.startswith(f"{one}/") for one in known), (part, path)


def test_each_service_signs_in_with_an_account_of_its_own() -> None:
    known = {one.name for one in every_account()}
    for part in LASTING:
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
        assert image.startswith("gtms:") or re.search(r":\d+\.\d+\.\d+", image), image
    plugin, version = PARTS[GRAFANA]["environment"]["GF_PLUGINS_PREINSTALL_SYNC"].split("@")
    assert (plugin, version) == (PLUGIN, PLUGIN_VERSION)


def test_nothing_is_reachable_from_other_machines() -> None:
    for name, part in PARTS.items():
        assert part["network_mode"] == "host", name
        assert "ports" not in part
    assert PARTS[GRAFANA]["environment"]["GF_SERVER_HTTP_ADDR"] == "127.0.0.1"
    assert "0.0.0.0" not in (ROOT / "docker-compose.yml").read_text()


def test_secrets_are_files_and_are_not_in_the_repository() -> None:
    root = {
        name for name, part in PARTS.items() if "clickhouse-password" in part.get("secrets", ())
    }
    assert root == ONCE - {CREDENTIALS}
    assert all(one["file"].startswith(".gtms/") for one in COMPOSE["secrets"].values())
    assert not any("PASSWORD" in name and "FILE" not in name for _, name, _ in environments())


def test_the_image_is_made_of_files_that_are_there() -> None:
    named = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    assert named
    allowed = (ROOT / ".dockerignore").read_text()
    for source in named:
        assert (ROOT / source).exists(), source
        assert f"!{source}" in allowed, source


def test_what_people_are_told_to_run_exists() -> None:
    comments = " ".join(re.findall(r"#(.*)", (ROOT / "docker-compose.yml").read_text()))
    told = re.findall(r"docker compose run --rm (\w+)(?: (\w+))?", comments)
    assert {part for part, _ in told} == {COMMANDS, PROVISION}
    assert all(noun in NOUNS for _, noun in told if noun)
    files = {one["file"].rpartition("/")[2] for one in COMPOSE["secrets"].values()}
    assert all(f">{file}" in comments for file in files)


def test_grafana_is_reached_where_it_listens() -> None:
    given = PARTS[GRAFANA]["environment"]
    address = f"http://{given['GF_SERVER_HTTP_ADDR']}:{given['GF_SERVER_HTTP_PORT']}"
    assert Settings().grafana.url == address
    assert PARTS[GRAFANA]["healthcheck"]["test"][-1] == f"{address}/api/health"
    assert PARTS[PROVISION]["environment"]["GTMS_GRAFANA__USER"] == given["GF_SECURITY_ADMIN_USER"]


def test_grafana_finds_every_file_that_it_is_given() -> None:
    mounted = dict(one.split(":")[:2] for one in PARTS[GRAFANA]["volumes"] if one[0] == ".")
    for source in mounted:
        assert (ROOT / source).exists(), source
    inside = {target: ROOT / source for source, target in mounted.items()}
    files = ROOT / "deploy" / "grafana" / "provisioning"
    assert inside["/etc/grafana/provisioning"] == files
    (source,) = yaml.safe_load((files / "datasources/gtms.yaml").read_text())["datasources"]
    assert source["secureJsonData"]["password"] == (
        f"$__file{{{OURS[ACCOUNTS]['command'][2]}/{GRAFANA_OPERATOR}}}"
    )
    (provider,) = yaml.safe_load((files / "dashboards/gtms.yaml").read_text())["providers"]
    shown = sorted(f"{provider['options']['path']}/{page.uid}.json" for page in OPERATORS)
    assert sorted(set(inside) - {"/etc/grafana/provisioning"}) == shown
    home = PARTS[GRAFANA]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"]
    assert home in shown


def test_files_of_grafana_have_no_variable_that_it_would_look_for() -> None:
    for file in (ROOT / "deploy" / "grafana" / "provisioning").rglob("*.yaml"):
        document = yaml.safe_load(file.read_text())
        for group in document.get("groups", []):
            for rule in group["rules"]:
                del rule["data"]  # Grafana reads it as it stands
        found = re.findall(r"\$\w*", json.dumps(document))
        assert set(found) <= {"$__file"}, file


def test_parts_wait_for_those_that_they_need() -> None:
    for name, part in PARTS.items():
        for other, described in dict(part.get("depends_on") or {}).items():
            wanted = "service_completed_successfully" if other in ONCE else "service_healthy"
            assert described["condition"] == wanted, name
            assert ("healthcheck" in PARTS[other]) == (wanted == "service_healthy"), other


def test_no_part_can_take_the_whole_machine() -> None:
    for name, part in PARTS.items():
        assert {"mem_limit", "cpus", "pids_limit"} <= set(part), name


def test_services_listen_where_the_health_checks_ask() -> None:
    assert set(SERVICES) < set(health.CHECKS)
