"""An indicator and a family are added by touching only the files that services/README names."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from gtms.stack.lifecycle import EmbeddedStack
from tests.integration.adding.changes import FAMILY, INDICATOR, TREE, Put, new_files
from tests.support.command import clean_environment

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]

PLACES = {
    "An indicator": {"<theme>": "entrants", "<stage>": "entry", "<id>": "b10", "<ID>": "B10"},
    "A record family": {
        "<package>": "stocks",
        "<record>": "naloxone_stock",
        "<family>": "stock",
        "<NNNN>_<table>": "0099_naloxone_stocks",
    },
}
"""What the words in brackets are for what is added here, by the section of the text."""

WRITTEN_BY_COMMANDS = {
    "An indicator": {"docs/indicators/README.md", "docs/indicators/B10.md"},
    "A record family": {
        "tests/contract/events/golden/v1/stock.json",
        "tests/contract/events/golden/v1/stock_retraction.json",
        "deploy/clickhouse/users.xml",
        "deploy/clickhouse/access.sql",
    },
}
QUICK = (
    "tests/unit/indicators/test_catalogue.py",
    "tests/spec/indicators/test_pages.py",
    "tests/spec/indicators/test_documents.py",
    "tests/unit/events/test_envelope.py",
    "tests/unit/events/test_plausible.py",
    "tests/unit/records/test_codes.py",
    "tests/unit/protos/test_schemas.py",
    "tests/unit/warehouse/test_columns.py",
    "tests/spec/rules/test_rules.py",
    "tests/contract/events/test_golden_events.py",
)
ABOUT_WHAT_IS_ADDED = (
    "B10 and not cells_of_the_page and not every_other_cell or every_indicator or documents"
    " or codes or Naloxone or stock or linter or no_message_has or dates_of_each"
)


def named(section: str) -> set[str]:
    """The files that the lists of a section name."""
    text = (ROOT / "services/README.md").read_text()
    body = text.split(f"### {section}\n")[1].split("\n### ")[0]
    items = [line.partition(":")[0] for line in body.splitlines() if line.startswith("- ")]
    paths = {path for item in items for path in re.findall(r"`([^`]+)`", item)}
    for words, place in PLACES[section].items():
        paths = {path.replace(words, place) for path in paths}
    return paths


def touched(puts: Iterable[Put], files: Iterable[str]) -> set[str]:
    return {put.file for put in puts} | set(files)


def is_of_the_indicator(file: str) -> bool:
    return file.startswith("tests/spec/indicators/")


@pytest.mark.parametrize(
    ("section", "puts", "files"),
    [
        ("An indicator", INDICATOR, [each for each in new_files() if is_of_the_indicator(each)]),
        (
            "A record family",
            FAMILY,
            [each for each in new_files() if not is_of_the_indicator(each)],
        ),
    ],
)
def test_the_text_names_what_is_touched(section: str, puts: list[Put], files: list[str]) -> None:
    assert named(section) == touched(puts, files) | WRITTEN_BY_COMMANDS[section]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree with both added, and everything written that commands write."""
    to = tmp_path_factory.mktemp("copy")
    listed = run(["git", "ls-files", "-co", "--exclude-standard"], ROOT).splitlines()
    for name in listed:
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    (to / ".gtms").mkdir()
    (to / ".gtms/parts").symlink_to(ROOT / ".gtms/parts")
    (to / "node_modules").symlink_to(ROOT / "node_modules")
    shutil.copytree(TREE, to, dirs_exist_ok=True)
    for put in (*INDICATOR, *FAMILY):
        apply(put, to)
    python(to, "tools/generate_protos.py")
    python(to, "-m", "tests.contract.events.make_golden", "v1")
    python(to, "-m", "tools.document_indicators")
    python(to, "-m", "tools.write_accounts")
    return to


def apply(put: Put, to: Path) -> None:
    text = (to / put.file).read_text()
    assert text.count(put.after) == 1, f"{put.file}: {text.count(put.after)} × {put.after!r}"
    (to / put.file).write_text(text.replace(put.after, put.after + put.text))


def python(place: Path, *words: str, environment: Mapping[str, str] | None = None) -> str:
    paths = {"PYTHONPATH": f"{place / 'services'}:{place}"}
    return run([sys.executable, *words], place, {**paths, **(environment or {})})


def run(words: list[str], place: Path, environment: Mapping[str, str] | None = None) -> str:
    done = subprocess.run(
        words,
        cwd=place,
        env={**clean_environment(), **(environment or {})},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


def test_nothing_else_is_needed(copy: Path) -> None:
    said = python(
        copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", *QUICK, "-k", ABOUT_WHAT_IS_ADDED
    )
    assert "passed" in said


def test_they_are_stored_and_counted(copy: Path, stack: EmbeddedStack) -> None:
    python(
        copy,
        "-m",
        "tests.integration.adding.on_clickhouse",
        environment={"GTMS_STACK__STATE": str(stack.settings.stack.state)},
    )
