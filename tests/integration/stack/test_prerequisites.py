"""What is missing to install GTMS is said in one line that says what to do."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.command import ROOT

SCRIPT = ROOT / "tools" / "prerequisites"
TOOLS_OF_THE_SCRIPT = ("sh", "sed", "head", "cut", "uname")
JAVA_17 = "echo 'openjdk version \"17.0.15\" 2025-04-15' >&2"

Machine = Callable[..., Path]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A folder of programs like that of a machine that has all that is needed, with changes."""

    def make(**changes: str | None) -> Path:
        programs = {
            "python3": f'exec {sys.executable} "$@"',
            "java": JAVA_17,
            "mvn": "true",
            "npm": "echo 10.2.4",
        }
        for name, script in (programs | changes).items():
            if script is not None:
                (tmp_path / name).write_text(f"#!/bin/sh\n{script}\n")
                (tmp_path / name).chmod(0o755)
        for name in TOOLS_OF_THE_SCRIPT:
            (tmp_path / name).symlink_to(str(shutil.which(name)))
        return tmp_path

    return make


def missing(path: Path, **environment: str) -> str:
    done = subprocess.run(
        ["/bin/sh", SCRIPT],
        env={"PATH": str(path)} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout


def test_nothing_is_said_when_nothing_is_missing(machine: Machine) -> None:
    assert missing(machine()) == ""


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"python3": None}, "Python 3.11 or newer is needed: install it"),
        ({"python3": "exit 1"}, "or name it with: make PYTHON="),
        ({"python3": 'case "$2" in *venv*) exit 1;; esac'}, "apt install python3-venv"),
        ({"java": None}, "Java 17 or newer is needed: install it"),
        ({"java": "echo 'java version \"1.8.0_202\"' >&2"}, "java is version 8, Java 17"),
        ({"mvn": None}, "Maven is needed: install it"),
        ({"npm": None}, "npm is needed: install it"),
        ({"npm": "echo 6.14.4"}, "npm is version 6.14.4, 7 or newer is needed"),
        ({"uname": "echo Darwin"}, "Linux x86_64 only"),
    ],
)
def test_what_is_missing_is_one_line(
    machine: Machine, changes: dict[str, str | None], says: str
) -> None:
    path = machine()
    for name, script in changes.items():
        (path / name).unlink()
        if script is not None:
            (path / name).write_text(f"#!/bin/sh\n{script}\n")
            (path / name).chmod(0o755)
    said = missing(path)
    assert says in said
    assert said.count("\n") == 1


def test_java_home_goes_before_the_path(machine: Machine, tmp_path: Path) -> None:
    line = missing(machine(), JAVA_HOME=str(tmp_path / "nowhere"))
    assert "set JAVA_HOME" in line


def test_make_install_says_it_and_stops(tmp_path: Path) -> None:
    for file in ("Makefile", "tools/prerequisites"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    (tmp_path / "protos").mkdir()
    done = subprocess.run(
        ["make", "install", "PYTHON=/nowhere/python"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "Python 3.11 or newer is needed: install it" in done.stderr
    assert done.stderr.count("\n") == 1
