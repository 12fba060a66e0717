"""P02: forged, borrowed, old and revoked credentials are refused, and never mean "everybody".

Each attack is tried twice: as it is, and with its guard taken away, where it must succeed; else
the first would prove nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest

from gtms.config import Ingest, Settings
from gtms.credentials import certificates, tokens
from gtms.credentials.authority import Authority
from gtms.ingest import verified
from gtms.ingest.identity import Role, Sender
from gtms.ingest.listening import identity_of
from gtms.ingest.refusals import Refusal
from tests.support.verified import Forge, another_key, authority_in, identity_with


def now() -> datetime:
    """When the attack is made, which may be long after the tests were collected."""
    return datetime.now(UTC)


Unguarded = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True, slots=True)
class Attack:
    """Credentials that must not be believed, and what would have to be gone for them to be."""

    token: Callable[[Forge], str] | None = None
    certificate_of: str = ""
    prepare: Callable[[Authority], object] = lambda authority: None
    without: Mapping[str, object] = field(default_factory=dict)
    unguarded: Unguarded = lambda patch: None


def nobody_checks(patch: pytest.MonkeyPatch) -> None:
    """Signatures, key ids and algorithms count for nothing."""

    def believed(text: str, keys: tokens.Keys, expected: tokens.Expected) -> tokens.Token:
        claims = jwt.decode(text, options={"verify_signature": False})
        return tokens._read(claims, expected)

    patch.setattr(tokens, "token", believed)


def clocks_differ_much(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(tokens, "CLOCKS_DIFFER_S", 10**6)


def tokens_go_with_any_certificate(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(verified, "_require_together", lambda said, shown: None)


def roles_of_all_kinds_mix(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(verified, "_OF_NO_COUNTRY", frozenset())
    patch.setattr(verified, "_OF_ANY", frozenset(Role))


def claims_are_not_needed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(tokens, "_NEEDED", ["exp", "iat", "sub"])
    patch.setattr(tokens, "_read", _read_leniently)


def _read_leniently(claims: Mapping[str, Any], expected: tokens.Expected) -> tokens.Token:
    return tokens.Token(claims["sub"], claims["country"], frozenset(claims["roles"]), "", b"")


ATTACKS: Mapping[str, Attack] = {
    "no algorithm": Attack(
        lambda forge: forge.token(key="", algorithm="none"), unguarded=nobody_checks
    ),
    "the public key as a shared secret": Attack(
        lambda forge: forge.with_shared_secret(), unguarded=nobody_checks
    ),
    "a key of one's own": Attack(
        lambda forge: forge.token(key=another_key()), unguarded=nobody_checks
    ),
    "a key of another name": Attack(
        lambda forge: forge.token(kid="another"), unguarded=nobody_checks
    ),
    "expired": Attack(
        lambda forge: forge.token(iat=now() - timedelta(hours=1), exp=now() - timedelta(minutes=5)),
        unguarded=clocks_differ_much,
    ),
    "not yet": Attack(
        lambda forge: forge.token(nbf=now() + timedelta(minutes=5)), unguarded=clocks_differ_much
    ),
    "for ever": Attack(
        lambda forge: forge.token(exp=now() + timedelta(days=365)),
        without={"longest_token_s": 10**9},
    ),
    "for another audience": Attack(
        lambda forge: forge.token(aud="another"), without={"audience": "another"}
    ),
    "of another issuer": Attack(
        lambda forge: forge.token(iss="urn:another"), without={"issuer": "urn:another"}
    ),
    "without a name to revoke it by": Attack(
        lambda forge: forge.token(jti=None), unguarded=claims_are_not_needed
    ),
    "with a certificate of another country": Attack(
        lambda forge: forge.token(country="UGA"),
        certificate_of="KEN",
        unguarded=tokens_go_with_any_certificate,
    ),
    "without a country beside a certificate": Attack(
        lambda forge: forge.token(country=None, roles=["international"]),
        certificate_of="KEN",
        unguarded=tokens_go_with_any_certificate,
    ),
    "bound to a certificate that is not there": Attack(
        lambda forge: forge.token(cnf={"x5t#S256": "AAAA"}),
        unguarded=tokens_go_with_any_certificate,
    ),
    "a ministry of no country": Attack(
        lambda forge: forge.token(country=None), unguarded=roles_of_all_kinds_mix
    ),
    "international, and of a country": Attack(
        lambda forge: forge.token(roles=["international"]), unguarded=roles_of_all_kinds_mix
    ),
    "a revoked certificate": Attack(
        certificate_of="KEN",
        prepare=lambda authority: authority.revoke("KEN"),
        without={"revoked_file": None},
    ),
    "a denied token": Attack(
        lambda forge: forge.token(jti="stolen"),
        prepare=lambda authority: authority.denied.write_text("token stolen\n"),
        without={"denied_file": None},
    ),
    "a token of a denied subject": Attack(
        lambda forge: forge.token(sub="who left"),
        prepare=lambda authority: authority.denied.write_text("subject who left # in May\n"),
        without={"denied_file": None},
    ),
}


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return authority_in(tmp_path / "credentials")


def believed(authority: Authority, attack: Attack, **changes: object) -> Sender:
    """Whom the attack passes for; raises Refusal."""
    pem = None
    if attack.certificate_of:
        pem = authority.national_system(attack.certificate_of).certificate.read_bytes()
    attack.prepare(authority)
    identity = identity_of(Settings(identity=identity_with(authority, **changes)))
    metadata = []
    if attack.token:
        metadata.append(("authorization", f"Bearer {attack.token(Forge(authority))}"))
    return identity.sender(metadata, pem)


@pytest.mark.parametrize("name", ATTACKS)
def test_the_attack_is_refused_and_with_its_guard_away_it_would_not_be(
    authority: Authority, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    attack = ATTACKS[name]
    with pytest.raises(Refusal) as refused:
        believed(authority, attack)
    assert refused.value.code.name == "UNAUTHENTICATED"
    assert "amina" not in refused.value.text
    attack.unguarded(monkeypatch)
    assert believed(_again(authority), attack, **attack.without).roles


def _again(authority: Authority) -> Authority:
    """As it was before the attack was prepared."""
    authority.denied.write_text("")
    return authority


def test_what_is_right_is_believed(authority: Authority) -> None:
    forge = Forge(authority)
    ministry = Sender("KEN", "amina", frozenset({Role.SUBMITTER, Role.MINISTRY}))
    assert believed(authority, Attack(Forge.token)) == ministry
    assert believed(authority, Attack(Forge.token, certificate_of="KEN")) == ministry
    shown = certificates.certificate(authority.national_system("KEN").certificate.read_bytes())
    system = believed(authority, Attack(certificate_of="KEN"))
    assert system == Sender("KEN", f"certificate {shown.serial:x}", frozenset({Role.SUBMITTER}))
    everywhere = Attack(lambda _: forge.token(country=None, roles=["auditor", "not one of ours"]))
    assert believed(authority, everywhere) == Sender("", "amina", frozenset({Role.AUDITOR}))


def test_no_development_token_is_believed(authority: Authority) -> None:
    for token in ("dev-KEN", "admin-KEN", "dev-UNODC", "operate", ""):
        with pytest.raises(Refusal, match=r"^[^\n]+$"):
            believed(authority, Attack(lambda _, said=token: said))


def test_neither_nothing_nor_the_certificate_of_the_services_names_anybody(
    authority: Authority,
) -> None:
    identity = identity_of(Settings(identity=identity_with(authority)))
    for pem in (None, authority.services.certificate.read_bytes()):
        with pytest.raises(Refusal) as refused:
            identity.sender([], pem)
        assert refused.value.code.name == "UNAUTHENTICATED"


def test_the_verified_identity_is_served_anywhere(authority: Authority) -> None:
    settings = Settings(identity=identity_with(authority), ingest=Ingest(host="0.0.0.0"))
    assert identity_of(settings)
