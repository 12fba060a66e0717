"""Checks what `docker compose up` is made of, without an engine.

Loads docker-compose.yml with the reference loader of the compose specification (Go), lints the
Dockerfile (npm), and runs the steps of the image in an empty folder: each stage has a folder of its
own that stands for its root, and a virtual environment that stands for its Python. What needs a
container, users and their folders, is left out. Says what it does not do because a tool is missing.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCKERFILE = ROOT / "deploy" / "Dockerfile"
LOADER = "github.com/compose-spec/compose-go/v2/cmd@v2.16.2"
LINTER = "dockerfilelint@1.8.0"
KEPT = {name: value for name, value in os.environ.items() if not name.startswith("GTMS_")}
LEFT_OUT = ("useradd",)
"""Steps that only a container can take."""
ABSOLUTE = re.compile(r"(?<![\w./-])/(?=(?:build|tmp|wheel|usr/share/gtms)\b)")
"""Where a path begins that is one of the image's."""


@dataclass(frozen=True)
class Stage:
    """One stage of the image: its name, and its instructions in order."""

    name: str
    base: str
    steps: list[tuple[str, str]] = field(default_factory=list)


def stages(text: str) -> list[Stage]:
    """The stages of a Dockerfile."""
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    found: list[Stage] = []
    for line in filter(None, joined.splitlines()):
        word, _, rest = line.partition(" ")
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            found.append(Stage(name or "image", base))
        else:
            found[-1].steps.append((word, rest))
    return found


def main() -> int:
    """Check it all; the exit code is that of the first check that fails."""
    checks = (
        ("docker-compose.yml", "go", ["go", "run", LOADER, "docker-compose.yml"]),
        ("deploy/Dockerfile", "npx", ["npx", "--yes", LINTER, "deploy/Dockerfile"]),
    )
    for name, tool, command in checks:
        if shutil.which(tool) is None:
            print(f"{name}: not checked, there is no {tool}")
            continue
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name}:\n{done.stdout}{done.stderr}", file=sys.stderr)
            return done.returncode
        print(f"{name}: as it should be")
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
    return 0


def build(folder: Path) -> None:
    """Take the steps of the image in an empty folder, and run what came of them."""
    made: dict[str, Path] = {}
    for stage in stages(DOCKERFILE.read_text()):
        made[stage.name] = root = folder / stage.name
        (root / "tmp").mkdir(parents=True)
        if stage.base.startswith("python:"):
            subprocess.run([sys.executable, "-m", "venv", root / "venv"], check=True)
        place = root
        for word, rest in stage.steps:
            if word == "WORKDIR":
                place = root / rest.strip("/")
                place.mkdir(parents=True, exist_ok=True)
            elif word == "COPY":
                copy(rest, made, place, root)
            elif word == "RUN" and not rest.startswith(LEFT_OUT):
                run(ABSOLUTE.sub(f"{root}/", rest), place, root)
        print(f"deploy/Dockerfile, {stage.name}: its steps run")
    run("gtms --version && gtms grafana --help >/dev/null", root, root)


def copy(words: str, made: dict[str, Path], place: Path, root: Path) -> None:
    """COPY, from the project or from another stage."""
    option, _, rest = words.rpartition("--from=")
    *sources, target = (rest or option).split()
    origin = made[sources.pop(0)] if rest != words else ROOT
    for source in sources:
        to = root / target.strip("/") if target.startswith("/") else place / target
        path = origin / source.strip("/")
        if path.is_dir():
            shutil.copytree(path, to, ignore=ignored, dirs_exist_ok=True)
        else:
            to = to / path.name if target.endswith("/") else to
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, to)


def ignored(folder: str, names: list[str]) -> set[str]:
    """What .dockerignore keeps out of the image."""
    made = {"treatment", "buf"} if Path(folder) == ROOT / "services" else set()
    return made | {name for name in names if name == "__pycache__" or name.endswith(".egg-info")}


def run(command: str, place: Path, root: Path) -> None:
    """RUN, with the stage's Python before the machine's. Raises CalledProcessError."""
    path = f"{root / 'venv' / 'bin'}:{os.environ['PATH']}"
    subprocess.run(["sh", "-ec", command], cwd=place, env={**KEPT, "PATH": path}, check=True)


if __name__ == "__main__":
    sys.exit(main())
