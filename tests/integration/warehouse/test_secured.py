"""ClickHouse over TLS, on both of its ports, and a server whose certificate is not believed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gtms.config import ClickHouse
from gtms.credentials.authority import Authority
from gtms.events.failures import Unavailable
from gtms.stack.lifecycle import EmbeddedStack
from gtms.warehouse.client import Connection
from gtms.warehouse.sender import Sender
from tests.support.secured import HOST, tls_before


@pytest.fixture
def secured(stack: EmbeddedStack, tmp_path: Path) -> Iterator[ClickHouse]:
    authority, plain = Authority(tmp_path / "authority"), stack.settings.clickhouse
    authority.make([HOST])
    with tls_before(plain.port, authority) as port, tls_before(plain.http_port, authority) as http:
        yield plain.model_copy(
            update={"port": port, "http_port": http, "ca_file": authority.certificate}
        )


def test_both_ports_are_spoken_to_over_tls(secured: ClickHouse) -> None:
    assert Connection(secured).execute("SELECT 1") == [(1,)]
    Sender(secured).send("SELECT 1", b"", {})


def test_a_server_that_shows_another_certificate_is_not_spoken_to(
    secured: ClickHouse, tmp_path: Path
) -> None:
    other = Authority(tmp_path / "other")
    other.make([HOST])
    distrusted = secured.model_copy(update={"ca_file": other.certificate})
    with pytest.raises(Unavailable):
        Connection(distrusted).execute("SELECT 1")
    with pytest.raises(Unavailable):
        Sender(distrusted).send("SELECT 1", b"", {})
