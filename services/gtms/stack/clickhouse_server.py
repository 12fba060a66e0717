"""Become a ClickHouse server: `python -m gtms.stack.clickhouse_server LIBRARY CONFIG DATA_FOLDER`.

The library is ClickHouse itself; its entry point takes the arguments of `clickhouse-local`. It is
run *interactively, on a pseudo-terminal of its own*: otherwise a failed login, garbage on the port
or a query without memory would end the process.
"""

import ctypes
import os
import pty
import sys
from pathlib import Path

STATEMENTS = "SYSTEM START LISTEN TCP; SYSTEM START LISTEN HTTP; "


def arguments(config: Path, data: Path) -> list[str]:
    """The command line given to the library."""
    return [
        "clickhouse",
        f"--config-file={config}",
        f"--path={data}",
        "--interactive",
        "--disable_suggestion",
        "--log-level=warning",
        "--multiquery",
        "--query",
        STATEMENTS,
    ]


class Result(ctypes.Structure):
    """`local_result_v2` of chdb.h: what the library says when it has ended."""

    _fields_ = (
        ("buffer", ctypes.c_char_p),
        ("length", ctypes.c_size_t),
        ("vector", ctypes.c_void_p),
        ("elapsed", ctypes.c_double),
        ("rows_read", ctypes.c_uint64),
        ("bytes_read", ctypes.c_uint64),
        ("error_message", ctypes.c_char_p),
    )


def serve(library: Path, config: Path, data: Path) -> str | None:
    """Serve until killed or told `SYSTEM SHUTDOWN`; returns the reason if it could not start."""
    _ours, terminal = pty.openpty()
    os.dup2(terminal, sys.stdin.fileno())
    os.chdir(data)  # where it keeps the schemas of messages that it was sent
    given = [argument.encode() for argument in arguments(config, data)]
    chdb = ctypes.CDLL(str(library))
    chdb.query_stable_v2.restype = ctypes.POINTER(Result)
    ended = chdb.query_stable_v2(len(given), (ctypes.c_char_p * len(given))(*given))
    if not ended or not ended.contents.error_message:
        return None
    reason: bytes = ended.contents.error_message
    return reason.decode(errors="replace")


if __name__ == "__main__":
    sys.exit(serve(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])))
