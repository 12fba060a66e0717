"""The embedded ClickHouse: its configuration, its password and how it is started."""

import secrets
import sys
from pathlib import Path

from gtms.config import Settings, project_root
from gtms.stack.ports import LOOPBACK
from gtms.warehouse import passwords
from gtms.warehouse.accounts import process_account

MIB = 1024 * 1024

NO_FILES = "CREATE FUNCTION file AS path -> throwIf(true, 'file() is not for accounts');\n"
"""Stands in front of the function `file`, with which any account of the embedded server could read
every file that its process can; a server of the vendor's image keeps it to a folder of its own."""


def command(settings: Settings) -> tuple[str, ...]:
    """How the server is started."""
    return (
        sys.executable,
        "-m",
        "gtms.stack.clickhouse_server",
        str(settings.stack.parts / "clickhouse" / "libchdb.so"),
        str(project_root() / "deploy/clickhouse/config.xml"),
        str(settings.stack.state / "clickhouse"),
    )


def environment(settings: Settings) -> dict[str, str]:
    """What config.xml and users.xml take from the environment."""
    return {
        "TZ": "UTC",
        "GTMS_CLICKHOUSE__PORT": str(settings.clickhouse.port),
        "GTMS_CLICKHOUSE__HTTP_PORT": str(settings.clickhouse.http_port),
        "GTMS_CLICKHOUSE_MEMORY_BYTES": str(settings.stack.clickhouse_memory_mib * MIB),
        "GTMS_CLICKHOUSE_USERS": str(settings.stack.clickhouse_users),
        "GTMS_CLICKHOUSE_NETWORK": LOOPBACK,
        "GTMS_CLICKHOUSE_ACCOUNTS": str(passwords.hashes_file(passwords.folder(settings))),
    }


def account(settings: Settings, process: str) -> dict[str, str]:
    """Settings with which a service or the processor signs in as itself, with its rights only."""
    name = process_account(process)
    return {
        "GTMS_CLICKHOUSE__USER": name,
        "GTMS_CLICKHOUSE__PASSWORD_FILE": str(
            passwords.password_file(passwords.folder(settings), name)
        ),
    }


def prepare(settings: Settings) -> None:
    """Make the data folder, the passwords of all accounts, and what takes `file()` away."""
    functions = settings.stack.state / "clickhouse" / "user_defined"
    functions.mkdir(parents=True, exist_ok=True)
    (functions / "function_file.sql").write_text(NO_FILES)
    passwords.write(passwords.folder(settings), settings.clickhouse.password())


def with_password_file(settings: Settings) -> Settings:
    """The settings with a password file; one with a random password is made the first time."""
    if settings.clickhouse.password_file:
        return settings
    file = _password_file(settings.stack.state)
    clickhouse = settings.clickhouse.model_copy(update={"password_file": file})
    return settings.model_copy(update={"clickhouse": clickhouse})


def _password_file(state: Path) -> Path:
    file = state / "secrets" / "clickhouse-password"
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24))
    return file
