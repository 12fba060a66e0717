"""Where a process writes its chain of audit entries: a file first, ClickHouse soon after.

An entry counts as written when it is on this disk. Entries that come together share one write and
one `fsync`, on a thread of their own, so that no event loop waits for a disk. `shipping` brings the
files to ClickHouse and removes those that nobody writes any more.

A disk that takes nothing: who waits for its entry (a read) hears Unavailable at once; the entries
themselves wait in memory, and when `MOST_WAITING` of them do, no further call is begun. So nothing
is done of which there could be no entry.
"""

import fcntl
import json
import os
import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from secrets import token_hex

import structlog

from gtms.events.failures import Unavailable
from gtms.privacy.audit import NOTHING, Entry, Head, Link, digest_of, said
from gtms.trouble import Trouble

SUFFIX = ".jsonl"
LONGEST_FILE_BYTES = 8 * 1024 * 1024
MOST_WAITING = 10_000
_RETRY_S = 0.5

log = structlog.get_logger(__name__)


class Trail:
    """The chain of this process, from its start to `close`.

    Args:
        folder: where the files are; made when it is not there.
        name: what the process is, the beginning of the chain's name.

    Raises:
        Trouble: the folder cannot be written.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.chain = f"{name}-{datetime.now(UTC):%Y%m%dT%H%M%S}-{token_hex(4)}"
        self._folder = folder
        self._sequence, self._previous = 0, NOTHING
        self._waiting: deque[tuple[Entry, Future[None] | None]] = deque()
        self._changed = threading.Condition()
        self._closing = False
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = self._begin_file()
        except OSError as error:
            raise Trouble(f"the audit cannot be written to {folder}: {error.strerror}") from None
        self._thread = threading.Thread(target=self._run, name="audit", daemon=True)
        self._thread.start()

    def note(self, entry: Entry) -> None:
        """Write the entry soon; returns at once."""
        self._put(entry, None)

    def write(self, entry: Entry) -> "Future[None]":
        """Write the entry; the future is done when it is on the disk.

        It fails with Unavailable when the disk does not take it now; it is written later.
        """
        written: Future[None] = Future()
        self._put(entry, written)
        return written

    def require_room(self) -> None:
        """Asked before anything is done; raises Unavailable when too many entries wait already."""
        if len(self._waiting) >= MOST_WAITING:
            raise Unavailable("the audit cannot be written", retry_after_s=1.0)

    @property
    def file(self) -> Path:
        """The file that is being written."""
        return self._path

    def close(self) -> None:
        """Write what waits, unless the disk takes nothing, and let go of the file."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join()
        self._file.close()

    def _put(self, entry: Entry, written: "Future[None] | None") -> None:
        with self._changed:
            self._waiting.append((entry, written))
            self._changed.notify()

    def _run(self) -> None:
        broken = False
        while batch := self._next():
            try:
                self._write([entry for entry, _ in batch])
            except OSError as error:
                if not broken:
                    log.error("the audit cannot be written", reason=error.strerror)
                broken = True
                self._put_back(batch)
                if self._closing:
                    return
                threading.Event().wait(_RETRY_S)
                continue
            if broken:
                log.info("the audit is written again")
            broken = False
            for _, written in batch:
                if written is not None:
                    written.set_result(None)

    def _next(self) -> list[tuple[Entry, "Future[None] | None"]]:
        """All that waits, as soon as anything does; empty when closing and nothing is left."""
        with self._changed:
            while not self._waiting and not self._closing:
                self._changed.wait()
            batch = list(self._waiting)
            self._waiting.clear()
            return batch

    def _put_back(self, batch: Sequence[tuple[Entry, "Future[None] | None"]]) -> None:
        for _, written in batch:
            if written is not None:
                written.set_exception(Unavailable("the audit cannot be written"))
        with self._changed:
            self._waiting.extendleft((entry, None) for entry, _ in reversed(batch))

    def _write(self, entries: Sequence[Entry]) -> None:
        if self._file.tell() > LONGEST_FILE_BYTES:
            full, self._file = self._file, self._begin_file()
            full.close()
        lines: list[bytes] = []
        sequence, previous = self._sequence, self._previous
        for entry in entries:
            sequence += 1
            text = said(self.chain, sequence, previous, entry)
            previous = digest_of(text)
            lines.append(_line(previous, text))
        began = self._file.tell()
        try:
            _write_all(self._file, b"".join(lines))
            os.fsync(self._file.fileno())
        except OSError:
            with suppress(OSError):
                self._file.truncate(began)
            self._file.seek(began)
            raise
        self._sequence, self._previous = sequence, previous

    def _begin_file(self) -> FileIO:
        """An empty file that is ours before anybody who looks for files can see it."""
        self._path = self._folder / f"{self.chain}.{self._sequence + 1}{SUFFIX}"
        draft = self._path.with_suffix(".new")
        draft.touch(mode=0o600, exist_ok=False)
        file = draft.open("wb", buffering=0)
        fcntl.flock(file, fcntl.LOCK_EX)
        draft.rename(self._path)
        return file


def _write_all(file: FileIO, line: bytes) -> None:
    rest = memoryview(line)
    while rest:
        rest = rest[file.write(rest) :]


def to_line(one: Link) -> bytes:
    """A link as a line of a file: its hash, then what the hash is of."""
    return _line(one.hash, said(one.chain, one.sequence, one.previous, one.entry))


def _line(digest: str, text: str) -> bytes:
    return f'["{digest}",{text[1:]}\n'.encode()


def from_line(line: bytes) -> Link:
    """A line of a file as a link; raises ValueError for anything else."""
    digest, chain, sequence, previous, at, who, roles, country, what, purpose, *rest = json.loads(
        line
    )
    counts, outcome, heads = rest
    entry = Entry(
        at=datetime.fromisoformat(at),
        who=who,
        roles=tuple(roles),
        country=country,
        what=what,
        purpose=purpose,
        counts=dict(counts),
        outcome=outcome,
        heads=tuple(Head(*head) for head in heads),
    )
    return Link(chain, sequence, previous, entry, digest)
