"""The key of the installation that seals page tokens."""

from pathlib import Path

from gtms.key_file import key_in


def page_key(file: Path) -> bytes:
    """The key in the file; at the first start, a new one that only this account may read.

    All processes of an installation need the same file, otherwise a page asked of another process
    is refused. Raises Trouble when the file cannot be read or written, or holds no key.
    """
    return key_in(file, "the key of page tokens")
