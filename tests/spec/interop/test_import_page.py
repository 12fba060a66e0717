"""The page about importing shows the mappings as they are."""

from pathlib import Path

import pytest

from gtms.cli.imports import AWAY, SOME_REJECTED, STOPPED, WRONG
from gtms.interop import describe
from gtms.interop.mapping import load

PAGE = (Path(__file__).parents[3] / "docs" / "import.md").read_text("utf-8")
TABLES = {
    "targets teds-a": describe.target_table(load("teds-a")),
    "derived teds-a": describe.derived_table(load("teds-a")),
    "losses teds-a": describe.loss_table(load("teds-a")),
    "derived teds-d": describe.derived_table(load("teds-d")),
    "losses teds-d": describe.loss_table(load("teds-d"), beyond=load("teds-a")),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_page_is_that_of_the_mapping(name):
    """When it is not, put the new one in: `gtms import mapping NAME` prints it."""
    assert f"<!-- {name} -->\n\n{TABLES[name]}\n" in PAGE


def test_the_exit_codes_of_the_page_are_those_of_the_command():
    for code in (0, SOME_REJECTED, WRONG, AWAY, STOPPED):
        assert f"\n| {code} | " in PAGE


def test_the_losses_of_teds_d_besides_are_those_of_what_teds_a_does_not_have():
    besides = TABLES["losses teds-d"].splitlines()[2:]
    assert besides
    assert all(
        "_D |" in line or line.startswith(("| LOS ", "| REASON ", "| METHUSE ", "| NOPRIOR "))
        for line in besides
    )
