"""Rows in a format that only ClickHouse reads, sent over HTTP.

The native protocol wants rows that the client has already taken apart.
"""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlencode

from gtms.config import ClickHouse
from gtms.events.failures import Unavailable
from gtms.warehouse.client import WAIT_CODES, place

_IDLE_S = 5.0  # the server closes connections that were idle for longer; it says 10 s


class Refused(Exception):
    """ClickHouse read the rows and will never take them: one of them is not as it must be."""

    def __init__(self, code: int, name: str) -> None:
        super().__init__(f"ClickHouse refuses the rows: {name}, code {code}")
        self.code = code


class Sender:
    """One thread's HTTP connection to ClickHouse; it is opened when needed."""

    def __init__(self, server: ClickHouse) -> None:
        self._server = server
        self._http: HTTPConnection | None = None
        self._used = 0.0

    def send(self, statement: str, body: bytes, settings: Mapping[str, str]) -> None:
        """Execute an INSERT with the rows in `body`; when it returns, all of them are stored.

        Blocks for at most ``query_timeout_s``.

        Raises:
            Unavailable: it is not known whether they are stored; waiting may help.
            Refused: none of them is stored, and trying again will not help.
        """
        query = urlencode({**settings, "wait_end_of_query": "1", "query": statement})
        headers = {
            "X-ClickHouse-User": self._server.user,
            "X-ClickHouse-Key": self._server.password(),
        }
        try:
            http = self._connected()
            http.request("POST", f"/?{query}", body, headers)
            response = http.getresponse()
            text = response.read()
        except (OSError, HTTPException) as broken:
            self.close()
            raise Unavailable(f"{place(self._server)} does not answer") from broken
        self._used = time.monotonic()
        if response.status != HTTPStatus.OK:
            self.close()
            code = int(response.headers.get("X-ClickHouse-Exception-Code") or 0)
            raise self._refusal(code, text)

    def close(self) -> None:
        """Drop the connection."""
        http, self._http = self._http, None
        if http is not None:
            http.close()

    def _connected(self) -> HTTPConnection:
        if time.monotonic() - self._used > _IDLE_S:
            self.close()
        if self._http is None:
            server = self._server
            http = _connection(server)
            http.connect()
            http.sock.settimeout(server.query_timeout_s)
            self._http = http
        return self._http

    def _refusal(self, code: int, text: bytes) -> Exception:
        if code == 0:  # not ClickHouse's own answer, but something on the way to it
            return Unavailable(f"{place(self._server)} does not answer")
        if reason := WAIT_CODES.get(code):
            return Unavailable(f"{place(self._server)}: {reason}")
        # The text may quote a row, its name in capitals, as in (CANNOT_PARSE_DATE), cannot.
        names = re.findall(rb"\(([A-Z][A-Z0-9_]+)\)", text)
        return Refused(code, names[-1].decode() if names else "no name")


def _connection(server: ClickHouse) -> HTTPConnection:
    at, wait_s = (server.host, server.http_port), server.connect_timeout_s
    if server.ca_file is None:
        return HTTPConnection(*at, timeout=wait_s)
    context = ssl.create_default_context(cafile=server.ca_file)
    return HTTPSConnection(*at, timeout=wait_s, context=context)
