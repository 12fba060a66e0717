"""The embedded ClickHouse: its configuration, its password and how it is started."""

import hashlib
import secrets
import sys
from pathlib import Path

from gtms.config import Settings, project_root
from gtms.stack.ports import LOOPBACK

MIB = 1024 * 1024


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
    password = settings.clickhouse.password()
    return {
        "TZ": "UTC",
        "GTMS_CLICKHOUSE__PORT": str(settings.clickhouse.port),
        "GTMS_CLICKHOUSE__HTTP_PORT": str(settings.clickhouse.http_port),
        "GTMS_CLICKHOUSE_MEMORY_BYTES": str(settings.stack.clickhouse_memory_mib * MIB),
        "GTMS_CLICKHOUSE_USERS": str(project_root() / "deploy/clickhouse/users.xml"),
        "GTMS_CLICKHOUSE_NETWORK": LOOPBACK,
        "GTMS_CLICKHOUSE_PASSWORD_SHA256": hashlib.sha256(password.encode()).hexdigest(),
    }


def prepare(settings: Settings) -> None:
    """Make the data folder."""
    (settings.stack.state / "clickhouse").mkdir(parents=True, exist_ok=True)


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
