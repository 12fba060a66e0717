"""Tokens of people and services: JWTs, judged by PyJWT. Pure but for the clock.

Only signatures by a private key are believed: with a shared secret (HS256) every service that
checks a token could make one, and `none` is no signature at all.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt

ALGORITHMS = frozenset(
    {"ES256", "ES384", "ES512", "EdDSA", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512"}
)
CLOCKS_DIFFER_S = 30
LONGEST = 8192
"""Characters of a token; longer ones are not looked at."""

_NEEDED = ["iss", "aud", "sub", "iat", "exp", "jti"]

Keys = Mapping[str, jwt.PyJWK]
"""Keys that sign tokens, by `kid`."""


class InvalidToken(Exception):
    """It is not believed: one line that says why, and nothing of what is in it."""


class UnknownKey(InvalidToken):
    """None of the issuer's keys that are known signed it."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Whose tokens, for whom, and for how many seconds at most."""

    issuer: str
    audience: str
    longest_s: int


@dataclass(frozen=True, slots=True)
class Token:
    """What a token says that was believed.

    Attributes:
        country: as it stands in the claim `country`; empty when it is absent.
        roles: the words in the claim `roles`.
        token_id: its `jti`.
        bound_to: thumbprint of the certificate with which alone it may be used, or nothing.
    """

    subject: str
    country: str
    roles: frozenset[str]
    token_id: str
    bound_to: bytes


def token(text: str, keys: Keys, expected: Expected) -> Token:
    """Judge a token: signature, issuer, audience, dates, lifetime.

    Raises:
        InvalidToken: it is not believed.
    """
    if len(text) > LONGEST:
        raise InvalidToken("the token is too long")
    try:
        key = _key(jwt.get_unverified_header(text), keys)
        claims = jwt.decode(
            text,
            key,
            algorithms=[key.algorithm_name],
            issuer=expected.issuer,
            audience=expected.audience,
            leeway=CLOCKS_DIFFER_S,
            options={"require": _NEEDED},
        )
    except jwt.PyJWTError as wrong:
        raise InvalidToken(_WHY.get(type(wrong), "the token is not valid")) from None
    return _read(claims, expected)


def keys(jwks: bytes) -> Keys:
    """The keys of a JSON Web Key Set that may sign tokens.

    Raises:
        ValueError: it is none, or has no such key.
    """
    try:
        every = jwt.PyJWKSet.from_dict(json.loads(jwks)).keys
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError):
        raise ValueError("is no JSON Web Key Set") from None
    found = {
        each.key_id: each
        for each in every
        if each.key_id
        and each.algorithm_name in ALGORITHMS
        and each.public_key_use in (None, "sig")
    }
    if not found:
        raise ValueError("has no key with a kid that may sign tokens")
    return found


def _key(header: Mapping[str, Any], keys: Keys) -> jwt.PyJWK:
    key = keys.get(str(header.get("kid")))
    if key is None:
        raise UnknownKey("the token is not signed with a key of the issuer")
    return key


def _read(claims: Mapping[str, Any], expected: Expected) -> Token:
    if not 0 < int(claims["exp"]) - int(claims["iat"]) <= expected.longest_s:
        raise InvalidToken(f"a token holds for at most {expected.longest_s} seconds")
    country, roles = claims.get("country", ""), claims.get("roles", [])
    if not isinstance(country, str):
        raise InvalidToken("the claim country is no text")
    if not isinstance(roles, list) or not all(isinstance(role, str) for role in roles):
        raise InvalidToken("the claim roles is no list of words")
    return Token(claims["sub"], country, frozenset(roles), claims["jti"], _bound_to(claims))


def _bound_to(claims: Mapping[str, Any]) -> bytes:
    confirmation = claims.get("cnf")
    if confirmation is None:
        return b""
    try:
        text = confirmation["x5t#S256"]
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (KeyError, TypeError, ValueError):
        raise InvalidToken("the token is bound to something else than a certificate") from None


_WHY: Mapping[type[Exception], str] = {
    jwt.ExpiredSignatureError: "the token has expired",
    jwt.ImmatureSignatureError: "the token does not hold yet",
    jwt.InvalidAudienceError: "the token is for another audience",
    jwt.InvalidIssuerError: "the token is of another issuer",
    jwt.InvalidSignatureError: "the signature of the token is wrong",
    jwt.InvalidAlgorithmError: "the token is signed with an algorithm that is not accepted",
    jwt.MissingRequiredClaimError: f"a token has {', '.join(_NEEDED)}",
}
