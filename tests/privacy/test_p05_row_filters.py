"""P05: a fence that is taken away in a copy is missed; in what we ship none is missing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gtms.warehouse.account_files import every_account
from gtms.warehouse.accounts import OF_OWN_COUNTRY, OWN_COUNTRY, Profile
from tests.privacy import raw_sql
from tests.support.clickhouse import Change, Warehouse, a_warehouse

GRANTED = """
SELECT DISTINCT g.user_name, t.database || '.' || t.name
FROM system.grants AS g
CROSS JOIN system.tables AS t
WHERE g.access_type IN ('SELECT', 'INSERT') AND g.user_name NOT IN ('default', '')
    AND t.database IN ('registry', 'indicators', 'published', 'ops')
    AND g.database = t.database AND (g.table IS NULL OR g.table = t.name)
"""
FILTERED = """
SELECT arrayJoin(apply_to_list), database || '.' || table, select_filter FROM system.row_policies
"""
VIEWS_OF_ALL = tuple(
    f"CREATE OR REPLACE VIEW {view} DEFINER = gtms_views SQL SECURITY DEFINER AS"
    f" SELECT country, key, value FROM {table}"
    for view, table in (
        ("published.released", "published.cells"),
        ("published.provisional", "indicators.cells WHERE version = 7 AND key = ''"),
    )
)


def any_row(text: str) -> str:
    return text.replace(f"<filter>{OWN_COUNTRY}</filter>", "<filter>1</filter>")


def no_filter(text: str) -> str:
    return re.sub(r"<(\w+)><filter>country IN [^<]*</filter></\1>", "", text)


def also(grant: str) -> Change:
    """One more right for ministries."""
    right = "<query>GRANT SELECT ON published.released</query>"
    return lambda text: text.replace(right, f"{right}<query>GRANT {grant}</query>")


def unfiltered(warehouse: Warehouse) -> set[tuple[object, ...]]:
    """Accounts and tables they may use, for which there is no filter, or not the one we mean."""
    found = {row[:2]: row[2] for row in warehouse.ask("gtms", FILTERED)}
    meant = {
        (one.name, table): rows for one in every_account() for table, rows in one.filters.items()
    }
    granted = set(warehouse.ask("gtms", GRANTED))
    assert granted
    return {pair for pair in granted if found.get(pair) is None or found[pair] != meant.get(pair)}


@pytest.mark.parametrize("broken", [any_row, no_filter])
def test_a_broken_filter_is_seen_and_without_the_other_fence_it_leaks(
    tmp_path: Path, broken: Change
) -> None:
    with a_warehouse(tmp_path, broken) as warehouse:
        raw_sql.fill(warehouse)
        assert {table for _, table in unfiltered(warehouse)} == set(OF_OWN_COUNTRY)
        assert next(raw_sql.leaks(warehouse), None) is None  # the views keep countries apart
        warehouse.operate(*VIEWS_OF_ALL)
        assert next(raw_sql.leaks(warehouse), None)


def test_the_filter_keeps_countries_apart_when_the_views_do_not(tmp_path: Path) -> None:
    with a_warehouse(tmp_path) as warehouse:
        raw_sql.fill(warehouse)
        warehouse.operate(*VIEWS_OF_ALL)
        for view in raw_sql.VIEWS:
            seen = warehouse.ask(raw_sql.ACCOUNT, f"SELECT DISTINCT country FROM {view}")
            assert seen == [(raw_sql.OWN,)]


@pytest.mark.parametrize(
    "grant", ["SELECT ON indicators.*", "SELECT ON ops.acl", "SELECT ON system.row_policies"]
)
def test_the_attacks_find_a_right_too_many(tmp_path: Path, grant: str) -> None:
    with a_warehouse(tmp_path, also(grant)) as warehouse:
        raw_sql.fill(warehouse)
        assert next(raw_sql.leaks(warehouse), None)


def test_the_attacks_find_a_server_that_reads_files(tmp_path: Path) -> None:
    with a_warehouse(tmp_path, files=True) as warehouse:
        told = [raw_sql.asked_by(warehouse, raw_sql.ACCOUNT, one) for one in raw_sql.FILES]
        assert any("root:x:0" in each for each in told)


def test_the_attacks_find_a_view_whose_conditions_are_computed_with_others(tmp_path: Path) -> None:
    view = "published.released"
    with a_warehouse(tmp_path) as warehouse:
        raw_sql.fill(warehouse)
        [(made,)] = warehouse.ask("gtms", f"SHOW CREATE TABLE {view}")
        without = re.sub(r"LIMIT \d+$", "", str(made)).replace(
            "CREATE VIEW", "CREATE OR REPLACE VIEW"
        )
        warehouse.operate(without)
        assert raw_sql.oracles(warehouse)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with a_warehouse(tmp_path_factory.mktemp("warehouse")) as up:
        yield up


def test_every_account_has_its_filter_on_every_table_that_it_may_use(shipped: Warehouse) -> None:
    assert unfiltered(shipped) == set()


def test_the_server_knows_the_accounts_and_no_others(shipped: Warehouse) -> None:
    named = {str(name) for (name,) in shipped.ask("gtms", "SELECT name FROM system.users")}
    assert named == {one.name for one in every_account()} | {"default"}


def test_readers_only_read_views_and_the_audit() -> None:
    for account in every_account():
        if account.profile is Profile.READER:
            assert {grant.rights for grant in account.grants} == {"SELECT"}
            assert {grant.on for grant in account.grants} == set(account.filters)
            shown = ("published.", "ops.pipeline_", "ops.audit")
            assert all(on.startswith(shown) for on in account.filters)


def test_what_is_for_a_server_is_sql_that_it_takes(shipped: Warehouse) -> None:
    sql = Path("deploy/clickhouse/access.sql").read_text()
    lines = (line for line in sql.splitlines() if not line.startswith("--"))
    statements = [one.strip() for one in "\n".join(lines).split(";") if one.strip()]
    for kind in {statement.split(" ON ")[0][:24]: statement for statement in statements}.values():
        assert shipped.ask("gtms", f"EXPLAIN AST {kind}")
