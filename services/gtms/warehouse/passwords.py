"""Passwords of the accounts, and the file of hashes from which ClickHouse takes them.

Every password but the operator's is derived from the operator's, by HMAC-SHA-256 over the account's
name: there is one secret to keep, none of them says anything of another, and a new secret renews
all. Only the accounts that processes sign in with have a file; a ministry's is written when it is
given to the ministry.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterator
from pathlib import Path

from gtms.config import Settings
from gtms.warehouse.account_files import every_account
from gtms.warehouse.accounts import OPERATOR, process_account

PROCESSES = ("facilities", "admissions", "outcomes", "trainings", "indicators", "processor")
HASHES = "hashes.xml"


def derived(secret: str, account: str) -> str:
    """The password of an account; the operator's is the secret itself."""
    if account == OPERATOR:
        return secret
    message = f"clickhouse account {account}"
    return hmac.digest(secret.encode(), message.encode(), hashlib.sha256).hex()


def folder(settings: Settings) -> Path:
    """Where the embedded stack keeps them."""
    return settings.stack.state / "secrets" / "clickhouse"


def password_file(folder: Path, account: str) -> Path:
    """The file of an account's password."""
    return folder / account


def hashes_file(folder: Path) -> Path:
    """The file with the hashes of all passwords, that users.xml includes."""
    return folder / HASHES


def write(folder: Path, secret: str) -> None:
    """The hashes of all accounts, and the passwords of those that processes sign in with."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _replace(hashes_file(folder), "\n".join(_hashes(secret)))
    for process in PROCESSES:
        hand_out(folder, secret, process_account(process))


def hand_out(folder: Path, secret: str, account: str) -> Path:
    """Write the password of one account to its file, for its owner only; returns the file."""
    file = password_file(folder, account)
    _replace(file, derived(secret, account) + "\n")
    return file


def _hashes(secret: str) -> Iterator[str]:
    yield "<clickhouse>"
    for one in every_account():
        digest = hashlib.sha256(derived(secret, one.name).encode()).hexdigest()
        yield f"<{one.name}><password_sha256_hex>{digest}</password_sha256_hex></{one.name}>"
    yield "</clickhouse>"


def _replace(file: Path, text: str) -> None:
    unfinished = file.with_name(f"{file.name}.new")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as opened:
        opened.write(text)
    unfinished.replace(file)
