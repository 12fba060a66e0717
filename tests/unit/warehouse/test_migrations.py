"""Every migration can be executed twice, on one node and on a cluster."""

import re
from pathlib import Path

import pytest

from gtms.config import ClickHouse
from gtms.trouble import Trouble
from gtms.warehouse.ledger import Migration, migrations, placeholders

ALL = migrations()
ONE_NODE = placeholders(ClickHouse())
CLUSTER = placeholders(ClickHouse(cluster="main"))

REPEATABLE = re.compile(
    r"CREATE (DATABASE|TABLE|VIEW|MATERIALIZED VIEW|DICTIONARY|FUNCTION) IF NOT EXISTS "
    r"|CREATE OR REPLACE (VIEW|DICTIONARY|FUNCTION) "
    r"|DROP (DATABASE|TABLE|VIEW|DICTIONARY|FUNCTION) IF EXISTS "
    r"|ALTER TABLE .*(ADD (COLUMN|INDEX) IF NOT EXISTS|DROP (COLUMN|INDEX) IF EXISTS"
    r"|MODIFY (COLUMN|SETTING|COMMENT))",
    re.DOTALL,
)


@pytest.mark.parametrize("migration", ALL, ids=str)
def test_statements_can_be_executed_twice(migration: Migration) -> None:
    for statement in migration.statements(ONE_NODE):
        assert REPEATABLE.match(statement), statement


@pytest.mark.parametrize("migration", ALL, ids=str)
def test_same_file_serves_a_node_and_a_cluster(migration: Migration) -> None:
    for statement in migration.statements(ONE_NODE):
        assert "ON CLUSTER" not in statement
        assert "Replicated" not in statement
    for statement in migration.statements(CLUSTER):
        assert "ON CLUSTER 'main'" in statement
        assert (
            re.search(r"(?<!Replicated)(?<!Replacing)(?<!Aggregating)MergeTree", statement) is None
        )
        # What stays is a parameter of a view: `{name:Type}`.
        assert "{" not in re.sub(r"\{\w+:[\w()]+\}", "", statement)


def test_statements_end_at_a_semicolon_at_the_end_of_a_line() -> None:
    text = "-- a comment; not a statement\nSELECT ';'\n  -- another\nFROM a;\n\nSELECT 2;"
    assert Migration(1, "odd", text).statements({}) == ("SELECT ';'\nFROM a", "SELECT 2")


def test_numbers_are_unique(tmp_path: Path) -> None:
    (tmp_path / "0001_a.sql").write_text("")
    (tmp_path / "0001_b.sql").write_text("")
    with pytest.raises(Trouble, match="share a number"):
        migrations(tmp_path)


def test_names_have_a_form(tmp_path: Path) -> None:
    (tmp_path / "1-a.sql").write_text("")
    with pytest.raises(Trouble, match="NNNN_name"):
        migrations(tmp_path)
