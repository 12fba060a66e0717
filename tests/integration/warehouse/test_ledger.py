"""Migrations: twice, at once, killed in between, changed; what is there is what the protos say."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gtms.config import ClickHouse
from gtms.families import FAMILIES
from gtms.stack.lifecycle import EmbeddedStack
from gtms.trouble import Trouble
from gtms.warehouse.client import Connection
from gtms.warehouse.columns import columns, content_of
from gtms.warehouse.ledger import FOLDER, Ledger, State, migrations

LEDGER = (FOLDER / "0000_ledger.sql").read_text()
FIRST = "CREATE TABLE IF NOT EXISTS ops.tried_{number} (a UInt8) ENGINE = MergeTree ORDER BY a;\n"

RUN = """
import sys
from pathlib import Path
from gtms.config import ClickHouse
from gtms.warehouse.client import Connection
from gtms.warehouse.ledger import Ledger
server = ClickHouse.model_validate_json(sys.argv[1])
done = Ledger(server, Path(sys.argv[2])).apply(Connection(server))
print(len(done), flush=True)
"""


@pytest.fixture
def folder(tmp_path: Path, connection: Connection) -> Iterator[Path]:
    """A folder of migrations of this test's own, numbered from 9001, undone at its end."""
    (tmp_path / "0000_ledger.sql").write_text(LEDGER)
    yield tmp_path
    for number in range(9001, 9010):
        connection.execute(f"DROP TABLE IF EXISTS ops.tried_{number} SYNC")
    connection.execute(
        "ALTER TABLE ops.migrations DELETE WHERE number >= 9000 SETTINGS mutations_sync = 1"
    )


def write(folder: Path, number: int, *more: str) -> None:
    text = FIRST.format(number=number) + "".join(f"{statement};\n" for statement in more)
    (folder / f"{number}_tried.sql").write_text(text)


def runner(server: ClickHouse, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", RUN, server.model_dump_json(), str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_second_run_does_nothing(
    stack: EmbeddedStack, connection: Connection, folder: Path
) -> None:
    write(folder, 9001)
    ledger = Ledger(stack.settings.clickhouse, folder)
    assert [entry.state for entry in ledger.entries(connection)] == [State.PENDING]
    assert [str(one) for one in ledger.apply(connection)] == ["9001_tried"]
    assert ledger.apply(connection) == ()
    assert [entry.state for entry in ledger.entries(connection)] == [State.DONE]


def test_only_what_is_new_is_executed(
    stack: EmbeddedStack, connection: Connection, folder: Path
) -> None:
    write(folder, 9001)
    Ledger(stack.settings.clickhouse, folder).apply(connection)
    write(folder, 9002)
    ledger = Ledger(stack.settings.clickhouse, folder)
    [(entry, statements)] = ledger.pending(connection)
    assert entry.migration.number == 9002
    assert len(statements) == 1
    assert [one.number for one in ledger.apply(connection)] == [9002]


def test_of_two_runners_at_once_each_migration_has_one(
    stack: EmbeddedStack, connection: Connection, folder: Path
) -> None:
    for number in range(9001, 9006):
        write(folder, number, "SELECT sleep(0.2)")
    both = [runner(stack.settings.clickhouse, folder) for _ in range(2)]
    counts = sorted(int(one.communicate(timeout=60)[0]) for one in both)
    assert counts == [0, 5]
    states = {e.state for e in Ledger(stack.settings.clickhouse, folder).entries(connection)}
    assert states == {State.DONE}


def test_killed_runner_leaves_no_lock_and_its_work_is_taken_up(
    stack: EmbeddedStack, connection: Connection, folder: Path
) -> None:
    write(folder, 9001, "SELECT sleep(3)", "SELECT 1")
    ledger = Ledger(stack.settings.clickhouse, folder)
    killed = runner(stack.settings.clickhouse, folder)
    while [entry.progress for entry in ledger.entries(connection)] != [1]:
        time.sleep(0.05)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    [(entry, statements)] = ledger.pending(connection)
    assert entry.state is State.IN_PROGRESS
    assert len(statements) == 2
    write_quick = ledger.apply(connection, patience_s=10)
    assert [one.number for one in write_quick] == [9001]
    assert [entry.state for entry in ledger.entries(connection)] == [State.DONE]


def test_runner_gives_up_on_a_lock_that_is_not_released(
    stack: EmbeddedStack, connection: Connection, folder: Path
) -> None:
    write(folder, 9001, "SELECT sleep(3)")
    other = runner(stack.settings.clickhouse, folder)
    ledger = Ledger(stack.settings.clickhouse, folder)
    while [entry.progress for entry in ledger.entries(connection)] != [1]:
        time.sleep(0.05)
    with pytest.raises(Trouble, match="still runs"):
        ledger.apply(connection, patience_s=0.5)
    other.communicate(timeout=30)


def test_applied_file_must_not_change(
    stack: EmbeddedStack, connection: Connection, folder: Path
) -> None:
    write(folder, 9001)
    Ledger(stack.settings.clickhouse, folder).apply(connection)
    write(folder, 9001, "SELECT 1")
    with pytest.raises(Trouble, match="9001_tried was applied with other contents"):
        Ledger(stack.settings.clickhouse, folder).apply(connection)


def test_everything_is_applied_to_a_stack(stack: EmbeddedStack, connection: Connection) -> None:
    entries = Ledger(stack.settings.clickhouse).entries(connection)
    assert {entry.state for entry in entries} == {State.DONE}
    assert len(entries) == len(migrations()) - 1


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_tables_have_the_columns_of_the_protos(connection: Connection, family) -> None:
    there = dict(
        connection.execute(
            "SELECT name, type FROM system.columns WHERE database = 'registry' AND table = %(t)s",
            {"t": family.table},
        )
    )
    declared = {one.name: one.type for one in columns(content_of(family.record_type.DESCRIPTOR))}
    assert {name: there.get(name) for name in declared} == declared
    common = {
        *("country", "record_uid", "revision", "is_retracted", "received_at", "submitted_at"),
        *("source_system_id", "content_hash", "payload", "rank"),
    }
    extra = {"episode_uid"} if family.name == "outcome" else set()
    assert set(there) == {*declared, *common, *extra}
