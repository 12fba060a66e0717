"""F03: kill -9 of the processor, wherever it happens to be."""

import threading
import time
from collections.abc import Callable

import pytest

from gtms.stack.lifecycle import EmbeddedStack
from tests.support.golden import AS_OF
from tests.support.laws import eventually, settled
from tests.support.load import ordinary_records
from tests.support.log import accounted, messages
from tests.support.national import NationalSystem, Verdict
from tests.support.stored import Stored

pytestmark = pytest.mark.slow


def _number(stored: Stored, statement: str, country: str) -> int:
    return stored.rows(statement, country=country)[0][0]


def _published(system: NationalSystem, stored: Stored) -> bool:
    return any(answer.verdict is Verdict.OK for answer in system.history)


def _inserted(system: NationalSystem, stored: Stored) -> bool:
    statement = "SELECT count() FROM registry.revisions WHERE country = %(country)s"
    return _number(stored, statement, system.country) > 0


def _rebuilt(system: NationalSystem, stored: Stored) -> bool:
    statement = "SELECT count() FROM registry.episodes WHERE country = %(country)s"
    return _number(stored, statement, system.country) > 0


def _counted(system: NationalSystem, stored: Stored) -> bool:
    return bool(stored.snapshots(system.country))


@pytest.mark.parametrize("moment", [_published, _inserted, _rebuilt, _counted])
def test_once_as_soon_as(
    running: EmbeddedStack,
    system: NationalSystem,
    stored: Stored,
    moment: Callable[[NationalSystem, Stored], bool],
) -> None:
    records = list(ordinary_records(25))
    sending = threading.Thread(target=system.send, args=(records,))
    sending.start()
    while not moment(system, stored):
        time.sleep(0.005)
    before = running.pid("processor")
    running.kill("processor")
    sending.join()
    running.wait_restarted("processor", before)
    settled(system, stored, AS_OF)
    eventually(lambda: accounted(running.settings.kafka, stored))


def test_again_and_again(running: EmbeddedStack, system: NationalSystem, stored: Stored) -> None:
    records = list(ordinary_records(60, seed=2))
    sending = threading.Thread(target=system.send, args=(records,))
    sending.start()
    for pause in (0.2, 0.5, 0.9, 0.3, 1.1):
        before = running.pid("processor")
        time.sleep(pause)
        running.kill("processor")
        running.wait_restarted("processor", before)
    sending.join()
    settled(system, stored, AS_OF)
    eventually(lambda: accounted(running.settings.kafka, stored))
    assert len(list(messages(running.settings.kafka, "gtms.admissions.v1"))) >= 60
