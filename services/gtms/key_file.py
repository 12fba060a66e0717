"""Keys of the installation: made once, kept in a file that only its account may read."""

import os
import secrets
import tempfile
from pathlib import Path

from gtms.trouble import Trouble

KEY_BYTES = 32


def key_in(file: Path, meaning: str) -> bytes:
    """The key in the file; the first time, a new one.

    Processes that start at the same time agree on one key.

    Args:
        file: where the key is, in hexadecimal.
        meaning: what it is, for messages: "the key of page tokens".

    Raises:
        Trouble: the file cannot be read or written, or holds no key.
    """
    try:
        if not file.exists():
            _make(file)
        key = bytes.fromhex(file.read_text().strip())
    except (OSError, ValueError) as problem:
        raise Trouble(f"{file} cannot be used as {meaning}: {problem}") from problem
    if len(key) != KEY_BYTES:
        raise Trouble(f"{file} must hold {KEY_BYTES} bytes in hexadecimal, {meaning}")
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
