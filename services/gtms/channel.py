"""How our own clients reach a service: who they say they are, in plain text or over TLS."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import grpc

from gtms.config import Client, Settings
from gtms.credentials.authority import TOKEN_LIFE, Authority
from gtms.ingest.identity import Role, is_loopback
from gtms.trouble import Trouble

Options = Sequence[tuple[str, int]]

_WORDS = {
    Role.SUBMITTER: "dev",
    Role.MINISTRY: "dev",
    Role.ADMINISTRATOR: "admin",
    Role.AUDITOR: "audit",
}
_OF_NO_COUNTRY = {Role.INTERNATIONAL: "dev-UNODC", Role.OPERATOR: "operate"}
_WITH_CERTIFICATE = frozenset({Role.SUBMITTER, Role.MINISTRY, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Caller:
    """Who a client says it is.

    Attributes:
        token: gives the token of the next call; nothing when the certificate says it all.
        tls: how the services are believed and which certificate is shown; None: plain text.
    """

    token: Callable[[], str]
    tls: grpc.ChannelCredentials | None = None

    def metadata(self) -> tuple[tuple[str, str], ...]:
        """What goes with the next call."""
        token = self.token()
        return (("authorization", f"Bearer {token}"),) if token else ()

    def channel(self, target: str, options: Options = ()) -> grpc.Channel:
        """A channel to host:port; raises Trouble for plain text that would leave this machine."""
        if self.tls is None:
            return grpc.insecure_channel(_near(target), options=options)
        return grpc.secure_channel(target, self.tls, options=options)

    def aio_channel(self, target: str, options: Options = ()) -> grpc.aio.Channel:
        """The same for asyncio."""
        if self.tls is None:
            return grpc.aio.insecure_channel(_near(target), options=options)
        return grpc.aio.secure_channel(target, self.tls, options=options)


def bearing(token: str) -> Caller:
    """A caller in plain text with this token."""
    return Caller(lambda: token)


def caller(settings: Settings, role: Role, country: str = "", token: str | None = None) -> Caller:
    """Who the commands of this machine are: in this role, of this country if of one.

    With a token given, whatever that token says.

    Raises:
        Trouble: the verified profile, and nothing is set that says who this is.
    """
    if settings.identity.profile == "development":
        return bearing(token or _OF_NO_COUNTRY.get(role) or f"{_WORDS[role]}-{country}")
    client = settings.client
    return Caller(_token(client, role, country, token), _tls(client, role, country))


def speaks_for_any(settings: Settings, token: str | None = None) -> bool:
    """Whether the commands may say that they are any country, and so must be told which."""
    if token or settings.client.token_file:
        return False
    return settings.identity.profile == "development" or settings.client.authority is not None


def services_alone(settings: Settings) -> Caller:
    """For questions that are open to all, such as whether a service is well."""
    own = settings.identity
    if own.profile == "development":
        return bearing("")
    trusted = settings.client.ca_file or own.clients_ca_file
    return Caller(lambda: "", _credentials(trusted, own.certificate_file, own.key_file))


def _token(client: Client, role: Role, country: str, token: str | None) -> Callable[[], str]:
    if token:
        return lambda: token
    if client.token_file:
        file = client.token_file
        return lambda: _read(file).decode().strip()
    if client.authority:
        authority = Authority(client.authority)
        return lambda: authority.token(country, "gtms on this machine", [role], TOKEN_LIFE)
    if client.certificate_file and role is Role.SUBMITTER:
        return lambda: ""
    raise Trouble(
        "say who you are: --token, GTMS_TOKEN in the environment, or GTMS_CLIENT__TOKEN_FILE"
    )


def _tls(client: Client, role: Role, country: str) -> grpc.ChannelCredentials:
    certificate, key, trusted = client.certificate_file, client.key_file, client.ca_file
    if client.authority and not certificate and role in _WITH_CERTIFICATE and country:
        pair = Authority(client.authority).national_system(country)
        certificate, key = pair.certificate, pair.key
    return _credentials(trusted, certificate, key)


def _credentials(
    trusted: Path | None, certificate: Path | None, key: Path | None
) -> grpc.ChannelCredentials:
    shown = certificate and key
    return grpc.ssl_channel_credentials(
        _read(trusted) if trusted else None,
        _read(key) if shown and key else None,
        _read(certificate) if shown and certificate else None,
    )


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as wrong:
        raise Trouble(f"{file}: {wrong.strerror}") from None


def _near(target: str) -> str:
    """The target, when what is sent there stays on this machine."""
    host = target.rpartition(":")[0]
    if not is_loopback(host):
        raise Trouble(
            f"{target} is another machine, where plain text is not sent:"
            " set GTMS_IDENTITY__PROFILE=verified"
        )
    return target
