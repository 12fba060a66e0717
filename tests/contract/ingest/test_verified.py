"""The verified identity over TLS: what clients find, and that nothing needs a restart."""

import asyncio
import json
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import grpc
import pytest

from gtms.channel import Caller, caller, services_alone
from gtms.config import Client, Settings
from gtms.credentials.authority import Authority, Pair
from gtms.ingest import gate
from gtms.ingest.identity import Role
from gtms.stack import health
from gtms.trouble import Trouble
from tests.support.population import facility
from tests.support.services import served, without_stores
from tests.support.verified import (
    Forge,
    authority_in,
    channel_credentials,
    identity_with,
    looked_at_always,
)
from treatment.common.v1.receipts_pb2 import ReceiptStatus
from treatment.facilities.v1 import facilities_service_pb2 as pb
from treatment.facilities.v1.facilities_service_pb2_grpc import FacilitiesServiceStub

ACCEPTED = ReceiptStatus.RECEIPT_STATUS_ACCEPTED


@dataclass(frozen=True, slots=True)
class Served:
    """The facilities service with the verified identity, and the authority that it believes."""

    target: str
    authority: Authority
    settings: Settings

    async def submit(self, shown: Pair | None, token: str | None = None) -> grpc.StatusCode | None:
        """Try a record; None when the receipt says ACCEPTED."""
        credentials = channel_credentials(self.authority, shown)
        async with grpc.aio.secure_channel(self.target, credentials) as channel:
            return await submitted(channel, token)


async def submitted(channel: grpc.aio.Channel, token: str | None) -> grpc.StatusCode | None:
    metadata = (("authorization", f"Bearer {token}"),) if token else ()
    request = pb.SubmitFacilityRequest(record=facility(), validate_only=True)
    try:
        answer = await FacilitiesServiceStub(channel).SubmitFacility(
            request, metadata=metadata, timeout=5
        )
    except grpc.aio.AioRpcError as refused:
        return refused.code()
    assert answer.receipt.status == ACCEPTED
    return None


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return authority_in(tmp_path / "credentials")


@pytest.fixture
async def facilities(authority: Authority, tmp_path: Path) -> AsyncIterator[Served]:
    settings = without_stores(tmp_path, identity_with(authority)).model_copy(
        update={"client": Client(ca_file=authority.certificate, authority=authority.folder)}
    )
    with looked_at_always():
        async with served("facilities", settings) as target:
            yield Served(target, authority, settings)


async def test_a_certificate_is_a_national_system_and_a_token_of_its_country_goes_with_it(
    facilities: Served,
) -> None:
    kenya = facilities.authority.national_system("KEN")
    forge = Forge(facilities.authority)
    assert await facilities.submit(kenya) is None
    assert await facilities.submit(kenya, forge.token()) is None
    reading = forge.token(roles=["ministry"])
    assert await facilities.submit(kenya, reading) is grpc.StatusCode.PERMISSION_DENIED
    foreign = forge.token(country="UGA")
    assert await facilities.submit(kenya, foreign) is grpc.StatusCode.UNAUTHENTICATED


async def test_without_a_certificate_of_the_authority_there_is_no_connection(
    facilities: Served, tmp_path: Path
) -> None:
    token = Forge(facilities.authority).token()
    assert await facilities.submit(None, token) is grpc.StatusCode.UNAVAILABLE
    stranger = authority_in(tmp_path / "stranger").national_system("KEN")
    assert await facilities.submit(stranger, token) is grpc.StatusCode.UNAVAILABLE
    async with grpc.aio.insecure_channel(facilities.target) as channel:
        assert await submitted(channel, token) is grpc.StatusCode.UNAVAILABLE


async def test_what_only_reads_takes_a_token_without_a_certificate(
    authority: Authority, tmp_path: Path
) -> None:
    token = Forge(authority).token(country=None, roles=["international"])
    settings = without_stores(tmp_path, identity_with(authority))
    async with (
        served("indicators", settings) as target,
        grpc.aio.secure_channel(target, channel_credentials(authority)) as channel,
    ):
        path = "/treatment.indicators.v1.IndicatorsService/ListIndicators"
        assert await channel.unary_unary(path)(
            b"", metadata=(("authorization", f"Bearer {token}"),), timeout=10
        )


async def test_health_is_told_to_the_services_themselves(facilities: Served) -> None:
    port = int(facilities.target.rpartition(":")[2])
    ports = facilities.settings.ports.model_copy(update={"facilities": port})
    settings = facilities.settings.model_copy(update={"ports": ports})
    said = await asyncio.to_thread(health.grpc_service("facilities"), settings)
    assert said == "NOT_SERVING"  # as Kafka is away: it answered
    assert services_alone(settings).metadata() == ()


async def test_a_new_certificate_of_the_services_is_taken_up(facilities: Served) -> None:
    before = await asyncio.to_thread(shown_by, facilities)
    facilities.authority.renew_services(["127.0.0.1"])
    assert await asyncio.to_thread(shown_by, facilities) != before
    assert await facilities.submit(facilities.authority.national_system("KEN")) is None


def shown_by(facilities: Served) -> bytes:
    """The certificate that the service shows to a new connection."""
    kenya = facilities.authority.national_system("KEN")
    context = ssl.create_default_context(cafile=str(facilities.authority.certificate))
    context.load_cert_chain(kenya.certificate, kenya.key)
    context.set_alpn_protocols(["h2"])
    host, _, port = facilities.target.rpartition(":")
    with (
        socket.create_connection((host, int(port))) as plain,
        context.wrap_socket(plain, server_hostname=host) as wrapped,
    ):
        return wrapped.getpeercert(binary_form=True) or b""


async def test_a_half_written_certificate_changes_nothing(facilities: Served) -> None:
    facilities.authority.services.certificate.write_text("-----BEGIN CERTIFICATE-----\nnone")
    assert await facilities.submit(facilities.authority.national_system("KEN")) is None


async def test_a_new_key_of_the_issuer_is_taken_up_and_the_old_one_forgotten(
    facilities: Served, tmp_path: Path
) -> None:
    kenya = facilities.authority.national_system("KEN")
    old = Forge(facilities.authority).token()
    assert await facilities.submit(kenya, old) is None
    another = authority_in(tmp_path / "another")
    facilities.authority.jwks.write_bytes(another.jwks.read_bytes())
    new = Forge(another).token()
    assert await facilities.submit(kenya, new) is None
    assert await facilities.submit(kenya, old) is grpc.StatusCode.UNAUTHENTICATED


async def test_a_revoked_certificate_ends_on_the_connection_it_has(facilities: Served) -> None:
    kenya = facilities.authority.national_system("KEN")
    credentials = channel_credentials(facilities.authority, kenya)
    async with grpc.aio.secure_channel(facilities.target, credentials) as channel:
        assert await submitted(channel, None) is None
        facilities.authority.revoke("KEN")
        assert await submitted(channel, None) is grpc.StatusCode.UNAUTHENTICATED


async def test_a_stream_ends_when_its_credentials_do(
    facilities: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "ADMITTED_S", 0.0)
    kenya = facilities.authority.national_system("KEN")
    credentials = channel_credentials(facilities.authority, kenya)
    chunk = pb.SubmitFacilitiesRequest(records=[facility()], validate_only=True)
    async with grpc.aio.secure_channel(facilities.target, credentials) as channel:
        call = FacilitiesServiceStub(channel).SubmitFacilities()
        await call.write(chunk)
        assert await call.read() is not grpc.aio.EOF
        facilities.authority.denied.write_text("subject nobody\n")
        await call.write(chunk)
        assert await call.read() is not grpc.aio.EOF
        facilities.authority.revoke("KEN")
        await call.write(chunk)
        with suppress(grpc.aio.AioRpcError):
            while await call.read() is not grpc.aio.EOF:
                pass  # how a call ended is told after its last answer was read
        assert await call.code() is grpc.StatusCode.UNAVAILABLE
        assert "credentials no longer hold" in await call.details()


async def test_the_commands_show_what_the_development_authority_gives_them(
    facilities: Served,
) -> None:
    for country, expected in (("KEN", None), ("UGA", None)):
        who = caller(facilities.settings, Role.SUBMITTER, country)
        async with who.aio_channel(facilities.target) as channel:
            ((_, bearer),) = who.metadata()
            assert await submitted(channel, bearer.removeprefix("Bearer ")) is expected


def test_whoever_does_not_say_who_they_are_is_told_how(authority: Authority) -> None:
    settings = Settings(identity=identity_with(authority), client=Client())
    with pytest.raises(Trouble, match=r"^say who you are: --token[^\n]*$"):
        caller(settings, Role.MINISTRY, "KEN")


def test_plain_text_never_leaves_this_machine() -> None:
    for target in ("gtms.example:50051", "10.0.0.5:50051", ":50051"):
        with pytest.raises(Trouble, match="plain text"):
            Caller(lambda: "dev-KEN").channel(target)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"certificate_file": None}, "GTMS_IDENTITY__CERTIFICATE_FILE"),
        ({"clients_ca_file": None}, "GTMS_IDENTITY__CLIENTS_CA_FILE"),
        ({"issuer": ""}, "GTMS_IDENTITY__ISSUER"),
        ({"jwks_file": None}, "https"),
        ({"key_file": Path("/nowhere")}, "No such file"),
        ({"jwks_file": Path("/dev/null")}, "is no JSON Web Key Set"),
        ({"revoked_file": Path("/dev/null")}, "holds no revocation list"),
    ],
)
async def test_what_is_missing_is_told_in_one_line(
    authority: Authority, tmp_path: Path, changes: dict[str, object], says: str
) -> None:
    settings = without_stores(tmp_path, identity_with(authority, **changes))
    with pytest.raises(Trouble, match=says) as trouble:
        async with served("outcomes", settings):
            pass
    assert "\n" not in str(trouble.value)


async def test_a_key_of_another_certificate_is_told(authority: Authority, tmp_path: Path) -> None:
    other = authority.national_system("KEN").key
    settings = without_stores(tmp_path, identity_with(authority, key_file=other))
    with pytest.raises(Trouble, match="the key is not that of the certificate"):
        async with served("outcomes", settings):
            pass


def test_everything_that_was_made_is_for_its_owner_alone(authority: Authority) -> None:
    authority.national_system("KEN")
    assert authority.folder.stat().st_mode & 0o077 == 0
    for file in authority.folder.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file.name
    assert json.loads(authority.jwks.read_bytes())["keys"][0].keys().isdisjoint({"d", "p", "q"})
