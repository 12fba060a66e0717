"""Stores that are reached over TLS: a Kafka that asks for a password, and TLS before ClickHouse."""

import asyncio
import signal
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import Popen

from kafka import KafkaAdminClient
from kafka.admin import ScramMechanism, UserScramCredentialUpsertion

from gtms.config import Kafka
from gtms.credentials.authority import Authority
from gtms.stack import health
from gtms.stack import kafka as embedded
from gtms.stack.ports import free_port_base
from gtms.stack.supervision import leash
from tests.support.stack import settings_for

HOST = "127.0.0.1"
USER, PASSWORD = "gtms", "a password of tests"

_START_S = 90.0
_CHUNK = 65536


@contextmanager
def secured_kafka(folder: Path, authority: Authority) -> Iterator[Kafka]:
    """A broker with a port for SASL_SSL with SCRAM-SHA-512; how that port is reached."""
    settings = settings_for(folder, {})
    secured_port = free_port_base(settings)
    embedded.prepare(settings)
    command = embedded.command(settings)
    properties = Path(command[-1])
    properties.write_text(_secured(properties.read_text(), secured_port, authority))
    with (folder / "kafka.log").open("wb") as log:
        broker = Popen(
            [*leash(signal.SIGKILL, folder / "starts"), *command], stdout=log, stderr=log
        )
    try:
        _wait(lambda: health.kafka(settings) is None)
        _add_user(settings.kafka.bootstrap)
        password_file = folder / "kafka.password"
        password_file.write_text(PASSWORD)
        yield Kafka(
            bootstrap=f"{HOST}:{secured_port}",
            partitions=1,
            ca_file=authority.certificate,
            user=USER,
            password_file=password_file,
        )
    finally:
        broker.kill()
        broker.wait()


def _secured(properties: str, port: int, authority: Authority) -> str:
    """The embedded broker's properties with one more listener."""
    ours = authority.services
    keys = authority.folder / "broker.pem"
    keys.write_bytes(ours.key.read_bytes() + ours.certificate.read_bytes())
    lines = []
    for line in properties.splitlines():
        name, is_setting, value = line.partition("=")
        if name in ("listeners", "advertised.listeners"):
            value += f",SASL_SSL://{HOST}:{port}"
        elif name == "listener.security.protocol.map":
            value += ",SASL_SSL:SASL_SSL"
        lines.append(name + is_setting + value)
    scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;"
    lines += [
        "sasl.enabled.mechanisms=SCRAM-SHA-512",
        f"listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config={scram}",
        "ssl.keystore.type=PEM",
        f"ssl.keystore.location={keys}",
    ]
    return "\n".join(lines) + "\n"


def _add_user(bootstrap: str) -> None:
    with KafkaAdminClient(bootstrap_servers=bootstrap) as admin:
        user = UserScramCredentialUpsertion(USER, ScramMechanism.SCRAM_SHA_512, PASSWORD)
        said = admin.alter_user_scram_credentials([user])
    assert said == {USER: None}, said


@contextmanager
def tls_before(port: int, authority: Authority) -> Iterator[int]:
    """A port that speaks TLS and hands on what it hears to a plain one on this machine."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(authority.services.certificate, authority.services.key)
    loop = asyncio.new_event_loop()

    async def both_ways(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_there, to_there = await asyncio.open_connection(HOST, port)
        await asyncio.gather(_copied(reader, to_there), _copied(from_there, writer))

    server = loop.run_until_complete(asyncio.start_server(both_ways, HOST, 0, ssl=context))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


async def _copied(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while some := await reader.read(_CHUNK):
            writer.write(some)
            await writer.drain()
    writer.close()


def _wait(is_there: Callable[[], bool]) -> None:
    end = time.monotonic() + _START_S
    while not is_there():
        assert time.monotonic() < end, "Kafka did not come up"
        time.sleep(0.2)
