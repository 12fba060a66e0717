"""The keys of an issuer of tokens, asked for over HTTPS where OpenID Connect says that they are."""

import json
import threading
import urllib.error
import urllib.request
from typing import Any, NoReturn

import structlog

from gtms.credentials.tokens import Keys, keys
from gtms.trouble import Trouble

ASK_EVERY_S = 300.0
ASK_AGAIN_S = 10.0
"""Shortest time between two questions, whatever tokens come."""

TIMEOUT_S = 5.0
LONGEST = 1 << 20
DISCOVERY = "/.well-known/openid-configuration"

log = structlog.get_logger(__name__)


class IssuerKeys:
    """The keys that the issuer shows now.

    A thread asks for them at the start, every `ASK_EVERY_S` seconds, and sooner when a token names
    a key that is not known. While the issuer does not answer, the keys known so far hold.

    Raises:
        Trouble: the issuer's name is no https address.
    """

    def __init__(self, issuer: str) -> None:
        _require_https(issuer, Trouble("GTMS_IDENTITY__ISSUER must be an https address"))
        self._issuer = issuer
        self._keys: Keys = {}
        self._wanted = threading.Event()
        self._ask()
        threading.Thread(target=self._keep_asking, name="issuer", daemon=True).start()

    def __call__(self) -> Keys:
        """The keys known now."""
        return self._keys

    def look_again(self) -> None:
        """A key is asked for that is not known: it may be new."""
        self._wanted.set()

    def _keep_asking(self) -> NoReturn:
        waited = threading.Event()
        while True:
            waited.wait(ASK_AGAIN_S)
            self._wanted.wait(ASK_EVERY_S - ASK_AGAIN_S)
            self._wanted.clear()
            self._ask()

    def _ask(self) -> None:
        try:
            self._keys = keys(_get(_place_of_keys(self._issuer)))
        except (OSError, ValueError) as wrong:
            log.error("the issuer's keys are not to be had", why=type(wrong).__name__)


def _place_of_keys(issuer: str) -> str:
    said: dict[str, Any] = json.loads(_get(issuer.rstrip("/") + DISCOVERY))
    if said.get("issuer") != issuer:
        raise ValueError("the issuer names another issuer")
    place = str(said.get("jwks_uri"))
    _require_https(place, ValueError("the issuer's keys are not at an https address"))
    return place


def _get(url: str) -> bytes:
    opener = urllib.request.build_opener(_NoRedirect)
    with opener.open(url, timeout=TIMEOUT_S) as answer:
        body: bytes = answer.read(LONGEST)
    return body


def _require_https(url: str, otherwise: Exception) -> None:
    if not url.startswith("https://"):
        raise otherwise


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The keys come from the address that was asked, and from no other."""

    def redirect_request(self, *_: object) -> None:
        """Followed nowhere: urllib then raises HTTPError."""
