"""Page tokens: where a page sequence stands, sealed. Pure.

A token says which snapshots the sequence reads and after which cell the next page begins. It is
authenticated with a key of the installation and bound to the caller's country and to the
question, so a token that was altered, or that was given to somebody else or for another
question, is refused. It holds no value of any cell.
"""

import base64
import binascii
import hashlib
import hmac
import json
import zlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gtms.warehouse.reader import Position, Snapshot

TOKEN_LIFE = timedelta(minutes=15)
_MAC_BYTES = hashlib.sha256().digest_size
_PURPOSE = b"gtms page token 1"


class InvalidToken(Exception):
    """The token is not one of ours for this caller and this question, or it is too old."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """Where a page sequence stands.

    Attributes:
        snapshots: the snapshots that every page of the sequence reads.
        after: the last cell already given, or None at the beginning.
    """

    snapshots: tuple[Snapshot, ...]
    after: Position | None


@dataclass(frozen=True, slots=True)
class Binding:
    """For whom and for what a token is good: the caller's country and the question's digest."""

    country: str
    question: bytes


def seal(key: bytes, binding: Binding, bookmark: Bookmark, now: datetime) -> str:
    """The token of the next page, given out at `now`."""
    return seal_body(key, binding, _encode(bookmark, now))


def unseal(key: bytes, binding: Binding, token: str, now: datetime) -> Bookmark:
    """The bookmark in a token that `seal` made with the same key and binding.

    Raises:
        InvalidToken: it was altered, was made for another caller or question, or is older than
            `TOKEN_LIFE`. Which of the first three it was is not told.
    """
    given_out, bookmark = _decode(unseal_body(key, binding, token))
    require_fresh(given_out, now)
    return bookmark


def seal_body(key: bytes, binding: Binding, body: bytes) -> str:
    """A token with this inside, readable only for the same binding."""
    packed = zlib.compress(body)
    return _as_text(_mac(key, binding, packed) + packed)


def unseal_body(key: bytes, binding: Binding, token: str) -> bytes:
    """What is inside a token of `seal_body`.

    Raises:
        InvalidToken: it was altered, or made with another key, caller or question.
    """
    sealed = _from_text(token)
    mac, packed = sealed[:_MAC_BYTES], sealed[_MAC_BYTES:]
    if not hmac.compare_digest(mac, _mac(key, binding, packed)):
        raise InvalidToken("not a page token of this query")
    return zlib.decompress(packed)


def require_fresh(given_out: datetime, now: datetime) -> None:
    """Refuse with `InvalidToken` a token that was given out too long ago."""
    if now - given_out > TOKEN_LIFE:
        raise InvalidToken("the page token has expired; ask again without one")


def _as_text(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def _from_text(token: str) -> bytes:
    """Refuses what `_as_text` would have written differently, though it may decode to the same."""
    try:
        sealed = base64.urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
    except (binascii.Error, UnicodeEncodeError):
        sealed = b""
    if _as_text(sealed) != token:
        raise InvalidToken("not a page token of this query")
    return sealed


def _mac(key: bytes, binding: Binding, body: bytes) -> bytes:
    parts = (_PURPOSE, binding.country.encode(), binding.question, body)
    sealed = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return hmac.digest(key, sealed, "sha256")


def _encode(bookmark: Bookmark, now: datetime) -> bytes:
    """Compact JSON; the parameters, nearly always the same for all periods, are written once."""
    sets = sorted({snapshot.parameters for snapshot in bookmark.snapshots})
    after = bookmark.after
    place = after and (after.period, after.indicator, after.measure, after.key)
    return json.dumps(
        {
            "given_out": now.isoformat(),
            "parameters": sets,
            "snapshots": [
                (
                    snapshot.period,
                    snapshot.version,
                    snapshot.as_of.isoformat(),
                    snapshot.computed_at.isoformat(),
                    sets.index(snapshot.parameters),
                    snapshot.cells,
                )
                for snapshot in bookmark.snapshots
            ],
            "after": place,
        },
        separators=(",", ":"),
    ).encode()


def _decode(body: bytes) -> tuple[datetime, Bookmark]:
    stored = json.loads(body)
    snapshots = tuple(
        Snapshot(
            period=period,
            version=version,
            as_of=date.fromisoformat(as_of),
            computed_at=datetime.fromisoformat(computed_at),
            parameters=stored["parameters"][parameters],
            cells=cells,
        )
        for period, version, as_of, computed_at, parameters, cells in stored["snapshots"]
    )
    after = stored["after"]
    return (
        datetime.fromisoformat(stored["given_out"]),
        Bookmark(snapshots, after and Position(*after)),
    )
