"""The key of the installation that seals page tokens: made once, kept in a file."""

import os
import secrets
import tempfile
from pathlib import Path

from gtms.trouble import Trouble

KEY_BYTES = 32


def page_key(file: Path) -> bytes:
    """The key in the file; at the first start, a new one that only this account may read.

    Processes that start at the same time agree on one key. All processes of an installation need
    the same file, otherwise a page asked of another process is refused.

    Raises:
        Trouble: the file cannot be read or written, or holds no key.
    """
    try:
        if not file.exists():
            _make(file)
        key = bytes.fromhex(file.read_text().strip())
    except (OSError, ValueError) as problem:
        raise Trouble(f"{file} cannot be used as the key of page tokens: {problem}") from problem
    if len(key) != KEY_BYTES:
        raise Trouble(f"{file} must hold {KEY_BYTES} bytes in hexadecimal; remove it for a new one")
    return key


def _make(file: Path) -> None:
    """Puts a complete file in place at once; whoever comes second uses the first one's."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_hex(KEY_BYTES) + "\n")
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
