"""A Grafana for tests: a real HTTP server that keeps what it is told and refuses as Grafana does.

What it answers was seen of Grafana 12.4. It knows only paths that are alive from 11 to 13: any
other is 404, as data sources and permissions of dashboards by their numbers are.
"""

import base64
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.support.grafana_organisation import Json, Organisation, Refusal

ADMIN, PASSWORD = "admin", "a-password-of-tests"
MAIN = 1

INSIDE: tuple[tuple[str, str, Callable[..., Any]], ...] = (
    ("GET", "/org", Organisation.current),
    ("GET", "/org/preferences", Organisation.get_preferences),
    ("PATCH", "/org/preferences", Organisation.change_preferences),
    ("GET", "/teams/search", Organisation.find_teams),
    ("POST", "/teams", Organisation.add_team),
    ("DELETE", "/teams/*", Organisation.remove_team),
    ("GET", "/folders", Organisation.list_folders),
    ("POST", "/folders", Organisation.add_folder),
    ("PUT", "/folders/*", Organisation.change_folder),
    ("DELETE", "/folders/*", Organisation.remove_folder),
    ("GET", "/folders/*/permissions", Organisation.permissions_of),
    ("POST", "/folders/*/permissions", Organisation.set_permissions),
    ("POST", "/datasources", Organisation.add_source),
    ("GET", "/datasources/uid/*", Organisation.source),
    ("PUT", "/datasources/uid/*", Organisation.change_source),
    ("DELETE", "/datasources/uid/*", Organisation.remove_source),
    ("GET", "/datasources/uid/*/health", Organisation.health),
    ("GET", "/search", Organisation.find_dashboards),
    ("GET", "/dashboards/uid/*", Organisation.dashboard),
    ("POST", "/dashboards/db", Organisation.save_dashboard),
    ("DELETE", "/dashboards/uid/*", Organisation.remove_dashboard),
    ("GET", "/v1/provisioning/contact-points", Organisation.list_contacts),
    ("POST", "/v1/provisioning/contact-points", Organisation.add_contact),
    ("PUT", "/v1/provisioning/contact-points/*", Organisation.change_contact),
    ("DELETE", "/v1/provisioning/contact-points/*", Organisation.remove_contact),
    ("GET", "/v1/provisioning/alert-rules", Organisation.list_rules),
    ("DELETE", "/v1/provisioning/alert-rules/*", Organisation.remove_rule),
    ("GET", "/v1/provisioning/folder/*/rule-groups/*", Organisation.group),
    ("PUT", "/v1/provisioning/folder/*/rule-groups/*", Organisation.put_group),
)


@dataclass
class FakeGrafana:
    """The whole server.

    Attributes:
        accounts: passwords of ClickHouse's accounts.
        plugins: versions of what is installed, by id.
        writes: what was asked to change, in order.
        refuses: a change that it refuses with 500, as `POST /teams`.
        refuses_strangers: in an organisation that the account is not in; else acts in its own.
    """

    version: str = "12.4.0"
    accounts: dict[str, str] = field(default_factory=dict)
    plugins: dict[str, str] = field(
        default_factory=lambda: {"grafana-clickhouse-datasource": "4.14.1"}
    )
    administrators: set[str] = field(default_factory=lambda: {ADMIN})
    organisations: dict[int, Organisation] = field(default_factory=dict)
    writes: list[str] = field(default_factory=list)
    refuses: str = ""
    refuses_strangers: bool = False
    url: str = ""

    def __post_init__(self) -> None:
        self.add("Main Org.")

    def add(self, name: str, member: str = ADMIN) -> Organisation:
        """An organisation with one administrator."""
        number = len(self.organisations) + 1
        made = Organisation(number, name, self.accounts, {member})
        self.organisations[number] = made
        return made

    def named(self, name: str) -> Organisation:
        """The organisation of this name."""
        return next(one for one in self.organisations.values() if one.name == name)

    def answer(self, method: str, path: str, body: Json | None, header: str) -> Any:
        """What is said to a call; raises Refusal."""
        asked = urlsplit(path)
        if method != "GET":
            self.writes.append(f"{method} {asked.path}")
        if f"{method} {asked.path}" == self.refuses:
            raise Refusal(500, "database is locked")
        outside = self._outside(method, asked.path, parse_qs(asked.query), body)
        if outside is not None:
            return outside
        for known, pattern, call in INSIDE:
            found = re.fullmatch(pattern.replace("*", "([^/]+)"), asked.path)
            if found and known == method:
                words = [*map(unquote, found.groups()), *([body] if body is not None else [])]
                return call(self._acts_in(header), *words)
        raise Refusal(404, "Not found")

    def _acts_in(self, header: str) -> Organisation:
        """That of the header; where the account is not a member, its own instead, or none."""
        asked = self.organisations.get(int(header or MAIN))
        if asked and ADMIN in asked.members:
            return asked
        if self.refuses_strangers:
            raise Refusal(403, "You'll need additional permissions to perform this action.")
        return self.organisations[MAIN]

    def _outside(self, method: str, path: str, query: dict[str, list[str]], body: Any) -> Any:
        match method, path:
            case "GET", "/health":
                return {"database": "ok", "version": self.version}
            case "GET", "/user":
                return {"login": ADMIN, "isGrafanaAdmin": ADMIN in self.administrators}
            case "GET", "/orgs":
                size, page = int(query["perpage"][0]), int(query["page"][0])
                every = [one.current() for one in self.organisations.values()]
                return every[page * size : (page + 1) * size]
            case "POST", "/orgs":
                if body["name"] in {one.name for one in self.organisations.values()}:
                    raise Refusal(409, "Organization name taken")
                return {"orgId": self.add(body["name"]).number, "message": "Organization created"}
        plugin = re.fullmatch(r"/plugins/([^/]+)/settings", path)
        if plugin and plugin[1] in self.plugins:
            return {"id": plugin[1], "info": {"version": self.plugins[plugin[1]]}}
        return None


def _handler(grafana: FakeGrafana) -> type[BaseHTTPRequestHandler]:
    known = "Basic " + base64.b64encode(f"{ADMIN}:{PASSWORD}".encode()).decode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # an answer leaves in one piece, and nobody waits for the second

        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            path = self.path.removeprefix("/api")
            try:
                if path != "/health" and self.headers.get("Authorization") != known:
                    raise Refusal(401, "Invalid username or password")
                header = self.headers.get("X-Grafana-Org-Id", "")
                answer = grafana.answer(self.command, path, body, header)
                status = 204 if answer is None else 200
            except Refusal as refused:
                status, answer = refused.status, {"message": refused.message}
            said = b"" if answer is None else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def serving(grafana: FakeGrafana) -> Iterator[FakeGrafana]:
    """Inside, it answers at `grafana.url`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(grafana))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    grafana.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield grafana
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
