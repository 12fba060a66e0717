"""An authority for trying things out: it signs certificates and tokens, all in one folder.

What it makes is as good as what a real authority makes, but its keys lie on one machine: real
countries get their certificates from an authority that keeps its key off-line, and their people
get tokens from an issuer where they log in.
"""

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from gtms.credentials.certificates import COUNTRY_NAME
from gtms.trouble import Trouble

ISSUER = "urn:gtms:development-authority"
AUTHORITY_LIFE = timedelta(days=3650)
CERTIFICATE_LIFE = timedelta(days=90)
TOKEN_LIFE = timedelta(minutes=15)
LIST_LIFE = timedelta(days=30)
_BACKDATED = timedelta(minutes=5)
_SIGNING = "ES256"
_SIGNS_OTHERS = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """Where a certificate and its key are."""

    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Authority:
    """The authority in a folder; every file in it is for its owner alone."""

    folder: Path

    @property
    def certificate(self) -> Path:
        """Its own certificate: what clients and services trust."""
        return self.folder / "authority.crt"

    @property
    def services(self) -> Pair:
        """The certificate that the services show, and show one another."""
        return self._pair("services")

    @property
    def jwks(self) -> Path:
        """The keys of its tokens."""
        return self.folder / "jwks.json"

    @property
    def revoked(self) -> Path:
        """Its revocation list."""
        return self.folder / "revoked.crl"

    @property
    def denied(self) -> Path:
        """Tokens and subjects that are refused."""
        return self.folder / "denied"

    def exists(self) -> bool:
        """Whether it was made."""
        return self.denied.is_file()

    def make(self, hosts: Iterable[str]) -> None:
        """Make it, with the certificate of services that are reached under these names.

        Raises:
            Trouble: there is one, whose keys would be lost.
        """
        if self.exists():
            raise Trouble(f"there is an authority in {self.folder}: remove it to make another")
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = generate_private_key(SECP256R1())
        name = _name("GTMS development authority")
        itself = (
            _certificate(name, name, key, key, AUTHORITY_LIFE)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_SIGNS_OTHERS, critical=True)
        )
        _write(self.folder / "authority.key", _private(key))
        _write(self.certificate, _pem(itself.sign(key, hashes.SHA256())))
        self._make_issuer()
        self.renew_services(hosts)
        self._write_list(())
        _write(self.denied, b"# token JTI, or subject SUB: one a line\n")

    def renew_services(self, hosts: Iterable[str]) -> None:
        """Make a new certificate for the services; they take it up without a restart."""
        names = [_host(host) for host in hosts]
        uses = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
        self._issue("services", "GTMS services", names, uses)

    def national_system(self, country: str) -> Pair:
        """The certificate of the national system of a country; made when there is none."""
        if not self._holds(country):
            names = [x509.UniformResourceIdentifier(COUNTRY_NAME + country)]
            uses = [ExtendedKeyUsageOID.CLIENT_AUTH]
            self._issue(country, f"National system of {country}", names, uses)
        return self._pair(country)

    def token(
        self, country: str, subject: str, roles: Iterable[str], life: timedelta = TOKEN_LIFE
    ) -> str:
        """A token; `country` is empty for a subject of none."""
        now = datetime.now(UTC)
        claims: dict[str, object] = {
            "iss": ISSUER,
            "aud": "gtms",
            "sub": subject,
            "iat": now,
            "exp": now + life,
            "jti": secrets.token_hex(16),
            "roles": sorted(roles),
        }
        if country:
            claims["country"] = country
        key = self._read("issuer.key")
        kid = json.loads(self.jwks.read_bytes())["keys"][-1]["kid"]
        return jwt.encode(claims, key, _SIGNING, headers={"kid": kid})

    def revoke(self, country: str) -> None:
        """Revoke the certificate of a national system; its connections are refused from then on.

        Raises:
            Trouble: it has none.
        """
        if not self._pair(country).certificate.is_file():
            raise Trouble(f"{country} has no certificate of this authority")
        shown = x509.load_pem_x509_certificate(self._pair(country).certificate.read_bytes())
        before = x509.load_pem_x509_crl(self.revoked.read_bytes())
        self._write_list((*(each.serial_number for each in before), shown.serial_number))
        for file in (self._pair(country).certificate, self._pair(country).key):
            file.unlink()

    def _make_issuer(self) -> None:
        key = generate_private_key(SECP256R1())
        public = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(key.public_key()))
        named = {**public, "kid": secrets.token_hex(8), "alg": _SIGNING, "use": "sig"}
        _write(self.folder / "issuer.key", _private(key))
        _write(self.jwks, json.dumps({"keys": [named]}, indent=2).encode())

    def _issue(
        self,
        file: str,
        subject: str,
        names: Sequence[x509.GeneralName],
        uses: Sequence[x509.ObjectIdentifier],
    ) -> None:
        signer = x509.load_pem_x509_certificate(self._read("authority.crt"))
        key, signing = generate_private_key(SECP256R1()), self._key()
        made = (
            _certificate(_name(subject), signer.subject, key, signing, CERTIFICATE_LIFE)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage(uses), critical=False)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
        )
        signed = made.sign(signing, hashes.SHA256())
        _write(self._pair(file).key, _private(key))
        _write(self._pair(file).certificate, _pem(signed))

    def _holds(self, country: str) -> bool:
        file = self._pair(country).certificate
        if not file.is_file():
            return False
        read = x509.load_pem_x509_certificate(file.read_bytes())
        return read.not_valid_after_utc > datetime.now(UTC) + timedelta(days=1)

    def _write_list(self, serials: Iterable[int]) -> None:
        now = datetime.now(UTC)
        signer = x509.load_pem_x509_certificate(self._read("authority.crt"))
        made = x509.CertificateRevocationListBuilder(
            issuer_name=signer.subject, last_update=now, next_update=now + LIST_LIFE
        )
        for serial in serials:
            one = x509.RevokedCertificateBuilder(serial, now).build()
            made = made.add_revoked_certificate(one)
        signed = made.sign(self._key(), hashes.SHA256())
        _write(self.revoked, signed.public_bytes(serialization.Encoding.PEM))

    def _key(self) -> EllipticCurvePrivateKey:
        key = serialization.load_pem_private_key(self._read("authority.key"), None)
        assert isinstance(key, EllipticCurvePrivateKey), "as `make` made it"
        return key

    def _read(self, name: str) -> bytes:
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            raise Trouble(
                f"there is no authority in {self.folder}: make one with `gtms credentials init`"
            ) from None

    def _pair(self, name: str) -> Pair:
        return Pair(self.folder / f"{name}.crt", self.folder / f"{name}.key")


def _certificate(
    subject: x509.Name,
    signer: x509.Name,
    key: EllipticCurvePrivateKey,
    signing: EllipticCurvePrivateKey,
    life: timedelta,
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(signer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()),
            critical=False,
        )
    )


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _host(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _pem(signed: x509.Certificate) -> bytes:
    return signed.public_bytes(serialization.Encoding.PEM)


def _private(key: EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(file: Path, content: bytes) -> None:
    """Put it in its place at once, so that a reader finds the old or the new, never half."""
    beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    beside.touch(mode=0o600)
    beside.write_bytes(content)
    beside.replace(file)
