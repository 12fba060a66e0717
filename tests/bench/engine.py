"""ClickHouse's own Kafka engine as a reader of the topic of admissions.

A table with the engine Kafka and the format ProtobufSingle holds the fields of the record message
as they are; a materialized view makes rows of `registry.admissions` of them, by the same
expressions as the loader's own INSERT, and puts them into a table made like it. It checks nothing,
keeps no payload, writes no revisions and no persons, and tells nobody. Whether the first table has
a column for each field or one tuple for each message makes no difference; what takes it so long is
that it makes a block of all columns of every single message.
"""

import re
import time
from dataclasses import dataclass
from pathlib import Path

from gtms.config import Settings
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse.client import Connection
from gtms.warehouse.uploads import uploads
from tests.bench.drawn import ADMISSION
from tests.bench.machine import cpu_seconds
from tests.bench.readers import Clock, Reading

CONSUMERS = 2
BLOCK = 10_000  # not the default, which is more than all that it is given to read
FLUSH_MS = 1_000  # of the last, smaller block

_LONGEST_S = 300.0
_STEP_S = 0.01
_INSERT = re.compile(
    r"INSERT INTO registry\.\w+ \((?P<names>.*?)\) SELECT (?P<values>.*)"
    r" FROM input\('(?P<read>[^']*)'\) WHERE .* FORMAT Protobuf"
)


class TooSlow(Exception):
    """The engine did not read the topic in time."""


@dataclass(frozen=True, slots=True)
class Statements:
    """What makes the engine read, in this order, and what takes it away again."""

    make: tuple[str, ...]
    drop: tuple[str, ...]


def statements(settings: Settings, schema: Path, group: str) -> Statements:
    """SQL for reading the whole topic under a new consumer group."""
    into, _ = uploads(ADMISSION)
    found = _INSERT.fullmatch(into.statement)
    assert found, "the loader's INSERT looks different now"
    pairs = zip(found["names"].split(", "), _values(found["values"]), strict=True)
    selected = ", ".join(f"{value} AS {name}" for name, value in pairs)
    return Statements(
        make=(
            "CREATE DATABASE IF NOT EXISTS bench",
            "CREATE TABLE bench.admissions AS registry.admissions",
            f"CREATE TABLE bench.queue ({found['read']}) ENGINE = Kafka SETTINGS"
            f" kafka_broker_list = '{settings.kafka.bootstrap}',"
            f" kafka_topic_list = '{ADMISSION.topic}', kafka_group_name = '{group}',"
            f" kafka_format = 'ProtobufSingle', kafka_schema = '{schema}:{into.message}',"
            f" kafka_num_consumers = {CONSUMERS}, kafka_thread_per_consumer = 1,"
            f" kafka_max_block_size = {BLOCK}, kafka_poll_max_batch_size = {BLOCK},"
            f" kafka_flush_interval_ms = {FLUSH_MS}",
            "CREATE MATERIALIZED VIEW bench.reading TO bench.admissions"
            f" AS SELECT {selected} FROM bench.queue",
        ),
        drop=("DROP DATABASE IF EXISTS bench SYNC",),
    )


def read_by_engine(stack: EmbeddedStack, most: int, number: int) -> Reading:
    """Let the engine read so many; raises TooSlow. Its processor time is ClickHouse's."""
    schema = stack.settings.stack.state / "admission.proto"
    schema.write_text(uploads(ADMISSION)[0].schema)
    plan = statements(stack.settings, schema, f"bench-{number}")
    connection = Connection(stack.settings.clickhouse)
    pid = stack.pid("clickhouse")
    assert pid is not None
    try:
        for statement in (*plan.drop, *plan.make):
            connection.execute(statement)
        return _watched(connection, pid, most)
    finally:
        for statement in plan.drop:
            connection.execute(statement)
        connection.close()


def _watched(connection: Connection, pid: int, most: int) -> Reading:
    clock = Clock(most, lambda: cpu_seconds(pid))
    end = time.monotonic() + _LONGEST_S
    while time.monotonic() < end:
        rows = connection.execute("SELECT count() FROM bench.admissions")
        if (reading := clock.tell(int(str(rows[0][0])))) is not None:
            return reading
        time.sleep(_STEP_S)
    raise TooSlow(f"ClickHouse's Kafka engine did not read {most} records in {_LONGEST_S:g} s")


def _values(expressions: str) -> list[str]:
    """The expressions of a SELECT, which are separated by commas outside brackets and quotes."""
    found, depth, quoted, current = [], 0, False, ""
    for sign in expressions:
        quoted ^= sign == "'"
        depth += 0 if quoted else (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0 and not quoted:
            found.append(current.strip())
            current = ""
        else:
            current += sign
    return [*found, current.strip()]
