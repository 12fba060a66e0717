"""Who sends: read from the call's metadata, never from a record.

Only the development profile exists so far: `authorization: Bearer dev-KEN` is believed to be Kenya,
`Bearer admin-KEN` an administrator there. Anyone who reaches the port can be any country, so it is
served on the loopback interface only.
"""

import ipaddress
import re
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from iso3166 import countries_by_alpha3

from gtms.config import Settings
from gtms.ingest.refusals import unauthenticated
from gtms.trouble import Trouble

COUNTRIES = frozenset(countries_by_alpha3)
"""ISO 3166-1 alpha-3 codes."""

_DEVELOPMENT = re.compile(r"Bearer (dev|admin)-(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Sender:
    """A national system: every record it sends belongs to this country.

    An administrator may also decide how the records of the country are counted.
    """

    country: str
    is_administrator: bool = False


Metadata = Iterable[tuple[str, str | bytes]]


class Identity(Protocol):
    """Tells who makes a call."""

    def sender(self, metadata: Metadata) -> Sender:
        """The sender of a call with this metadata; raises Refusal (UNAUTHENTICATED)."""
        ...


class DevelopmentIdentity:
    """Believes the country in the token `dev-KEN` or `admin-KEN`. For one's own machine only."""

    def sender(self, metadata: Metadata) -> Sender:
        """The country in the token; raises Refusal when there is none, or it is no country."""
        tokens = [value for name, value in metadata if name == "authorization"]
        if len(tokens) != 1:
            raise unauthenticated("one authorization: Bearer TOKEN is needed in the metadata")
        found = _DEVELOPMENT.fullmatch(str(tokens[0]))
        if found is None:
            raise unauthenticated("a development token is: Bearer dev-, then a country, as dev-KEN")
        role, country = found.groups()
        if country not in COUNTRIES:
            raise unauthenticated("the token names no ISO 3166-1 alpha-3 country")
        return Sender(country, is_administrator=role == "admin")


def identity_of(settings: Settings, host: str) -> Identity:
    """The identity profile to use on this address.

    Raises:
        Trouble: the development profile on an address that others can reach.
    """
    if not _is_loopback(host):
        raise Trouble(
            f"the development identity believes anyone: it is not served on {host},"
            " set GTMS_INGEST__HOST=127.0.0.1"
        )
    return DevelopmentIdentity()


_SENDER: ContextVar[Sender] = ContextVar("sender")


def current_sender() -> Sender:
    """The sender of the call that is being answered."""
    return _SENDER.get()


def enter(sender: Sender) -> None:
    """Say who made the call that is being answered from here on."""
    _SENDER.set(sender)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
