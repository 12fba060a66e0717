"""Keys are asked of an issuer over HTTPS, as OpenID Connect Discovery says, and of nobody else."""

import http.server
import json
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gtms.credentials.issuer import DISCOVERY, IssuerKeys
from gtms.credentials.tokens import Expected, InvalidToken, token
from gtms.trouble import Trouble
from tests.support.verified import Forge, authority_in


class Pages(dict[str, bytes | str]):
    """What is at each path; a text is a place to which one is sent on."""


@pytest.fixture
def pages() -> Pages:
    return Pages()


@pytest.fixture
def issuer(tmp_path: Path, pages: Pages, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An HTTPS server whose certificate this process trusts."""

    class Answering(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path)
            self.send_response(404 if page is None else 302 if isinstance(page, str) else 200)
            if isinstance(page, str):
                self.send_header("Location", page)
            self.end_headers()
            if isinstance(page, bytes):
                self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            pass

    authority = authority_in(tmp_path / "web")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority.services.certificate, authority.services.key)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"https://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def discovered(at: str, **changes: str) -> bytes:
    return json.dumps({"issuer": at, "jwks_uri": f"{at}/keys"} | changes).encode()


def test_a_token_of_an_issuer_that_was_asked_for_its_keys_is_believed(
    issuer: str, pages: Pages, tmp_path: Path
) -> None:
    signing = authority_in(tmp_path / "signing")
    pages[DISCOVERY] = discovered(issuer)
    pages["/keys"] = signing.jwks.read_bytes()
    known = IssuerKeys(issuer)()
    said = token(Forge(signing).token(iss=issuer), known, Expected(issuer, "gtms", 3600))
    assert (said.subject, said.country) == ("amina", "KEN")
    with pytest.raises(InvalidToken, match="another issuer"):
        token(Forge(signing).token(), known, Expected(issuer, "gtms", 3600))


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "https://another.example"},
        {"jwks_uri": "http://127.0.0.1/keys"},
        {"jwks_uri": "file:///etc/passwd"},
    ],
)
def test_what_the_issuer_says_of_itself_must_fit(
    issuer: str, pages: Pages, wrong: dict[str, str], tmp_path: Path
) -> None:
    pages[DISCOVERY] = discovered(issuer, **wrong)
    pages["/keys"] = authority_in(tmp_path / "signing").jwks.read_bytes()
    assert IssuerKeys(issuer)() == {}


def test_nobody_is_sent_on_to_another_place(issuer: str, pages: Pages, tmp_path: Path) -> None:
    pages[DISCOVERY] = discovered(issuer)
    pages["/keys"] = f"{issuer}/others"
    pages["/others"] = authority_in(tmp_path / "signing").jwks.read_bytes()
    assert IssuerKeys(issuer)() == {}


def test_an_issuer_that_is_away_leaves_no_key_and_stops_nothing() -> None:
    assert IssuerKeys("https://127.0.0.1:1")() == {}


@pytest.mark.parametrize("issuer", ["http://issuer.example", "urn:gtms", "issuer.example"])
def test_an_issuer_is_asked_over_https_alone(issuer: str) -> None:
    with pytest.raises(Trouble, match="https"):
        IssuerKeys(issuer)
