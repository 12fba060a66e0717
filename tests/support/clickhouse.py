"""A ClickHouse of a test's own, without Kafka, whose accounts may be other than ours."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from clickhouse_driver import Client
from clickhouse_driver.errors import Error

from gtms.config import ClickHouse, project_root
from gtms.stack import clickhouse, ports
from gtms.warehouse import passwords
from gtms.warehouse.client import Connection
from gtms.warehouse.ledger import Ledger
from tests.support.stack import default_settings

PATIENCE_S = 30.0
Change = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Warehouse:
    """A server with all tables, and the way into it as any account."""

    server: ClickHouse
    state: Path

    def ask(self, account: str, statement: str) -> Sequence[tuple[object, ...]]:
        """The rows, as an account of the server sees them; raises what the driver raises."""
        client = Client(
            host=self.server.host,
            port=self.server.port,
            user=account,
            password=passwords.derived(self.server.password(), account),
        )
        try:
            rows = client.execute(statement)
            return rows if isinstance(rows, list) else []
        finally:
            client.disconnect()

    def operate(self, *statements: str) -> None:
        """Execute statements as the operator."""
        for statement in statements:
            self.ask(self.server.user, statement)


def unchanged(text: str) -> str:
    return text


@contextmanager
def a_warehouse(
    state: Path, accounts: Change = unchanged, files: bool = False
) -> Iterator[Warehouse]:
    """A server that is up inside the block, with every migration applied.

    `accounts` may change users.xml before it is read; `files` leaves the function `file` as it is.
    """
    base = default_settings(state)
    stack = base.stack.model_copy(update={"state": state})
    settings = base.model_copy(update={"stack": stack})
    settings = ports.with_port_base(settings, ports.free_port_base(settings))
    settings = clickhouse.with_password_file(settings)
    clickhouse.prepare(settings)
    if files:
        (state / "clickhouse" / "user_defined" / "function_file.sql").unlink()
    users = state / "users.xml"
    users.write_text(accounts((project_root() / "deploy/clickhouse/users.xml").read_text()))
    environment = os.environ | clickhouse.environment(settings)
    environment |= {
        "GTMS_CLICKHOUSE_USERS": str(users),
        "PYTHONPATH": str(project_root() / "services"),
    }
    with (state / "clickhouse.log").open("wb") as log:
        process = subprocess.Popen(
            clickhouse.command(settings), env=environment, stdout=log, stderr=log, cwd=state
        )
    try:
        warehouse = Warehouse(settings.clickhouse, state)
        _wait(warehouse, process)
        connection = Connection(settings.clickhouse)
        Ledger(settings.clickhouse).apply(connection)
        connection.close()
        yield warehouse
    finally:
        process.kill()
        process.wait()


def _wait(warehouse: Warehouse, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE_S
    while True:
        with suppress(Error, OSError, EOFError):
            warehouse.operate("SELECT 1")
            return
        ended = process.poll() is not None or time.monotonic() > end
        assert not ended, (warehouse.state / "clickhouse.log").read_text(errors="replace")[-2000:]
        time.sleep(0.1)
