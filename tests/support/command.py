"""The `gtms` command as a person would run it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 150


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


def clean_environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """Ours without any GTMS setting, with these changes."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GTMS_")}
    return kept | {"PYTHONPATH": str(ROOT / "services")} | dict(changes or {})


def gtms_words(*words: str | Path) -> list[str]:
    """The words that start the command."""
    return [sys.executable, "-m", "gtms", *map(str, words)]


def gtms(*words: str | Path, environment: Mapping[str, str] | None = None) -> Said:
    """Run `gtms WORDS…` and wait for its end."""
    done = subprocess.run(
        gtms_words(*words),
        capture_output=True,
        text=True,
        env=clean_environment(environment),
        timeout=TIMEOUT_S,
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)
