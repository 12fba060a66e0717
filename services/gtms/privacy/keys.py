"""The key file of a country: 32 random bytes that never leave it, and what they are for.

The file is JSON, so that a national system in any language can read it:

    {"kind": "gtms-pseudonym-key", "subject": "client", "number": 1, "key": "<64 hex digits>"}
"""

from __future__ import annotations

import json
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from gtms.privacy.pseudonyms import FORMS, Algorithm, Subject
from gtms.trouble import Trouble

KEY_BYTES = 32
MOST_KEYS = 99
_KIND = "gtms-pseudonym-key"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """A key and what it may be used for. Never printed.

    `number` counts the country's keys for this subject: a second key makes pseudonyms of
    algorithms that end in `-k2`.
    """

    secret: bytes
    subject: Subject
    number: int = 1

    def algorithm(self, form: str) -> Algorithm:
        """The algorithm that makes this key's pseudonyms of identities in this form.

        Raises:
            Trouble: there is no such form.
        """
        if form not in FORMS:
            raise Trouble(f"--algo is one of {', '.join(FORMS)}")
        return Algorithm(self.subject, form, self.number)


def make(file: Path, subject: Subject, number: int) -> None:
    """Write a new key that only its owner may read.

    Raises:
        Trouble: the file is there, or cannot be written.
    """
    stored = {
        "kind": _KIND,
        "subject": subject.value,
        "number": number,
        "key": secrets.token_hex(KEY_BYTES),
    }
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except FileExistsError:
        raise Trouble(f"{file} is there already: a key is never overwritten") from None
    except OSError as error:
        raise Trouble(f"{file}: {error.strerror}") from None
    with os.fdopen(handle, "w") as opened:
        os.fchmod(handle, 0o600)
        json.dump(stored, opened)
        opened.write("\n")
        opened.flush()
        os.fsync(handle)


def read(file: Path) -> Key:
    """The key in a file.

    Raises:
        Trouble: it cannot be read, others may read or write it, or it is no key.
    """
    try:
        with file.open("rb") as opened:
            if stat.S_IMODE(os.fstat(opened.fileno()).st_mode) & _OTHERS:
                raise Trouble(f"others may read or write {file}: chmod 600 it, or make a new key")
            text = opened.read()
    except OSError as error:
        raise Trouble(f"{file}: {error.strerror}") from None
    key = _parsed(text)
    if key is None:
        raise Trouble(f"{file} is not a key that `gtms pseudonymise keygen` has made")
    return key


def _parsed(text: bytes) -> Key | None:
    try:
        stored = json.loads(text)
        key = Key(bytes.fromhex(stored["key"]), Subject(stored["subject"]), int(stored["number"]))
        good = stored["kind"] == _KIND and len(key.secret) == KEY_BYTES
    except (ValueError, KeyError, TypeError):
        return None
    return key if good and 1 <= key.number <= MOST_KEYS else None
