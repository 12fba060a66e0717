"""All that is asked of Grafana over HTTP: no other module knows how.

grafana-api is not maintained any more. What it has is used where it was seen to work from Grafana
11 to 13; the rest is asked through its session. Nothing is asked by the numeric ids of data sources
and dashboards, which Grafana is giving up. The organisation of a call is a header of it: switching
would change the account for everybody who uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import quote, urlsplit

import requests
from grafana_api.grafana_api import GrafanaException
from grafana_api.grafana_face import GrafanaFace

from gtms.config import Grafana as Place
from gtms.grafana.contents import PLUGIN, Json
from gtms.trouble import Trouble

Answer = TypeVar("Answer")

TIMEOUT_S = 30.0
OLDEST = 11
OLDEST_PLUGIN = 4
PAGE = 1000
MOST_DASHBOARDS = 5000
"""That Grafana finds in one search."""
EXISTS = frozenset({HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED})
"""How Grafana says that something is there already: 412 for folders, 409 for all else."""


class Refused(Trouble):
    """Grafana answered, and it was no."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"Grafana refused it with {status}: {text}")
        self.status = status
        self.text = text


class Client:
    """Calls in the name of a server administrator, in one organisation at a time.

    Every method blocks, and raises Trouble when Grafana is away or is no Grafana; Refused, which is
    a Trouble too, when it says no.
    """

    def __init__(self, place: Place, organisation: int | None = None) -> None:
        self._place = place
        self._face = _face(place)
        if organisation is not None:
            self._face.api.s.headers["X-Grafana-Org-Id"] = str(organisation)

    def inside(self, organisation: int) -> Client:
        """A client whose calls act in this organisation.

        Raises:
            Trouble: the account is no member of it; Grafana refuses, or acts in another instead.
        """
        client = Client(self._place, organisation)
        try:
            there = client.get("/org")["id"]
        except Refused:
            there = None
        if there != organisation:
            raise Trouble(
                f"the account {self._place.user} is not in organisation {organisation} of Grafana:"
                " add it there as Admin"
            )
        return client

    def check(self) -> None:
        """Raise Trouble when this Grafana cannot be provisioned: version, account, plugin."""
        version = str(self.get("/health").get("version", ""))
        if _major(version) < OLDEST:
            raise Trouble(f"Grafana {version or 'of unknown version'}: {OLDEST} or later is needed")
        if not self.get("/user").get("isGrafanaAdmin"):
            raise Trouble(
                f"the account {self._place.user} is no server administrator of Grafana:"
                " set GTMS_GRAFANA__USER to one that is"
            )
        plugin = self.find(f"/plugins/{PLUGIN}/settings")
        if plugin is None:
            raise Trouble(
                f"Grafana has no plugin {PLUGIN}: install it"
                f" (grafana cli plugins install {PLUGIN}) and restart Grafana"
            )
        version = str(plugin["info"]["version"])
        if _major(version) < OLDEST_PLUGIN:
            raise Trouble(f"the plugin {PLUGIN} {version} is too old: update it to 4.14.1 or later")

    def organisations(self) -> dict[str, int]:
        """The number of every organisation, by its name."""
        named: dict[str, int] = {}
        page = 0
        while True:
            some = self.many(f"/orgs?perpage={PAGE}&page={page}")
            named |= {str(one["name"]): int(one["id"]) for one in some}
            if len(some) < PAGE:
                return named
            page += 1

    def create_organisation(self, name: str) -> int:
        """Its number; the account becomes its administrator."""
        return int(
            self._asked(self._face.organization.create_organization, {"name": name})["orgId"]
        )

    def teams(self) -> list[Json]:
        """Every team."""
        return list(self.get(f"/teams/search?perpage={PAGE}")["teams"])

    def create_team(self, name: str) -> None:
        """Make a team without members."""
        self._asked(self._face.teams.add_team, {"name": name})

    def delete_team(self, number: int) -> None:
        """Remove a team."""
        self.delete(f"/teams/{number}")

    def folders(self) -> list[Json]:
        """Every folder that is in no other."""
        return self.many(f"/folders?limit={PAGE}")

    def create_folder(self, uid: str, title: str) -> None:
        """Make a folder, empty."""
        self._asked(self._face.folder.create_folder, title, uid)

    def rename_folder(self, uid: str, title: str) -> None:
        """Give it another title, whatever its version."""
        self._asked(self._face.folder.update_folder, uid, title, overwrite=True)

    def delete_folder(self, uid: str) -> None:
        """Remove it with all that is in it."""
        self.delete(path_of("folders", uid))

    def permissions(self, folder: str) -> list[Json]:
        """Who may do what in a folder."""
        return list(self._asked(self._face.folder.get_folder_permissions, folder))

    def set_permissions(self, folder: str, items: list[Json]) -> None:
        """Let these, and nobody else but administrators, into the folder."""
        body = {"items": items}
        self._asked(self._face.folder.update_folder_permissions, folder, body)

    def data_source(self, uid: str) -> Json | None:
        """The data source, without what is secret of it; None when there is none."""
        return self.find(path_of("datasources", "uid", uid))

    def create_data_source(self, body: Json) -> None:
        """Make a data source."""
        self._asked(self._face.datasource.create_datasource, body)

    def update_data_source(self, uid: str, body: Json) -> None:
        """Replace it, with what is secret of it."""
        self.send("PUT", path_of("datasources", "uid", uid), body)

    def delete_data_source(self, uid: str) -> None:
        """Remove it."""
        self.delete(path_of("datasources", "uid", uid))

    def health(self, uid: str) -> str | None:
        """None when the data source reaches its server and is let in; else why not."""
        try:
            self.get(path_of("datasources", "uid", uid, "health"))
        except Refused as refused:
            return refused.text
        return None

    def dashboards(self) -> dict[str, str]:
        """The uid of every dashboard, and that of its folder; empty for one in none."""
        found = self.many(f"/search?type=dash-db&limit={MOST_DASHBOARDS}")
        return {str(one["uid"]): str(one.get("folderUid") or "") for one in found}

    def dashboard(self, uid: str) -> Json:
        """The dashboard, and beside it where it is."""
        return dict(self._asked(self._face.dashboard.get_dashboard, uid))

    def save_dashboard(self, folder: str, dashboard: Json) -> None:
        """Put it into the folder, new or instead of the one with its uid."""
        body = {"folderUid": folder, "dashboard": {**dashboard, "id": None}, "overwrite": True}
        self._asked(self._face.dashboard.update_dashboard, body)

    def delete_dashboard(self, uid: str) -> None:
        """Remove it."""
        self.delete(path_of("dashboards", "uid", uid))

    def contact_points(self) -> list[Json]:
        """Every contact point."""
        return self.many("/v1/provisioning/contact-points")

    def create_contact_point(self, body: Json) -> None:
        """Make a contact point."""
        self.send("POST", "/v1/provisioning/contact-points", body)

    def update_contact_point(self, uid: str, body: Json) -> None:
        """Replace it."""
        self.send("PUT", path_of("v1", "provisioning", "contact-points", uid), body)

    def delete_contact_point(self, uid: str) -> None:
        """Remove it; refused while rules or policies name it."""
        self.delete(path_of("v1", "provisioning", "contact-points", uid))

    def rules(self) -> list[Json]:
        """Every alert rule."""
        return self.many("/v1/provisioning/alert-rules")

    def rule_group(self, folder: str, group: str) -> Json:
        """A group of alert rules."""
        return self.get(_group(folder, group))

    def put_rule_group(self, folder: str, group: str, body: Json) -> None:
        """Make the group, or replace all of its rules."""
        self.send("PUT", _group(folder, group), body)

    def delete_rule(self, uid: str) -> None:
        """Remove one alert rule; a group goes with its last."""
        self.delete(path_of("v1", "provisioning", "alert-rules", uid))

    def preferences(self) -> Json:
        """How the organisation's pages look: its home dashboard among it."""
        return self.get("/org/preferences")

    def set_preferences(self, changed: Json) -> None:
        """Change these preferences and no other."""
        self.send("PATCH", "/org/preferences", changed)

    def get(self, path: str) -> Json:
        """The object under the path."""
        return dict(self._asked(self._face.api.GET, path))

    def many(self, path: str) -> list[Json]:
        """The objects under the path."""
        return list(self._asked(self._face.api.GET, path))

    def find(self, path: str) -> Json | None:
        """The same, or None when there is nothing."""
        try:
            return self.get(path)
        except Refused as refused:
            if refused.status == HTTPStatus.NOT_FOUND:
                return None
            raise

    def send(self, method: str, path: str, body: Json) -> None:
        """POST, PUT or PATCH a body."""
        self._asked(getattr(self._face.api, method), path, json=body)

    def delete(self, path: str) -> None:
        """Remove what is under the path; nothing there is as good. Some answers have no body."""
        api = self._face.api
        with self._understood():
            answer = api.s.delete(
                f"{api.url}{path}", auth=api.auth, verify=api.verify, timeout=TIMEOUT_S
            )
        if answer.status_code == HTTPStatus.NOT_FOUND or answer.ok:
            return
        raise self._refused(answer.status_code, _message(answer))

    def _asked(self, call: Callable[..., Answer], *words: object, **named: object) -> Answer:
        with self._understood():
            return call(*words, **named)

    @contextmanager
    def _understood(self) -> Iterator[None]:
        """What the library raises, in words for a person."""
        place = self._place
        try:
            yield
        except GrafanaException as refused:
            said = refused.response
            text = said.get("message") if isinstance(said, Mapping) else None
            raise self._refused(int(refused.status_code), str(text or "no reason")) from None
        except requests.exceptions.SSLError:
            raise Trouble(
                f"the certificate of Grafana at {place.url} is not believed: set"
                " GTMS_GRAFANA__CA_FILE"
            ) from None
        except requests.exceptions.JSONDecodeError:
            raise Trouble(
                f"what answers at {place.url} is no Grafana: check GTMS_GRAFANA__URL"
            ) from None
        except requests.exceptions.RequestException as away:
            raise Trouble(
                f"Grafana does not answer at {place.url} ({type(away).__name__}): start it, or set"
                " GTMS_GRAFANA__URL"
            ) from None

    def _refused(self, status: int, text: str) -> Trouble:
        if status == HTTPStatus.UNAUTHORIZED:
            return Trouble(
                f"Grafana does not let {self._place.user} in: check GTMS_GRAFANA__USER and"
                " GTMS_GRAFANA__PASSWORD_FILE"
            )
        return Refused(status, text)


def path_of(*parts: str) -> str:
    """A path of these parts, each written as a path may have it."""
    return "".join(f"/{quote(part, safe='')}" for part in parts)


def _major(version: str) -> int:
    """The first number of a version; 0 when it says none."""
    first = version.split(".")[0]
    return int(first) if first.isdigit() else 0


def _group(folder: str, group: str) -> str:
    return path_of("v1", "provisioning", "folder", folder, "rule-groups", group)


def _face(place: Place) -> GrafanaFace:
    address = urlsplit(place.url)
    if address.scheme not in {"http", "https"} or not address.hostname:
        raise Trouble("GTMS_GRAFANA__URL is no address such as http://127.0.0.1:3000")
    below = address.path.strip("/")
    return GrafanaFace(
        auth=(place.user, place.password()),
        host=address.hostname,
        port=address.port,
        url_path_prefix=f"{below}/" if below else "",
        protocol=address.scheme,
        verify=str(place.ca_file) if place.ca_file else True,
        timeout=TIMEOUT_S,
    )


def _message(answer: requests.Response) -> str:
    try:
        return str(answer.json()["message"])
    except (ValueError, KeyError, TypeError):
        return "no reason"
