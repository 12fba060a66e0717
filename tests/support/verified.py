"""The verified identity for tests: an authority in a folder, and tokens that are forged."""

import base64
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from gtms.config import Identity
from gtms.credentials import watched
from gtms.credentials.authority import ISSUER, Authority, Pair
from gtms.stack.verified import HOSTS


def authority_in(folder: Path) -> Authority:
    """An authority with certificates for services on this machine."""
    authority = Authority(folder)
    authority.make(HOSTS)
    return authority


def identity_with(authority: Authority, **changes: object) -> Identity:
    """The settings of services that believe this authority."""
    return Identity(
        **{
            "profile": "verified",
            "certificate_file": authority.services.certificate,
            "key_file": authority.services.key,
            "clients_ca_file": authority.certificate,
            "revoked_file": authority.revoked,
            "denied_file": authority.denied,
            "issuer": ISSUER,
            "jwks_file": authority.jwks,
            **changes,
        }
    )


@dataclass(frozen=True, slots=True)
class Forge:
    """Makes tokens that look like those of an authority, with something else about them."""

    authority: Authority

    def token(self, *, key: Any = None, algorithm: str = "ES256", kid: str = "", **claims) -> str:
        """A token of Kenya's ministry, with these claims instead; None leaves one out."""
        now = datetime.now(UTC)
        said = {
            "iss": ISSUER,
            "aud": "gtms",
            "sub": "amina",
            "iat": now,
            "exp": now + timedelta(minutes=10),
            "jti": "1",
            "country": "KEN",
            "roles": ["submitter", "ministry"],
        } | claims
        said = {name: value for name, value in said.items() if value is not None}
        own = (self.authority.folder / "issuer.key").read_bytes()
        return jwt.encode(
            said, own if key is None else key, algorithm, headers={"kid": kid or self.kid}
        )

    @property
    def kid(self) -> str:
        """The name of the authority's key."""
        return json.loads(self.authority.jwks.read_bytes())["keys"][0]["kid"]

    def with_shared_secret(self) -> str:
        """A token whose signature takes the public key for a secret, as PyJWT would not make it."""
        key = serialization.load_pem_private_key(
            (self.authority.folder / "issuer.key").read_bytes(), None
        ).public_key()
        known = key.public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        header = _encoded(json.dumps({"alg": "HS256", "kid": self.kid, "typ": "JWT"}).encode())
        signed = header + b"." + self.token().split(".")[1].encode()
        return (signed + b"." + _encoded(hmac.digest(known, signed, "sha256"))).decode()


def _encoded(raw: bytes) -> bytes:
    return base64.urlsafe_b64encode(raw).rstrip(b"=")


def another_key() -> ec.EllipticCurvePrivateKey:
    """A good key that is nobody's."""
    return ec.generate_private_key(ec.SECP256R1())


def channel_credentials(authority: Authority, shown: Pair | None = None) -> grpc.ChannelCredentials:
    """Of a client that believes the authority, and shows a certificate if it has one."""
    return grpc.ssl_channel_credentials(
        authority.certificate.read_bytes(),
        shown.key.read_bytes() if shown else None,
        shown.certificate.read_bytes() if shown else None,
    )


@contextmanager
def looked_at_always() -> Iterator[None]:
    """Inside, changed files are seen at once."""
    before, watched.LOOK_EVERY_S = watched.LOOK_EVERY_S, 0.0
    try:
        yield
    finally:
        watched.LOOK_EVERY_S = before
