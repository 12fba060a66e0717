"""The verified identity on one machine: the embedded stack with an authority of its own."""

from gtms.config import Client, Identity, Settings
from gtms.credentials.authority import ISSUER, Authority
from gtms.stack.ports import LOOPBACK

HOSTS = (LOOPBACK, "localhost", "::1")


def with_authority(settings: Settings) -> Settings:
    """The settings with the verified profile, its credentials in the state folder.

    The authority is made the first time, the certificate of the services every time.
    """
    authority = Authority(settings.stack.state / "credentials")
    if not authority.exists():
        authority.make(HOSTS)
    authority.renew_services(HOSTS)
    identity = Identity(
        profile="verified",
        certificate_file=authority.services.certificate,
        key_file=authority.services.key,
        clients_ca_file=authority.certificate,
        revoked_file=authority.revoked,
        denied_file=authority.denied,
        issuer=ISSUER,
        jwks_file=authority.jwks,
    )
    client = Client(ca_file=authority.certificate, authority=authority.folder)
    return settings.model_copy(update={"identity": identity, "client": client})
