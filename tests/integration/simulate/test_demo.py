"""The demo on a stack that is up: everything once, then nothing twice."""

import re
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from gtms.cli.demo import app
from gtms.simulate.demonstration import COUNTRIES
from tests.support.golden import AS_OF
from tests.support.stack import a_stack, found_by_commands

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def alone() -> Iterator[None]:
    """A stack in whose countries nothing else is reported."""
    overrides = {"processing": {"as_of": AS_OF}}
    with a_stack(only_stores=False, overrides=overrides) as stack, found_by_commands(stack):
        yield


def demo(*options: str):
    return CliRunner().invoke(app, ["--exit", *options], env={"COLUMNS": "120"})


def test_a_second_run_shows_the_same_figures_and_sends_nothing(alone):
    first = demo("--admissions", "100")
    second = demo()
    assert (first.exit_code, second.exit_code) == (0, 0), (first.output, first.exception)
    assert "Sending the simulated records" in first.stdout
    assert "nothing is sent" in second.stdout
    assert "SIMULATED" in first.stdout
    assert all(country in first.stdout for country in COUNTRIES)
    assert figures(first.stdout) == figures(second.stdout)
    assert len(figures(first.stdout)) > 20


def figures(shown: str) -> list[str]:
    """The lines of the table of indicators."""
    return [line for line in shown.splitlines() if re.match(r" [A-L]\d\d ", line)]


def test_another_size_is_refused_before_anything_starts(alone):
    demo("--admissions", "100")
    refused = demo("--admissions", "200")
    assert refused.exit_code == 1
    assert "100 admissions" in str(refused.exception)
