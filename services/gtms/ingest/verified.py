"""Who calls, by what can be proved: a certificate of a national system, a token, or both.

A certificate alone is a national system: it sends the records of the country that it names. A token
says its roles, and its country unless they are of none. Where both are there they name the same
country, and a token that is bound to a certificate holds only beside that one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from gtms.credentials.certificates import Certificate, Revoked, certificate
from gtms.credentials.denied import Denied
from gtms.credentials.tokens import InvalidToken, Token
from gtms.ingest.identity import COUNTRIES, Metadata, Role, Sender, bearer
from gtms.ingest.refusals import unauthenticated

_OF_NO_COUNTRY = frozenset({Role.INTERNATIONAL, Role.OPERATOR})
_OF_ANY = frozenset({Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class VerifiedIdentity:
    """Believes what is signed.

    Attributes:
        token: judges the text of a token; raises InvalidToken.
        revoked: the certificates that no longer hold.
        denied: the tokens and subjects that are refused although they hold.
    """

    token: Callable[[str], Token]
    revoked: Callable[[], Revoked]
    denied: Callable[[], Denied]

    def sender(self, metadata: Metadata, pem: bytes | None = None) -> Sender:
        """Whom the credentials name; raises Refusal when they are not believed or contradict."""
        shown = self._certificate(pem) if pem else None
        metadata = tuple(metadata)
        if shown and not any(name == "authorization" for name, _ in metadata):
            return Sender(shown.country, f"certificate {shown.serial:x}", _SYSTEM)
        try:
            said = self.token(bearer(metadata))
        except InvalidToken as wrong:
            raise unauthenticated(str(wrong)) from None
        self._require_allowed(said)
        _require_together(said, shown)
        return _sender(said)

    def _certificate(self, pem: bytes) -> Certificate:
        shown = certificate(pem)
        if not shown.holds(self.revoked(), datetime.now(UTC)):
            raise unauthenticated("the certificate has expired or was revoked")
        if shown.country not in COUNTRIES:
            raise unauthenticated("the certificate names no country")
        return shown

    def _require_allowed(self, said: Token) -> None:
        denied = self.denied()
        if said.token_id in denied.tokens or said.subject in denied.subjects:
            raise unauthenticated("the token was revoked")


_SYSTEM = frozenset({Role.SUBMITTER})


def _require_together(said: Token, shown: Certificate | None) -> None:
    """Refuse a token beside another country's certificate, or away from the one it is bound to."""
    if shown and shown.country != said.country:
        raise unauthenticated("the token and the certificate do not name the same country")
    if said.bound_to and (shown is None or shown.thumbprint != said.bound_to):
        raise unauthenticated("the token is bound to another certificate")


def _sender(said: Token) -> Sender:
    """Roles that are not ours count for nothing; those of a country and of none never mix."""
    roles = frozenset(role for role in Role if role.value in said.roles)
    if said.country and said.country not in COUNTRIES:
        raise unauthenticated("the token names no ISO 3166-1 alpha-3 country")
    if said.country and roles & _OF_NO_COUNTRY:
        raise unauthenticated("a token of this role names no country")
    if not said.country and roles - _OF_NO_COUNTRY - _OF_ANY:
        raise unauthenticated("a token of this role names a country")
    return Sender(said.country, said.subject, roles)
