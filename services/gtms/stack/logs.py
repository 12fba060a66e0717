"""Reading the logs of the stack's programs, together and as they grow."""

import os
import time
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from gtms.stack.supervision import Supervisor
from gtms.trouble import Trouble

POLL_S = 0.2


def follow(supervisor: Supervisor, name: str | None, lines: int, *, keep: bool) -> Iterator[str]:
    """The last lines of one program, or of all with their names before them.

    With `keep` it goes on for ever and takes rotation in its stride. Raises Trouble for a name
    that has no log.
    """
    mark = name is None
    with ExitStack() as opened:
        readers = []
        for file in _files(supervisor, name):
            stream = opened.enter_context(file.open(errors="replace"))
            yield from _named(file, deque(stream, maxlen=lines), mark=mark)
            readers.append((file, stream))
        while keep:
            time.sleep(POLL_S)
            for at, (file, stream) in enumerate(readers):
                yield from _named(file, stream, mark=mark)
                if _was_rotated(file, stream):
                    readers[at] = (file, opened.enter_context(file.open(errors="replace")))


def _files(supervisor: Supervisor, name: str | None) -> list[Path]:
    there = sorted(supervisor.logs.glob("*.log"))
    chosen = [file for file in there if name in {None, file.stem}]
    if not chosen:
        known = ", ".join(file.stem for file in there) or "no stack was up here yet"
        raise Trouble(f"{name or 'the stack'} has no log in {supervisor.logs} (there: {known})")
    return chosen


def _named(file: Path, lines: Iterator[str] | deque[str] | TextIO, *, mark: bool) -> Iterator[str]:
    for line in lines:
        text = line.rstrip()
        yield f"{file.stem:<12} │ {text}" if mark else text


def _was_rotated(file: Path, stream: TextIO) -> bool:
    return file.exists() and file.stat().st_ino != os.fstat(stream.fileno()).st_ino
