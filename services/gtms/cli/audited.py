"""Commands that act on the stores by themselves, not through a service, tell the audit so."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from gtms.config import settings
from gtms.events.failures import Unavailable
from gtms.privacy.audit import Entry, stated_purpose
from gtms.privacy.shipping import kept
from gtms.trouble import Trouble


@contextmanager
def audited(what: str, country: str = "", purpose: str = "") -> Iterator[dict[str, int]]:
    """Two entries around a command; the second has the counts that the block fills in.

    The subject is the account of this machine. Raises Trouble, before anything is done, when the
    first cannot be written.
    """
    counts: dict[str, int] = {}

    def entry(outcome: str) -> Entry:
        now, said = datetime.now(UTC), stated_purpose(purpose)
        return Entry(now, _account(), ("operator",), country, what, said, dict(counts), outcome)

    with kept(settings(), "command") as trail:
        try:
            trail.write(entry("BEGUN")).result()
        except Unavailable as full:
            raise Trouble(f"{full.what}: make room on its disk") from None
        try:
            yield counts
        except BaseException as error:
            trail.note(entry(type(error).__name__.upper()))
            raise
        trail.note(entry("OK"))


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in containers
        return f"account {os.getuid()}"
