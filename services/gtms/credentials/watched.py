"""Files that are read again when they change, so that credentials are renewed without a restart."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, TypeVar

import structlog

from gtms.trouble import Trouble

LOOK_EVERY_S = 1.0

log = structlog.get_logger(__name__)

Content = TypeVar("Content")
State = tuple[tuple[int, int, int], ...]


class Watched(Generic[Content]):
    """What some files say together now.

    They are looked at when asked for, at most every `LOOK_EVERY_S` seconds. What cannot be read, or
    makes no sense, leaves what was read before it, and is logged once.

    Args:
        files: read together, so that a key is never used with the certificate of another.
        read: makes the content of the files' bytes; raises ValueError when they make no sense.

    Raises:
        Trouble: they cannot be read now.
    """

    def __init__(self, files: Sequence[Path], read: Callable[[Sequence[bytes]], Content]) -> None:
        self._files = tuple(files)
        self._read = read
        self._looked = time.monotonic()
        try:
            self._state = self._state_now()
            self._content = read([file.read_bytes() for file in self._files])
        except (OSError, ValueError) as wrong:
            raise Trouble(f"{self._names()}: {_why(wrong)}") from None

    def __call__(self) -> Content:
        """The content, read anew when a file has changed."""
        if time.monotonic() - self._looked >= LOOK_EVERY_S:
            self._looked = time.monotonic()
            self._look()
        return self._content

    def _look(self) -> None:
        try:
            state = self._state_now()
            if state == self._state:
                return
            self._state = state
            self._content = self._read([file.read_bytes() for file in self._files])
            log.info("credentials read again", files=self._names())
        except (OSError, ValueError) as wrong:
            log.error("credentials kept as they were", files=self._names(), why=_why(wrong))

    def _state_now(self) -> State:
        found = [file.stat() for file in self._files]
        return tuple((one.st_mtime_ns, one.st_size, one.st_ino) for one in found)

    def _names(self) -> str:
        return ", ".join(str(file) for file in self._files)


def _why(wrong: OSError | ValueError) -> str:
    """Never what the file says: it may be a key."""
    if isinstance(wrong, OSError):
        return wrong.strerror or type(wrong).__name__
    return str(wrong)
