"""A stack under load, and a fresh country for every test."""

from collections.abc import Iterator
from itertools import count

import pytest

from gtms.stack.lifecycle import EmbeddedStack
from tests.support.national import NationalSystem
from tests.support.stored import Stored

COUNTRIES = ("ALB", "ARG", "AUS", "BGD", "BOL", "BRA", "CHL", "COL", "CZE", "DEU", "EGY", "ESP")
_taken = count()


@pytest.fixture
def system(running: EmbeddedStack) -> Iterator[NationalSystem]:
    """A national system of a country that no other test uses."""
    sender = NationalSystem(running, COUNTRIES[next(_taken)])
    yield sender
    sender.close()


@pytest.fixture
def stored(running: EmbeddedStack) -> Iterator[Stored]:
    reading = Stored(running.settings.clickhouse)
    yield reading
    reading.close()
