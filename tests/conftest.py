"""Fixtures that every kind of test may ask for."""

import logging
from collections.abc import Iterator
from datetime import date

import hypothesis
import pytest

from gtms.stack.lifecycle import EmbeddedStack
from tests.support.stack import a_stack, found_by_commands

# Threads of a service that a test has ended may log after pytest took their stream away.
logging.raiseExceptions = False

# How long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile("gtms", deadline=None)
hypothesis.settings.load_profile("gtms")

AS_OF = date(2026, 9, 30)


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """What a command run inside the test does to logging ends with the test."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture(scope="session")
def stack() -> Iterator[EmbeddedStack]:
    """Kafka and ClickHouse with topics and tables, and nothing else running on them."""
    with a_stack(only_stores=True) as up:
        yield up


@pytest.fixture(scope="session")
def running() -> Iterator[EmbeddedStack]:
    """A stack of its own with all services and the processor, where every day is `AS_OF`."""
    with a_stack(only_stores=False, overrides={"processing": {"as_of": AS_OF}}) as up:
        yield up


@pytest.fixture
def commands_find_stack(stack: EmbeddedStack) -> Iterator[EmbeddedStack]:
    """Inside the test, `settings()` and `gtms` commands mean `stack`."""
    with found_by_commands(stack):
        yield stack


@pytest.fixture
def commands_find_running(running: EmbeddedStack) -> Iterator[EmbeddedStack]:
    """Inside the test, `settings()` and `gtms` commands mean `running`."""
    with found_by_commands(running):
        yield running
