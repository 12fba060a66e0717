"""P12, whole: a vintage, `gtms erase`, the next vintage; nobody sees of whom there is one less."""

import subprocess
from collections.abc import Iterator

import pytest

from gtms.indicators.catalogue import CATALOGUE
from gtms.privacy import revisions
from gtms.privacy.cells import Cell
from gtms.release.archive import Archive
from gtms.release.judging import Rules
from gtms.release.states import Release
from gtms.release.steps import Steps
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse.client import Connection
from tests.conftest import AS_OF
from tests.support.command import clean_environment, gtms_words
from tests.support.differencing import deduced
from tests.support.laws import settled
from tests.support.national import NationalSystem
from tests.support.releasing import PERIOD, people, published
from tests.support.stored import Stored

pytestmark = pytest.mark.slow

COUNTRY, PEOPLE = "SEN", range(40)
COUNTS = ("A02", "B01", "B04")


@pytest.fixture
def system(running: EmbeddedStack) -> Iterator[NationalSystem]:
    sender = NationalSystem(running, COUNTRY)
    yield sender
    sender.close()


@pytest.fixture
def stored(running: EmbeddedStack) -> Iterator[Stored]:
    reading = Stored(running.settings.clickhouse)
    yield reading
    reading.close()


@pytest.fixture
def steps(running: EmbeddedStack) -> Iterator[Steps]:
    connection = Connection(running.settings.clickhouse)
    yield Steps(Archive(connection), Rules(), CATALOGUE, lambda: AS_OF)
    connection.close()


def erase(stack: EmbeddedStack, pseudonym: str) -> None:
    done = subprocess.run(
        gtms_words("erase", "person", COUNTRY, "--because", "request 12", "--yes"),
        input=pseudonym + "\n",
        capture_output=True,
        text=True,
        env=clean_environment({"GTMS_STACK__STATE": str(stack.settings.stack.state)}),
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def cells(steps: Steps, release: Release, indicator: str) -> list[Cell]:
    """What everybody reads of an indicator."""
    found = (one.cell for one in steps.archive.cells(COUNTRY, release))
    return [cell for cell in found if cell.indicator == indicator]


def test_the_vintages_before_and_after_do_not_tell_who_was_erased(
    running: EmbeddedStack,
    system: NationalSystem,
    stored: Stored,
    steps: Steps,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    records = people(PEOPLE, COUNTRY)
    system.send(records)
    settled(system, stored, AS_OF)
    before = published(steps, COUNTRY)
    erase(running, records[-1].record.client_pseudonym)
    with monkeypatch.context() as unguarded:
        unguarded.setattr(revisions, "in_steps", lambda cells, public, *_: list(public))
        assert steps.draft(COUNTRY, PERIOD, "erased", "ann").leaks, "else it would be published"
    after = published(steps, COUNTRY, reason="erased")
    assert (before.vintage, after.vintage) == (1, 2)
    for indicator in COUNTS:
        first, second = cells(steps, before, indicator), cells(steps, after, indicator)
        assert first
        assert second
        assert deduced(first, second) == set(), indicator
