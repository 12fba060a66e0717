"""Certificates of national systems: which country one is of, and whether it still holds. Pure.

The chain up to an authority, and the dates, were checked by TLS before anything is read here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa

COUNTRY_NAME = "urn:gtms:country:"
"""In the subject alternative names of a certificate, followed by ISO 3166-1 alpha-3."""

_COUNTRY = re.compile(rf"{COUNTRY_NAME}([A-Z]{{3}})")
_CRL = re.compile(rb"-----BEGIN X509 CRL-----.+?-----END X509 CRL-----", re.DOTALL)
_SIGNING = (
    rsa.RSAPublicKey,
    ec.EllipticCurvePublicKey,
    ed25519.Ed25519PublicKey,
    ed448.Ed448PublicKey,
    dsa.DSAPublicKey,
)

Revoked = frozenset[tuple[bytes, int]]
"""Issuer (DER) and serial number of certificates that no longer hold."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says.

    Attributes:
        country: ISO 3166-1 alpha-3; empty when it names none, or more than one.
        issuer: the name of who signed it, in DER.
        thumbprint: SHA-256 of it, as the `cnf` of a token that is bound to it (RFC 8705).
    """

    country: str
    issuer: bytes
    serial: int
    not_after: datetime
    thumbprint: bytes

    def holds(self, revoked: Revoked, now: datetime) -> bool:
        """Whether it has neither expired since its connection was made nor been revoked."""
        return now <= self.not_after and (self.issuer, self.serial) not in revoked


@lru_cache(maxsize=4096)
def certificate(pem: bytes) -> Certificate:
    """Read one; raises ValueError when it is none."""
    read = x509.load_pem_x509_certificate(pem)
    countries = {found[1] for name in _uris(read) if (found := _COUNTRY.fullmatch(name))}
    return Certificate(
        country=countries.pop() if len(countries) == 1 else "",
        issuer=read.issuer.public_bytes(),
        serial=read.serial_number,
        not_after=read.not_valid_after_utc,
        thumbprint=read.fingerprint(hashes.SHA256()),
    )


def revoked(authorities: bytes, lists: bytes) -> Revoked:
    """The certificates on these revocation lists (PEM), each signed by one of the authorities.

    A list past its next update still counts: an old list is better than none.

    Raises:
        ValueError: there is no list, or one is not signed by an authority.
    """
    known = x509.load_pem_x509_certificates(authorities)
    read = [x509.load_pem_x509_crl(found[0]) for found in _CRL.finditer(lists)]
    if not read:
        raise ValueError("holds no revocation list")
    for each in read:
        if not any(_signed(each, authority) for authority in known):
            raise ValueError("a revocation list is not signed by an authority")
    return frozenset(
        (each.issuer.public_bytes(), one.serial_number) for each in read for one in each
    )


def require_pair(chain: bytes, key: bytes) -> None:
    """Raise ValueError unless the key is that of the first certificate, which has not expired."""
    try:
        private = serialization.load_pem_private_key(key, None)
    except (TypeError, ValueError):
        raise ValueError("the key is no unencrypted PEM key") from None
    first = x509.load_pem_x509_certificates(chain)[0]
    if private.public_key() != first.public_key():
        raise ValueError("the key is not that of the certificate")
    if first.not_valid_after_utc < datetime.now(UTC):
        raise ValueError("the certificate has expired")


def require_authorities(pem: bytes) -> None:
    """Raise ValueError unless there is a certificate."""
    x509.load_pem_x509_certificates(pem)


def _uris(read: x509.Certificate) -> Sequence[str]:
    try:
        names = read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return names.get_values_for_type(x509.UniformResourceIdentifier)


def _signed(each: x509.CertificateRevocationList, authority: x509.Certificate) -> bool:
    key = authority.public_key()
    return (
        each.issuer == authority.subject
        and isinstance(key, _SIGNING)
        and each.is_signature_valid(key)
    )
