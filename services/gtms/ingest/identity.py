"""Who calls: read from the call's credentials, never from a record.

The development profile believes what the token says: `authorization: Bearer dev-KEN` is Kenya.
The verified profile believes what is signed: `verified.py`.
"""

import ipaddress
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from iso3166 import countries_by_alpha3

from gtms.ingest.refusals import unauthenticated

COUNTRIES = frozenset(countries_by_alpha3)
"""ISO 3166-1 alpha-3 codes."""


class Role(StrEnum):
    """What a caller may be; which roles may make a call stands beside it in the .proto."""

    SUBMITTER = "submitter"
    """A national system: sends the records of its country and reads them back."""
    MINISTRY = "ministry"
    """Reads the figures of its country and how good its records are; never a record."""
    ADMINISTRATOR = "administrator"
    """Decides for the ministry: how is counted, what is published, whose records are erased."""
    INTERNATIONAL = "international"
    """Reads what countries have published."""
    AUDITOR = "auditor"
    """Reads who did what, and nothing else."""
    OPERATOR = "operator"
    """Runs the system; sees no figures."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who makes a call.

    Attributes:
        country: every record of the call belongs to it; empty for callers of no country.
        subject: who it is, as the credential says.
        roles: what it may be in this call.
    """

    country: str
    subject: str = ""
    roles: frozenset[Role] = frozenset()


_NATIONAL = frozenset({Role.SUBMITTER, Role.MINISTRY})
_OF_A_COUNTRY: Mapping[str, frozenset[Role]] = {
    "dev": _NATIONAL,
    "admin": _NATIONAL | {Role.ADMINISTRATOR},
    "audit": frozenset({Role.AUDITOR}),
}
_OF_NO_COUNTRY: Mapping[str, frozenset[Role]] = {
    "dev-UNODC": frozenset({Role.INTERNATIONAL}),
    "operate": frozenset({Role.OPERATOR}),
}


Metadata = Iterable[tuple[str, str | bytes]]


class Identity(Protocol):
    """Tells who makes a call."""

    def sender(self, metadata: Metadata, pem: bytes | None = None) -> Sender:
        """The sender of a call; raises Refusal (UNAUTHENTICATED).

        `pem` is the certificate that the client showed, if it did: TLS has found it good.
        """
        ...


class DevelopmentIdentity:
    """Believes the token, for one's own machine only.

    `dev-KEN` sends and reads for Kenya, `admin-KEN` decides there too, `audit-KEN` is its auditor;
    `dev-UNODC` reads what is published, `operate` is the operator.
    """

    def sender(self, metadata: Metadata, pem: bytes | None = None) -> Sender:
        """Whom the token names; raises Refusal when there is none, or it names nobody."""
        token = bearer(metadata)
        if token in _OF_NO_COUNTRY:
            return Sender("", token, _OF_NO_COUNTRY[token])
        kind, _, country = token.partition("-")
        if kind not in _OF_A_COUNTRY:
            raise unauthenticated("a development token is: Bearer dev-, then a country, as dev-KEN")
        if country not in COUNTRIES:
            raise unauthenticated("the token names no ISO 3166-1 alpha-3 country")
        return Sender(country, token, _OF_A_COUNTRY[kind])


def bearer(metadata: Metadata) -> str:
    """The one token in the metadata; raises Refusal when there is none, or more than one."""
    tokens = [value for name, value in metadata if name == "authorization"]
    scheme, _, token = str(tokens[0]).partition(" ") if len(tokens) == 1 else ("", "", "")
    if scheme != "Bearer" or not token:
        raise unauthenticated("one authorization: Bearer TOKEN is needed in the metadata")
    return token


_SENDER: ContextVar[Sender] = ContextVar("sender")


def current_sender() -> Sender:
    """The sender of the call that is being answered."""
    return _SENDER.get()


def enter(sender: Sender) -> None:
    """Say who made the call that is being answered from here on."""
    _SENDER.set(sender)


def is_loopback(host: str) -> bool:
    """Whether what is said to this host stays on this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
