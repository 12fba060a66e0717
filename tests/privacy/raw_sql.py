"""What somebody with a ministry's account sends to ClickHouse, and what must not come back.

Two countries have released and provisional cells. Whatever is the other's, or withheld, has a
value that stands nowhere else, so that it can be looked for in any answer and in any error.
"""

from collections.abc import Iterable, Iterator

from clickhouse_driver.errors import Error

from gtms.warehouse.accounts import ministry
from tests.support.clickhouse import Warehouse

OWN, OTHER = "KEN", "UGA"
ACCOUNT = ministry(OWN)
OWN_RELEASED, OTHER_RELEASED = 111_222.0, 333_444.0
OWN_PROVISIONAL, OTHER_PROVISIONAL = 555_666.0, 777_888.0
WITHHELD, UNFINISHED, SUPERSEDED = 0.271_828, 999_111.0, 999_222.0
PERSON = "c0ffee00c0ffee11c0ffee22c0ffee33"
SECRETS = (
    *(str(value)[:6] for value in (OTHER_RELEASED, OTHER_PROVISIONAL, UNFINISHED, SUPERSEDED)),
    *(str(WITHHELD), PERSON, f"{OTHER}-north", f"ministry_{OTHER.lower()}", "root:x:0"),
)
CELLS = 30_000
"""Of the other country: more than one mark of the index."""


def fill(warehouse: Warehouse) -> None:
    """Both countries' cells, and each ministry's own country in the look-up table."""
    for country, released, live in (
        (OWN, OWN_RELEASED, OWN_PROVISIONAL),
        (OTHER, OTHER_RELEASED, OTHER_PROVISIONAL),
    ):
        content = country[0].lower() * 64
        warehouse.operate(
            f"INSERT INTO ops.acl (user, country) VALUES ('{ministry(country)}', '{country}')",
            "INSERT INTO published.cells (country, period, vintage, content, indicator, measure,"
            f" value, status) VALUES ('{country}', '2025', 1, '{content}', 'A02', 'value',"
            f" {released}, 'OK')",
            "INSERT INTO published.cells (country, period, vintage, content, indicator, measure,"
            f" value, status) VALUES ('{country}', '2025', 2, '{'f' * 64}', 'A02', 'value',"
            f" {UNFINISHED}, 'OK')",
            "INSERT INTO published.vintages (country, period, vintage, content, first, after)"
            f" VALUES ('{country}', '2025', 1, '{content}', '2025-01-01', '2026-01-01')",
            "INSERT INTO indicators.snapshots (country, period, version, as_of, parameters)"
            f" VALUES ('{country}', '2025', 7, '2026-01-01', '{{\"k_threshold\": 5}}')",
            *_cells(country, live),
        )
    warehouse.operate(
        f"INSERT INTO registry.person_records (country, person) VALUES ('{OTHER}', '{PERSON}')",
        f"INSERT INTO indicators.cells SELECT '{OTHER}', '2025', 7, 'A02', 'value', 'sex',"
        " 'sex=' || toString(number), map('sex', toString(number)),"
        f" {OTHER_PROVISIONAL}, 7, 9, 'OK' FROM numbers({CELLS})",
    )


def _cells(country: str, live: float) -> Iterable[str]:
    into = (
        "INSERT INTO indicators.cells (country, period, version, indicator, measure, by, key,"
        " dimensions, value, numerator, denominator, status) VALUES"
    )
    place = f"'admin1', 'admin1={country}-north', map('admin1', '{country}-north')"
    yield f"{into} ('{country}', '2025', 7, 'A02', 'value', '', '', map(), {live}, 50, 90, 'OK')"
    old = SUPERSEDED
    yield f"{into} ('{country}', '2025', 6, 'A02', 'value', '', '', map(), {old}, 50, 90, 'OK')"
    yield f"{into} ('{country}', '2025', 7, 'F01', 'value', {place}, {WITHHELD}, 3, 40, 'OK')"
    yield f"{into} ('{country}', '2025', 7, 'J01', 'value', {place}, 2, 2, 2, 'OK')"


VIEWS = ("published.released", "published.provisional")
_ASKED = "indicators = ['A02', 'F01', 'J01'], by = '{by}'"
_ONE = f"in(period = '2025', {_ASKED})"
_MANY = f"over(like = '2025', since = '2000-01-01', until = '2030-01-01', {_ASKED})"
PANELS = tuple(
    f"published.{view}_{which.format(by=by)}"
    for view in ("released", "provisional")
    for which in (_ONE, _MANY)
    for by in ("", "sex", "admin1")
)
"""Views with parameters, asked for each table that there is."""
PARAMETERS = (
    "published.provisional_in(period = '2025', indicators = ['A02'], by = {})",
    "published.released_over(like = {}, since = 0, until = now(), indicators = ['A02'], by = '')",
)
WORMS = (
    *("(SELECT key FROM indicators.cells LIMIT 1)", "(SELECT any(person) FROM registry.episodes)"),
    *("file('/etc/passwd')", "(SELECT user FROM ops.acl LIMIT 1)", "country", "key", "value"),
    *("'\\' OR 1 = 1 --'", "$$') OR (1$$", "throwIf(value > 7)", "currentUser()"),
)
"""In place of a parameter."""
TABLES = (
    *("registry.admissions", "registry.person_records", "registry.episodes"),
    *(
        "indicators.cells",
        "indicators.snapshots",
        "indicators.release_cells",
        "indicators.releases",
    ),
    *("published.cells", "published.vintages", "ops.acl", "ops.audit", "ops.migrations"),
)
FUNCTIONS = (
    *("loop({db}, {table})", "mergeTreeIndex({db}, {table})", "merge('{db}', '.*')"),
    *("merge(REGEXP('.*'), '.*')", "remote('127.0.0.1:{port}', '{db}', '{table}')"),
    *("cluster('default', {db}, {table})", "mergeTreeProjection({db}, {table}, 'p')"),
    *(
        "viewExplain('EXPLAIN', '', (SELECT * FROM {db}.{table}))",
        "view(SELECT * FROM {db}.{table})",
    ),
)
ELSEWHERE = (
    *("url('http://127.0.0.1:1/', 'LineAsString')", "file('/etc/passwd', 'LineAsString')"),
    *("s3('http://127.0.0.1:1/x', 'CSV')", "mysql('127.0.0.1:1', 'a', 'b', 'c', 'd')"),
    *("postgresql('127.0.0.1:1', 'a', 'b', 'c', 'd')", "executable('ls', 'TSV', 'x String')"),
    *("dictionary('x')", "sqlite('x', 'y')", "mongodb('127.0.0.1:1', 'a', 'b', 'c', 'd', 'x Int')"),
    *("hdfs('hdfs://x/y', 'TSV')", "format(Values, '(file(''/etc/passwd''))')"),
)
SYSTEM = (
    *("users", "roles", "grants", "row_policies", "quotas", "quota_usage", "settings_profiles"),
    *("parts", "parts_columns", "processes", "query_log", "query_thread_log", "part_log"),
    *("text_log", "trace_log", "session_log", "zookeeper", "clusters", "disks", "storage_policies"),
    *("mutations", "merges", "replicas", "server_settings", "user_directories", "dictionaries"),
    *("asynchronous_metrics", "events", "metrics", "errors", "warnings", "stack_trace"),
    *("query_cache", "backups", "data_skipping_indices", "named_collections", "crash_log"),
)
CHANGES = (
    "INSERT INTO ops.acl (user, country) VALUES ('ministry_ken', 'UGA')",
    "INSERT INTO published.cells (country) VALUES ('KEN')",
    "ALTER TABLE published.cells DELETE WHERE 1",
    "ALTER TABLE published.cells UPDATE value = 1 WHERE 1",
    "DELETE FROM published.cells WHERE 1",
    "TRUNCATE TABLE published.cells",
    "DROP VIEW published.released",
    "CREATE TABLE published.mine (x Int8) ENGINE = Memory",
    "CREATE TEMPORARY TABLE mine (x Int8)",
    "CREATE VIEW published.mine AS SELECT * FROM indicators.cells",
    "CREATE VIEW published.mine DEFINER = gtms_views SQL SECURITY DEFINER AS"
    " SELECT * FROM indicators.cells",
    "CREATE OR REPLACE VIEW published.provisional AS SELECT 1",
    "CREATE FUNCTION mine AS x -> x",
    "DROP FUNCTION file",
    "CREATE DICTIONARY published.mine (x UInt64) PRIMARY KEY x SOURCE(NULL()) LAYOUT(FLAT())"
    " LIFETIME(0)",
    "CREATE USER mine",
    "GRANT SELECT ON *.* TO ministry_ken",
    "SET readonly = 0",
    "SET max_execution_time = 600",
    "SET max_threads = 1",
    "SET ROLE gtms",
    "SYSTEM FLUSH LOGS",
    "SYSTEM SHUTDOWN",
    "SYSTEM DROP MARK CACHE",
    "KILL QUERY WHERE 1",
    "BACKUP TABLE published.cells TO File('x')",
    "EXECUTE AS gtms SELECT 1",
)
FILES = (
    "SELECT file('/etc/passwd')",
    "SELECT file('/etc/passwd', '')",
    "SELECT arrayMap(one -> file(one), ['/etc/passwd'])",
    "SELECT * FROM values('x String', file('/etc/passwd'))",
    "WITH file('/etc/passwd') AS f SELECT f",
    "SELECT * FROM view(SELECT file('/etc/passwd'))",
    "SELECT 1 ORDER BY file('/etc/passwd')",
    "SELECT catboostEvaluate('/etc/passwd', 1)",
)


def readings(port: int) -> Iterable[str]:
    """Ways to rows that are somebody else's."""
    for table in (*VIEWS, *TABLES):
        database, name = table.split(".")
        yield f"SELECT * FROM {table}"
        yield f"SELECT count(), groupArray(10)(tuple(*)) FROM {table}"
        yield f"SHOW CREATE TABLE {table}"
        yield f"DESCRIBE TABLE {table}"
        yield f"EXPLAIN indexes = 1, actions = 1 SELECT * FROM {table}"
        for function in FUNCTIONS:
            yield f"SELECT * FROM {function.format(db=database, table=name, port=port)}"
    for table in (*VIEWS, "indicators.cells"):
        yield from _twisted(table)
    for asked in PANELS:
        yield f"SELECT * FROM {asked}"
        yield f"EXPLAIN indexes = 1, actions = 1 SELECT * FROM {asked}"
    yield from _twisted(PANELS[-1])
    for asked in PARAMETERS:
        yield from (f"SELECT * FROM {asked.format(worm)}" for worm in WORMS)
    for name in SYSTEM:
        yield f"SELECT * FROM system.{name}"
    yield from (f"SELECT * FROM {one}" for one in ELSEWHERE)
    yield from ("SHOW USERS", "SHOW ACCESS", "SHOW ROW POLICIES", "SHOW PROCESSLIST", "SHOW GRANTS")
    yield from (f"SELECT * FROM system.{one}" for one in ("tables", "databases", "columns"))
    yield from FILES


def _twisted(table: str) -> Iterable[str]:
    yield f"SELECT * FROM {table} FINAL"
    yield f"SELECT * FROM {table} WHERE country = '{OTHER}' OR 1"
    yield f"SELECT * FROM {table} SAMPLE 1"
    yield f"SELECT *, _part, _part_offset FROM {table}"
    yield f"SELECT * FROM {table} AS a FULL JOIN {table} AS b ON a.key = b.key"
    yield f"SELECT toString(assumeNotNull(value)), key FROM {table}"
    yield f"SELECT arrayMap(one -> assumeNotNull(one), groupArray(tuple(*))) FROM {table}"
    yield f"SELECT sum(value), any(value), argMax(value, key), max(value) FROM {table}"
    yield f"CHECK TABLE {table}"
    for explained in ("", "AST", "SYNTAX", "ESTIMATE", "PIPELINE", "QUERY TREE"):
        yield f"EXPLAIN {explained} SELECT * FROM {table}"
    for setting in (
        "readonly = 0",
        f"additional_table_filters = {{'{table}': '1'}}",
        "additional_table_filters = {'indicators.cells': 'throwIf(value > 7)'}",
        "additional_result_filter = '1'",
        "allow_introspection_functions = 1",
        "query_plan_filter_push_down = 1",
        "send_logs_level = 'trace'",
        "final = 1",
        "max_rows_to_read = 1",
    ):
        yield f"SELECT * FROM {table} SETTINGS {setting}"


def asked_by(warehouse: Warehouse, account: str, statement: str) -> str:
    """Everything that the account is told: rows, or the words of the refusal."""
    try:
        return "\n".join(map(repr, warehouse.ask(account, statement)))
    except Error as refusal:
        said = str(refusal).replace(statement, "")
        return f"refused: {said}"


def leaks(warehouse: Warehouse) -> Iterator[str]:
    """The statements whose answers hold what the account must not see."""
    for statement in readings(warehouse.server.port):
        told = asked_by(warehouse, ACCOUNT, statement)
        if any(secret in told for secret in SECRETS):
            yield statement


ORACLES = tuple(
    template.format(view=view, guess=guess)
    for view in (*VIEWS, PANELS[0], PANELS[-1])
    for guess in (
        f"country = '{OTHER}'",
        f"value > {(OTHER_RELEASED if 'released' in view else OTHER_PROVISIONAL) - 1}",
        f"abs(value - {WITHHELD}) < 0.001",
        f"value > {UNFINISHED - 1}",
        f"key LIKE '%{OTHER}%'",
    )
    for template in (
        "SELECT throwIf({guess}) FROM {view}",
        "SELECT 1 FROM {view} WHERE throwIf({guess}) = 0",
        "SELECT count() FROM {view} WHERE intDiv(1, if({guess}, 0, 1)) >= 0",
        "SELECT 1 FROM {view} PREWHERE throwIf({guess}) = 0",
        "SELECT count() FROM {view} GROUP BY throwIf({guess})",
        "SELECT 1 FROM {view} ORDER BY throwIf({guess})",
        "SELECT * FROM (SELECT * FROM {view} WHERE intDiv(1, if({guess}, 0, 1)) >= 0)",
        "SELECT 1 FROM {view} WHERE country = 'KEN' AND intDiv(1, if({guess}, 0, 1)) >= 0",
        "SELECT 1 WHERE 1 IN (SELECT 1 FROM {view} WHERE throwIf({guess}) = 0)",
        "SELECT 1 FROM {view} LIMIT 1 BY throwIf({guess})",
        "SELECT sum(1) OVER (ORDER BY intDiv(1, if({guess}, 0, 1))) FROM {view}",
    )
)
"""Each raises, or answers at another length, if rows that are not to be seen are looked at."""


def oracles(warehouse: Warehouse) -> list[str]:
    """The statements by which the account learns whether a guess about others' rows is right."""
    found = []
    for statement in ORACLES:
        told = asked_by(warehouse, ACCOUNT, statement)
        if "while executing 'FUNCTION throwIf" in told or "Division by zero" in told:
            found.append(statement)
    return found
