"""A stack whose stores may be killed and emptied, and what a loader on it reads and writes."""

from collections.abc import Iterator

import pytest

from gtms.config import Settings
from gtms.stack.lifecycle import EmbeddedStack
from tests.support.loading import Group, Registry
from tests.support.stack import a_stack


@pytest.fixture(scope="module")
def own_stack() -> Iterator[EmbeddedStack]:
    with a_stack(only_stores=True, overrides={"processing": {"session_timeout_s": 6.0}}) as up:
        yield up


@pytest.fixture
def settings(own_stack: EmbeddedStack) -> Settings:
    return own_stack.settings


@pytest.fixture
def registry(settings: Settings) -> Registry:
    return Registry(settings)


@pytest.fixture
def group(settings: Settings) -> Group:
    return Group(settings)
