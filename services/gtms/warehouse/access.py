"""Which countries an account of ClickHouse sees: the look-up table `ops.acl`."""

from __future__ import annotations

from gtms.warehouse.client import Connection

_SEEN = "SELECT user, toString(country) FROM ops.acl FINAL ORDER BY user, country"


def seen(connection: Connection) -> list[tuple[str, str]]:
    """Every account with a country, in order. Blocks; raises Unavailable."""
    return [(str(user), str(country)) for user, country in connection.execute(_SEEN)]


def let(connection: Connection, account: str, country: str, *, see: bool) -> None:
    """From the next query on, the account sees the cells of the country, or no longer.

    Blocks; may be repeated without harm; raises Unavailable.
    """
    row: dict[str, list[object]] = {
        "user": [account],
        "country": [country],
        "is_deleted": [int(not see)],
    }
    connection.insert("ops.acl", row)
