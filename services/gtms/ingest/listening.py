"""Where a service listens, and whom it believes there: both follow from the identity profile."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

import grpc

from gtms.config import Identity as Profile
from gtms.config import Settings
from gtms.credentials import certificates, tokens
from gtms.credentials.denied import Denied, denied
from gtms.credentials.issuer import IssuerKeys
from gtms.credentials.watched import Watched
from gtms.ingest.identity import DevelopmentIdentity, Identity, is_loopback
from gtms.ingest.verified import VerifiedIdentity
from gtms.trouble import Trouble

BEGUN_S = 0.2
"""After so long a handshake that has begun holds the configuration it uses."""

Setting = TypeVar("Setting")


def identity_of(settings: Settings) -> Identity:
    """Who is believed.

    Raises:
        Trouble: the development profile on an address that others can reach, or the verified
            profile without a setting or a file that it needs.
    """
    host, profile = settings.ingest.host, settings.identity
    if profile.profile == "verified":
        return VerifiedIdentity(_tokens(profile), _revoked(profile), _denied(profile))
    if not is_loopback(host):
        raise Trouble(
            f"the development identity believes anyone: it is not served on {host},"
            " set GTMS_INGEST__HOST=127.0.0.1 or GTMS_IDENTITY__PROFILE=verified"
        )
    return DevelopmentIdentity()


def listen(
    server: grpc.aio.Server, settings: Settings, port: int, *, certificates_only: bool
) -> int:
    """Listen, over TLS unless the profile is development's; gives the port.

    `certificates_only`: clients show a certificate of a national system, or are not answered.

    Raises:
        Trouble: the port is taken, or a certificate or key cannot be used.
    """
    host, profile = settings.ingest.host, settings.identity
    address = f"{host}:{port}"
    try:
        if profile.profile == "development":
            return server.add_insecure_port(address)
        return server.add_secure_port(address, _tls(profile, certificates_only))
    except RuntimeError:
        raise Trouble(
            f"port {port} on {host} is in use: stop what uses it, or choose another port"
        ) from None


def _tls(profile: Profile, certificates_only: bool) -> grpc.ServerCredentials:
    """Certificate, key and authorities as the files hold them when a client connects."""
    files = (
        _needed(profile.certificate_file, "certificate_file"),
        _needed(profile.key_file, "key_file"),
        _needed(profile.clients_ca_file, "clients_ca_file"),
    )

    def read(contents: "list[bytes]") -> grpc.ServerCertificateConfiguration:
        chain, key, authorities = contents
        certificates.require_pair(chain, key)
        certificates.require_authorities(authorities)
        return grpc.ssl_server_certificate_configuration([(key, chain)], authorities)

    renewed = _Renewed(Watched(files, lambda contents: read(list(contents))))
    return grpc.dynamic_ssl_server_credentials(
        renewed.given,
        renewed,  # type: ignore[arg-type]  # the stubs do not know of None
        require_client_authentication=certificates_only,
    )


class _Renewed:
    """Hands gRPC a configuration only when it is another one than before, and not at once.

    gRPC frees the one before, and crashes when a handshake is about to take it at that moment:
    https://github.com/grpc/grpc/issues/36693. Its lock lets one handshake in here at a time, so
    while this one waits no other begins, and those before it have taken what they need.
    """

    def __init__(self, current: Callable[[], grpc.ServerCertificateConfiguration]) -> None:
        self._current = current
        self._lock = threading.Lock()
        self.given = current()

    def __call__(self) -> grpc.ServerCertificateConfiguration | None:
        """A configuration that was not given yet; None to go on with the last."""
        with self._lock:
            current = self._current()
            if current is self.given:
                return None
            time.sleep(BEGUN_S)
            self.given = current
            return current


def _tokens(profile: Profile) -> Callable[[str], tokens.Token]:
    issuer = _needed(profile.issuer, "issuer")
    expected = tokens.Expected(issuer, profile.audience, profile.longest_token_s)
    if profile.jwks_file:
        keys = Watched((profile.jwks_file,), lambda contents: tokens.keys(contents[0]))
        return lambda text: tokens.token(text, keys(), expected)
    asked = IssuerKeys(issuer)

    def judged(text: str) -> tokens.Token:
        try:
            return tokens.token(text, asked(), expected)
        except tokens.UnknownKey:
            asked.look_again()
            raise

    return judged


def _revoked(profile: Profile) -> Callable[[], certificates.Revoked]:
    if profile.revoked_file is None:
        return frozenset
    authorities = _needed(profile.clients_ca_file, "clients_ca_file")
    files = (authorities, profile.revoked_file)
    return Watched(files, lambda contents: certificates.revoked(contents[0], contents[1]))


def _denied(profile: Profile) -> Callable[[], Denied]:
    if profile.denied_file is None:
        return Denied
    return Watched((profile.denied_file,), lambda contents: denied(contents[0]))


def _needed(setting: Setting | None, name: str) -> Setting:
    if not setting:
        raise Trouble(f"the verified identity needs GTMS_IDENTITY__{name.upper()}")
    return setting
