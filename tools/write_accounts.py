"""Writes deploy/clickhouse/users.xml and access.sql from the accounts.

python -m tools.write_accounts          writes
python -m tools.write_accounts --check  fails when what is there is not what it would write
"""

from __future__ import annotations

import sys
from pathlib import Path

from gtms.warehouse.account_files import access_sql, every_account, users_xml

FOLDER = Path(__file__).resolve().parent.parent / "deploy" / "clickhouse"


def main() -> int:
    """Writes or compares; returns the exit code."""
    every = every_account()
    written = {"users.xml": users_xml(every), "access.sql": access_sql(every)}
    if "--check" not in sys.argv[1:]:
        for name, text in written.items():
            (FOLDER / name).write_text(text)
        return 0
    stale = [
        name
        for name, text in written.items()
        if not (FOLDER / name).is_file() or (FOLDER / name).read_text() != text
    ]
    if stale:
        print(f"deploy/clickhouse/{stale[0]} is not up to date: run `make accounts`")
    return len(stale)


if __name__ == "__main__":
    sys.exit(main())
