"""Stacks for tests: real Kafka and ClickHouse, each on free ports with a state folder of its own.

Every stack is leashed: it ends with the test process, however that ends.
"""

import contextlib
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

from gtms.config import Settings, settings
from gtms.stack import clickhouse, ports
from gtms.stack.lifecycle import EmbeddedStack
from gtms.stack.supervision import Supervisor
from gtms.trouble import Trouble
from tests.support.command import clean_environment, gtms_words

MIN_FREE_MIB = 512
TRIES = 3

Overrides = Mapping[str, Mapping[str, Any]]
"""Settings to change, section by section: `{"processing": {"as_of": date(2026, 9, 30)}}`."""


def default_settings(state: Path) -> Settings:
    """Settings as of a folder in which no stack is up: not those of one in the project's own."""
    with _meaning(state):
        return Settings()


def settings_for(state: Path, overrides: Overrides) -> Settings:
    """Settings of a stack in `state` on free ports, with the given changes."""
    base = default_settings(state)
    stack = base.stack.model_copy(update={"state": state, "min_free_mib": MIN_FREE_MIB})
    made = base.model_copy(update={"stack": stack})
    for section, changes in overrides.items():
        changed = getattr(made, section).model_validate(
            getattr(made, section).model_dump() | dict(changes)
        )
        made = made.model_copy(update={section: changed})
    return clickhouse.with_password_file(ports.with_port_base(made, ports.free_port_base(made)))


@contextmanager
def a_stack(*, only_stores: bool, overrides: Overrides | None = None) -> Iterator[EmbeddedStack]:
    """A stack that is up inside the `with` block and gone, with its folder, after it.

    Its log files are shown when it did not come up.
    """
    state = Path(tempfile.mkdtemp(prefix="gtms-"))
    try:
        stack = _come_up(state, only_stores=only_stores, overrides=overrides or {})
        try:
            yield stack
        finally:
            stack.down()
    finally:
        shutil.rmtree(state, ignore_errors=True)


@contextmanager
def found_by_commands(stack: EmbeddedStack) -> Iterator[None]:
    """Inside, `gtms.config.settings()` and every `gtms` command mean this stack."""
    with _meaning(stack.settings.stack.state):
        yield


@contextmanager
def _meaning(state: Path) -> Iterator[None]:
    before = os.environ.get("GTMS_STACK__STATE")
    os.environ["GTMS_STACK__STATE"] = str(state)
    settings.cache_clear()
    try:
        yield
    finally:
        settings.cache_clear()
        if before is None:
            del os.environ["GTMS_STACK__STATE"]
        else:
            os.environ["GTMS_STACK__STATE"] = before


def _come_up(state: Path, *, only_stores: bool, overrides: Overrides) -> EmbeddedStack:
    """Try again when somebody took one of the ports between the choice and the start."""
    for left in reversed(range(TRIES)):
        stack = EmbeddedStack(settings_for(state, overrides))
        try:
            stack.up(only_stores=only_stores, leashed=True)
        except Trouble as trouble:
            if left == 0 or "in use" not in str(trouble):
                raise Trouble(f"{trouble}\n{logs(stack.supervisor)}") from trouble
        else:
            return stack
    raise AssertionError("not reached")


def logs(supervisor: Supervisor, lines: int = 15) -> str:
    """The last lines of every log, for the report of a failed test."""
    parts = []
    for file in sorted(supervisor.logs.glob("*.log")):
        last = file.read_text(errors="replace").splitlines()[-lines:]
        parts += [f"--- {file.name}", *last]
    return "\n".join(parts)


@contextmanager
def downed_at_the_end(state: Path) -> Iterator[None]:
    """Whatever `gtms stack up` starts in this folder is stopped at the end of the block.

    Also when the test process is killed: a shell then sees its input end, and does it.
    """
    down = shlex.join(gtms_words("stack", "down", "--quiet", "--state"))
    with subprocess.Popen(
        ["sh", "-c", f'read -r folder; cat >/dev/null; exec {down} "$folder"'],
        stdin=subprocess.PIPE,
        text=True,
        env=clean_environment(),
        start_new_session=True,
    ) as waiting:
        assert waiting.stdin is not None
        waiting.stdin.write(f"{state}\n")
        waiting.stdin.flush()
        yield


def processes_of(state: Path) -> list[str]:
    """Command lines of all processes that have to do with a state folder."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            words = process.cmdline()
            environment = process.environ()
            belongs = environment.get("GTMS_STACK__STATE") == str(state)
            if belongs or any(str(state) in word for word in words):
                found.append(" ".join(words) or process.status())
    return found
