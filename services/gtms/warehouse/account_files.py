"""The accounts as ClickHouse reads them: `users.xml`, or SQL for a server that keeps its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape

from gtms.warehouse.accounts import Account, Profile, accounts
from gtms.warehouse.ledger import migrations

READER_LIMITS = {
    "readonly": "1",
    "max_execution_time": "30",
    "max_memory_usage": "2000000000",
    "max_result_rows": "1000000",
    "max_concurrent_queries_for_user": "16",
    "input_format_values_interpret_expressions": "0",
    "log_queries": "1",
    # A panel reads little: these cost more than they save.
    "enable_join_runtime_filters": "0",
    "query_plan_optimize_lazy_materialization": "0",
    "compile_expressions": "0",
}
LONGEST_S = 60
"""What Grafana may set its own limit of a query to, in seconds."""
READER_QUOTA = {
    "queries": 20_000,
    "errors": 2_000,
    "result_rows": 50_000_000,
    "execution_time": 7_200,
}
"""Of one account in an hour; times in seconds."""

_MADE = re.compile(
    r"^(CREATE (?:MATERIALIZED )?(?:TABLE|VIEW)|DROP (?:TABLE|VIEW)) IF (?:NOT )?EXISTS (\S+)",
    re.MULTILINE,
)
_HEAD = "Written by `make accounts` from gtms/warehouse/accounts.py; not edited by hand."


def tables() -> tuple[str, ...]:
    """`database.table` of every table and view that the migrations leave behind."""
    found: dict[str, None] = {}
    for migration in migrations():
        for what, table in _MADE.findall(migration.text):
            if what.startswith("CREATE"):
                found[table] = None
            else:
                found.pop(table, None)
    return tuple(found)


def every_account() -> tuple[Account, ...]:
    """The accounts for the tables that the migrations make."""
    return accounts(tables())


def users_xml(every: Sequence[Account]) -> str:
    """All accounts, profiles and quotas, as the embedded server and the container read them.

    Hashes of passwords are included from a file of their own, so that an account without one stops
    the server from starting.
    """
    limits = "".join(f"<{name}>{value}</{name}>" for name, value in READER_LIMITS.items())
    quota = "".join(f"<{name}>{value}</{name}>" for name, value in READER_QUOTA.items())
    users = "\n".join(_user(one) for one in every)
    return f"""<?xml version="1.0"?>
<!--
  The accounts. {_HEAD}
  Passwords are never here: the SHA-256 of each comes from the file GTMS_CLICKHOUSE_ACCOUNTS.
-->
<clickhouse>
    <include_from from_env="GTMS_CLICKHOUSE_ACCOUNTS"/>
    <profiles>
        <default></default>
        <service><profile>default</profile><log_queries>0</log_queries></service>
        <reader>
            {limits}
            <constraints>
                <max_execution_time><max>{LONGEST_S}</max><changeable_in_readonly/></max_execution_time>
            </constraints>
        </reader>
    </profiles>
    <quotas>
        <!-- `default` is only there for the embedded server to open its two listeners with. -->
        <start><interval><duration>31536000</duration><queries>2</queries></interval></start>
        <default><interval><duration>3600</duration><queries>0</queries></interval></default>
        <reader><interval><duration>3600</duration>{quota}</interval></reader>
    </quotas>
    <users>
        <!-- The embedded server's own session; no right and no query is left for anyone else. -->
        <default>
            <password></password>
            <networks><ip>::1</ip></networks>
            <profile>default</profile>
            <quota>start</quota>
            <grants><query>GRANT SYSTEM LISTEN ON *.*</query></grants>
        </default>
{users}
    </users>
</clickhouse>
"""


def access_sql(every: Sequence[Account]) -> str:
    """The same as SQL, for a server whose accounts live in it: roles, grants, policies, limits.

    Run again after every change: it only adds, and replaces what has another definition. Users
    themselves are made by whoever has their passwords.
    """
    parts = [
        f"-- {_HEAD}",
        "-- An operator runs it with `clickhouse client --multiquery`; then, for each account:",
        "--   CREATE USER ministry_ken IDENTIFIED WITH sha256_hash BY '…' HOST …",
        "--       DEFAULT ROLE ministry_ken SETTINGS PROFILE 'gtms_reader';",
        "-- Services have the profile gtms_service: their statements name records; none is logged.",
        "-- A role gives rights and rows to the users that have it.",
        _profile_sql(),
        *(_role(one) for one in every),
        _quota_sql(one.name for one in every if one.profile is Profile.READER),
    ]
    return "\n".join(parts) + "\n"


def _user(one: Account) -> str:
    quota = "reader" if one.profile is Profile.READER else "default"
    place = '<ip from_env="GTMS_CLICKHOUSE_NETWORK"/>' if one.signs_in else "<ip>::1</ip>"
    grants = "".join(f"<query>GRANT {grant.rights} ON {grant.on}</query>" for grant in one.grants)
    return f"""        <!-- {one.purpose} -->
        <{one.name} incl="{one.name}">
            <networks>{place}</networks><profile>{one.profile.value}</profile><quota>{quota}</quota>
            <grants>{grants}</grants>
            <databases>{_databases(one)}</databases>
        </{one.name}>"""


def _databases(one: Account) -> str:
    ordered = sorted(one.filters.items())
    parts = []
    for database, within in groupby(ordered, key=lambda pair: pair[0].split(".")[0]):
        tables_of = "".join(
            f"<{table.split('.')[1]}><filter>{escape(rows)}</filter></{table.split('.')[1]}>"
            for table, rows in within
        )
        parts.append(f"<{database}>{tables_of}</{database}>")
    return "".join(parts)


def _profile_sql() -> str:
    limits = ", ".join(
        f"{name} = {value}" for name, value in READER_LIMITS.items() if name != "max_execution_time"
    )
    longest = (
        f"max_execution_time = {READER_LIMITS['max_execution_time']} MAX {LONGEST_S}"
        " CHANGEABLE_IN_READONLY"
    )
    return (
        f"CREATE SETTINGS PROFILE OR REPLACE gtms_reader SETTINGS {limits}, {longest};\n"
        "CREATE SETTINGS PROFILE OR REPLACE gtms_service SETTINGS log_queries = 0;"
    )


def _quota_sql(names: Iterable[str]) -> str:
    most = ", ".join(f"{name} = {value}" for name, value in READER_QUOTA.items())
    return (
        "CREATE QUOTA OR REPLACE gtms_reader KEYED BY user_name FOR INTERVAL 1 hour"
        f" MAX {most} TO {', '.join(names)};"
    )


def _role(one: Account) -> str:
    return "\n".join(
        ["", f"-- {one.purpose}", f"CREATE ROLE IF NOT EXISTS {one.name};", *_sql(one)]
    )


def _sql(one: Account) -> Iterator[str]:
    for grant in one.grants:
        yield f"GRANT {grant.rights} ON {grant.on} TO {one.name};"
    for table, rows in one.filters.items():
        yield f"CREATE ROW POLICY OR REPLACE {one.name} ON {table} USING {rows} TO {one.name};"
