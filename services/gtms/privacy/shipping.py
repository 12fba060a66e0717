"""From the files of the audit to ClickHouse: in the background, as often as it takes.

Ships what this process writes, and what processes left behind that are no more: a file that nobody
holds locked is shipped whole and removed. Shipping twice changes nothing. Now and then the heads of
other chains are noted in our own, so that the loss of their ends would be seen.
"""

import fcntl
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import structlog
from clickhouse_driver.errors import ServerException

from gtms.config import ClickHouse, Settings
from gtms.events.failures import Unavailable
from gtms.privacy.audit import Entry, Head, Link
from gtms.privacy.trail import SUFFIX, Trail, from_line
from gtms.warehouse import audit
from gtms.warehouse.client import Connection

SHIP_EVERY_S = 2.0
HEADS_EVERY_S = 600.0
_LINES_AT_ONCE = 5_000
_CLOSING_S = 3.0

log = structlog.get_logger(__name__)


class Shipping:
    """Ships a trail until `close`, on a thread of its own."""

    def __init__(self, trail: Trail, server: ClickHouse) -> None:
        self._trail = trail
        self._connection = Connection(server)
        self._shipped: dict[Path, int] = {}
        self._heads_at = float("-inf")
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="audit-shipping", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Ship once more, for a few seconds; the trail must be closed by now.

        What is left then is shipped by whoever starts next.
        """
        self._closing.set()
        self._thread.join(_CLOSING_S)

    def _run(self) -> None:
        away = ""
        while True:
            last = self._closing.wait(SHIP_EVERY_S)
            try:
                self._ship()
                away = ""
            except (Unavailable, OSError, ServerException) as error:
                # A table that is not there yet is made by the next `gtms migrate`.
                reason = str(error) if isinstance(error, Unavailable) else type(error).__name__
                if reason != away:
                    log.warning("the audit waits on this disk", reason=reason)
                away = reason
            if last:
                self._connection.close()
                return

    def _ship(self) -> None:
        own = self._trail.file
        for path in sorted(own.parent.glob(f"*{SUFFIX}")):
            if path == own and not self._closing.is_set():
                self._ship_file(path)
                continue
            with _unheld(path) as ours:
                if ours:
                    self._ship_file(path)
                    path.unlink()
                    self._shipped.pop(path, None)
        if not self._closing.is_set() and time.monotonic() - self._heads_at > HEADS_EVERY_S:
            self._note_heads()
            self._heads_at = time.monotonic()

    def _ship_file(self, path: Path) -> None:
        with path.open("rb") as file:
            file.seek(self._shipped.get(path, 0))
            while lines := [line for line in islice(file, _LINES_AT_ONCE) if line.endswith(b"\n")]:
                audit.store(self._connection, list(_links(path, lines)))
                self._shipped[path] = self._shipped.get(path, 0) + sum(map(len, lines))

    def _note_heads(self) -> None:
        heads = audit.unseen_heads(self._connection, self._trail.chain)
        if heads:
            self._trail.note(_own("audit heads", heads))


@contextmanager
def kept(settings: Settings, name: str) -> Iterator[Trail]:
    """A trail for this process, shipped while the block lasts; blocks a little at its end."""
    folder = settings.audit.folder or settings.stack.state / "audit"
    trail = Trail(folder, name)
    shipping = Shipping(trail, settings.clickhouse)
    trail.note(_own("audit begun"))
    try:
        yield trail
    finally:
        trail.note(_own("audit ended"))
        trail.close()
        shipping.close()


def _own(what: str, heads: Sequence[Head] = ()) -> Entry:
    return Entry(datetime.now(UTC), "", (), "", what, heads=tuple(heads))


@contextmanager
def _unheld(path: Path) -> Iterator[bool]:
    """Hold the file if nobody else does, and say so."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        yield False
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield path.exists()


def _links(path: Path, lines: list[bytes]) -> Iterator[Link]:
    for line in lines:
        try:
            yield from_line(line)
        except (ValueError, TypeError):
            log.error("a line of the audit cannot be read", file=path.name)
