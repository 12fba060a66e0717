"""The audit in ClickHouse: entries are added and read, never changed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from gtms.privacy.audit import Entry, Head, Link
from gtms.warehouse.client import Connection

_COLUMNS = (
    "chain, sequence, at, who, roles, country, what, purpose, counts, outcome, heads, previous,"
    " hash"
)
_ALL = f"SELECT DISTINCT {_COLUMNS} FROM ops.audit ORDER BY chain, sequence, hash"

_HEADS = """
SELECT chain, max(sequence) AS last, argMax(hash, sequence) FROM ops.audit GROUP BY chain
ORDER BY chain
"""

_UNSEEN = """
SELECT chain, max(sequence) AS last, argMax(hash, sequence) FROM ops.audit
WHERE chain != %(chain)s
GROUP BY chain
HAVING (chain, last) NOT IN (
    SELECT (head.chain, head.sequence) FROM ops.audit ARRAY JOIN heads AS head
)
ORDER BY chain LIMIT 1000
"""

_LIST = f"""
SELECT DISTINCT {_COLUMNS} FROM ops.audit
WHERE at BETWEEN fromUnixTimestamp64Milli(%(since)s, 'UTC')
    AND fromUnixTimestamp64Milli(%(until)s, 'UTC')
    AND (%(country)s = '' OR has(splitByChar(',', toString(country)), %(country)s))
    AND (%(who)s = '' OR who = %(who)s)
ORDER BY at DESC, chain DESC, sequence DESC LIMIT %(limit)s
"""


def store(connection: Connection, links: Sequence[Link]) -> None:
    """Add entries; those that are there already stay as they are. Blocks; raises Unavailable."""
    entries = [one.entry for one in links]
    connection.insert(
        "ops.audit",
        {
            "chain": [one.chain for one in links],
            "sequence": [one.sequence for one in links],
            "at": [one.at for one in entries],
            "who": [one.who for one in entries],
            "roles": [list(one.roles) for one in entries],
            "country": [one.country for one in entries],
            "what": [one.what for one in entries],
            "purpose": [one.purpose for one in entries],
            "counts": [dict(one.counts) for one in entries],
            "outcome": [one.outcome for one in entries],
            "heads": [[(h.chain, h.sequence, h.hash) for h in one.heads] for one in entries],
            "previous": [one.previous for one in links],
            "hash": [one.hash for one in links],
        },
        settings={"async_insert": 0},
    )


def everything(connection: Connection) -> Iterator[Link]:
    """Every entry, by chain and number, as they arrive."""
    return map(_link, connection.rows(_ALL))


def seen_heads(connection: Connection) -> list[Head]:
    """The heads that chains have noted of each other."""
    rows = connection.execute(
        "SELECT DISTINCT head.chain, head.sequence, head.hash FROM ops.audit"
        " ARRAY JOIN heads AS head"
    )
    return [_head(row) for row in rows]


def heads(connection: Connection) -> list[Head]:
    """How far each chain has come."""
    return [_head(row) for row in connection.execute(_HEADS)]


def unseen_heads(connection: Connection, chain: str) -> list[Head]:
    """How far other chains than this one have come, where no chain has noted it."""
    return [_head(row) for row in connection.execute(_UNSEEN, {"chain": chain})]


def listed(
    connection: Connection, *, country: str, who: str, since: datetime, until: datetime, limit: int
) -> list[Link]:
    """Entries from `since` to `until`, the latest first; empty country or subject: of all."""
    words = {
        "country": country,
        "who": who,
        "since": _milliseconds(since),
        "until": _milliseconds(until),
        "limit": limit,
    }
    return [_link(row) for row in connection.execute(_LIST, words)]


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _head(row: Sequence[object]) -> Head:
    chain, sequence, digest = row
    return Head(str(chain), int(str(sequence)), str(digest))


def _link(row: Sequence[Any]) -> Link:
    chain, sequence, at, who, roles, country, what, purpose, counts, outcome, heads, *rest = row
    entry = Entry(
        at=at.replace(tzinfo=UTC),
        who=who,
        roles=tuple(roles),
        country=country,
        what=what,
        purpose=purpose,
        counts=cast("Mapping[str, int]", counts),
        outcome=outcome,
        heads=tuple(map(_head, heads)),
    )
    previous, digest = rest
    return Link(chain, sequence, previous, entry, digest)
