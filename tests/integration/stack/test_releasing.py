"""A release on the whole system: records in, a vintage out, and L05 that follows by itself."""

import json
import time
from collections.abc import Callable
from typing import Any

from gtms.stack.lifecycle import EmbeddedStack
from tests.support.command import gtms
from tests.support.national import NationalSystem
from tests.support.population import unreceived
from tests.support.releasing import PERIOD, people

COUNTRY = "MWI"
PATIENCE_S = 150.0


def said(running: EmbeddedStack, *words: str) -> Any:
    environment = {"GTMS_STACK__STATE": str(running.settings.stack.state)}
    done = gtms(*words, environment=environment)
    assert done.code == 0, done.err
    return json.loads(done.out)


def test_from_records_to_a_vintage_and_its_revision_size(
    commands_find_running: EmbeddedStack,
) -> None:
    running = commands_find_running
    system = NationalSystem(running, COUNTRY)
    system.send(map(unreceived, people(range(40), COUNTRY)))
    system.close()
    asked = ("indicators", "query", "A02", "--period", PERIOD, "--format", "json")
    provisional = (*asked, "--country", COUNTRY)
    until(lambda: [cell["value"] for cell in said(running, *provisional)] == [40])
    own = ("--country", COUNTRY, "--json")
    (draft,) = said(running, "release", "draft", PERIOD, *own)
    said(running, "release", "review", PERIOD, *own)
    (public,) = said(running, "release", "publish", PERIOD, *own)
    assert public["content_hash"] == draft["content_hash"]
    (cell,) = said(running, *asked, "--country", COUNTRY, "--published", "--token", "dev-UNODC")
    assert (cell["country"], cell["value"], cell["vintage"]) == (COUNTRY, 40, 1)
    until(lambda: set(revision_sizes(running).values()) == {0})


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, "waited too long"
        time.sleep(1)


def revision_sizes(running: EmbeddedStack) -> dict[str, float]:
    asked = ("indicators", "query", "L05", "--by", "indicator", "--period", PERIOD)
    cells = said(running, *asked, "--country", COUNTRY, "--format", "json")
    return {cell["dimensions"]["indicator"]: cell["value"] for cell in cells}
