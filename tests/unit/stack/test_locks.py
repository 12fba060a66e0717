"""The lock files hold what the project asks for, by hash, and name no place to get it from."""

import ast
import json
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RUNTIME: list[str] = PROJECT["project"]["dependencies"]
DEVELOPMENT: list[str] = PROJECT["dependency-groups"]["dev"]
LOCKS = {
    "requirements.lock": RUNTIME,
    "requirements-dev.lock": [*RUNTIME, *DEVELOPMENT],
}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize(("lock", "asked"), LOCKS.items())
def test_a_lock_holds_the_versions_that_are_asked_for(lock: str, asked: list[str]) -> None:
    text = (ROOT / lock).read_text()
    locked = {
        f"{plain(name)}=={version}"
        for name, version in re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)
    }
    wanted = {f"{plain(name)}=={version}" for name, version in (a.split("==") for a in asked)}
    assert wanted - locked == set(), "run `make locks`"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes(lock: str) -> None:
    entries = re.split(r"^(?=[\w.-]+==)", (ROOT / lock).read_text(), flags=re.MULTILINE)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", [*LOCKS, "package-lock.json"])
def test_a_lock_names_no_host(lock: str) -> None:
    assert (
        re.search(r"https?://|--(extra-)?index-url|--find-links", (ROOT / lock).read_text()) is None
    )


def test_the_lock_of_npm_is_that_of_its_list() -> None:
    asked = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, version in (asked["dependencies"] | asked["devDependencies"]).items():
        assert locked[f"node_modules/{name}"]["version"] == version
        assert "integrity" in locked[f"node_modules/{name}"]


def test_every_import_of_the_product_is_asked_for() -> None:
    asked = {plain(one.split("==")[0]) for one in RUNTIME}
    owners = packages_distributions()
    undeclared = {
        f"{file.relative_to(ROOT)}: {name}"
        for file in (ROOT / "services" / "gtms").rglob("*.py")
        for name in imported(file) - set(sys.stdlib_module_names) - {"gtms", "treatment", "buf"}
        if not asked & {plain(owner) for owner in owners.get(name, [name])}
    }
    assert undeclared == set()


def imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found
