"""What one organisation of the Grafana for tests keeps, and what it refuses."""

import copy
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
NO_BODY = None


class Refusal(Exception):
    """An answer that is no."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass
class Organisation:
    """The state of one organisation; every method is a call inside of it.

    Attributes:
        accounts: passwords of ClickHouse's accounts, which the health of a data source asks for.
    """

    number: int
    name: str
    accounts: dict[str, str]
    members: set[str] = field(default_factory=set)
    teams: dict[int, Json] = field(default_factory=dict)
    folders: dict[str, Json] = field(default_factory=dict)
    permissions: dict[str, list[Json]] = field(default_factory=dict)
    sources: dict[str, Json] = field(default_factory=dict)
    dashboards: dict[str, Json] = field(default_factory=dict)
    contacts: dict[str, Json] = field(default_factory=dict)
    groups: dict[tuple[str, str], Json] = field(default_factory=dict)
    preferences: Json = field(default_factory=lambda: {"theme": "", "homeDashboardUID": ""})
    made: int = 0

    def current(self) -> Json:
        return {"id": self.number, "name": self.name}

    # ---- teams

    def find_teams(self) -> Json:
        return {"teams": list(self.teams.values()), "totalCount": len(self.teams)}

    def add_team(self, body: Json) -> Json:
        if any(one["name"] == body["name"] for one in self.teams.values()):
            raise Refusal(409, "Team name taken")
        number = self._next()
        self.teams[number] = {"id": number, "name": body["name"], "memberCount": 0}
        return {"teamId": number, "message": "Team created"}

    def remove_team(self, number: str) -> Json:
        if self.teams.pop(int(number), None) is None:
            raise Refusal(404, "Failed to delete Team. ID not found")
        return {"message": "Team deleted"}

    # ---- folders

    def list_folders(self) -> list[Json]:
        return list(self.folders.values())

    def add_folder(self, body: Json) -> Json:
        uid = body["uid"]
        if uid in self.folders:
            raise Refusal(412, "The folder has been changed by someone else")
        self.folders[uid] = {"id": self._next(), "uid": uid, "title": body["title"], "version": 1}
        self.permissions[uid] = [
            {"userId": 1, "userLogin": "admin", "teamId": 0, "permission": 4},
            {"role": "Editor", "userId": 0, "teamId": 0, "permission": 2},
            {"role": "Viewer", "userId": 0, "teamId": 0, "permission": 1},
        ]
        return self.folders[uid]

    def change_folder(self, uid: str, body: Json) -> Json:
        folder = self._folder(uid)
        if not body.get("overwrite") and body.get("version") != folder["version"]:
            raise Refusal(412, "The folder has been changed by someone else")
        folder |= {"title": body["title"], "version": folder["version"] + 1}
        return folder

    def remove_folder(self, uid: str) -> Json:
        self._folder(uid)
        if any(folder == uid for folder, _ in self.groups):
            raise Refusal(400, "folder cannot be deleted: folder is not empty of alert rules")
        del self.folders[uid], self.permissions[uid]
        self.dashboards = {
            one: kept for one, kept in self.dashboards.items() if kept["meta"]["folderUid"] != uid
        }
        return {"message": "Folder deleted"}

    def permissions_of(self, uid: str) -> list[Json]:
        self._folder(uid)
        administrators = {"role": "Admin", "userId": 0, "teamId": 0, "permission": 4}
        return [*self.permissions[uid], administrators]

    def set_permissions(self, uid: str, body: Json) -> Json:
        self._folder(uid)
        for one in body["items"]:
            if "teamId" in one and one["teamId"] not in self.teams:
                raise Refusal(400, "bad request data")
        blank = {"userId": 0, "teamId": 0}
        self.permissions[uid] = [{**blank, **one} for one in body["items"]]
        return {"message": "Folder permissions updated"}

    def _folder(self, uid: str) -> Json:
        if uid not in self.folders:
            raise Refusal(404, "folder not found")
        return self.folders[uid]

    # ---- data sources

    def source(self, uid: str) -> Json:
        told = copy.deepcopy(self._source(uid))
        secrets = told.pop("secureJsonData", {})
        return told | {"secureJsonFields": dict.fromkeys(secrets, True)}

    def add_source(self, body: Json) -> Json:
        same = [one for one in self.sources.values() if one["name"] == body["name"]]
        if body["uid"] in self.sources or same:
            raise Refusal(409, "data source with the same name already exists")
        self.sources[body["uid"]] = {"id": self._next(), "readOnly": False, **body}
        return {"message": "Datasource added"}

    def change_source(self, uid: str, body: Json) -> Json:
        self._writable(uid)
        kept = self._source(uid)
        self.sources[uid] = {"id": kept["id"], "readOnly": False, **body}
        return {"message": "Datasource updated"}

    def remove_source(self, uid: str) -> Json:
        self._writable(uid)
        del self.sources[uid]
        return {"message": "Data source deleted"}

    def health(self, uid: str) -> Json:
        source = self._source(uid)
        account = source["jsonData"]["username"]
        password = source.get("secureJsonData", {}).get("password")
        if self.accounts.get(account) != password:
            raise Refusal(400, f"code: 516, message: {account}: Authentication failed")
        return {"status": "OK", "message": "Data source is working"}

    def _source(self, uid: str) -> Json:
        if uid not in self.sources:
            raise Refusal(404, "Data source not found")
        return self.sources[uid]

    def _writable(self, uid: str) -> None:
        if self._source(uid)["readOnly"]:
            raise Refusal(403, "Cannot update read-only data source")

    # ---- dashboards

    def find_dashboards(self) -> list[Json]:
        return [
            {"uid": uid, "type": "dash-db", "folderUid": one["meta"]["folderUid"]}
            for uid, one in self.dashboards.items()
        ]

    def dashboard(self, uid: str) -> Json:
        if uid not in self.dashboards:
            raise Refusal(404, "Dashboard not found")
        return self.dashboards[uid]

    def save_dashboard(self, body: Json) -> Json:
        shown = copy.deepcopy(body["dashboard"])
        if body["folderUid"]:
            self._folder(body["folderUid"])
        kept = self.dashboards.get(shown["uid"])
        if kept and kept["meta"].get("provisioned"):
            raise Refusal(400, "Cannot save provisioned dashboard")
        if kept and not body.get("overwrite"):
            raise Refusal(412, "The dashboard has been changed by someone else")
        shown["id"] = kept["dashboard"]["id"] if kept else self._next()
        shown["version"] = kept["dashboard"]["version"] + 1 if kept else 1
        meta = {"folderUid": body["folderUid"], "provisioned": False}
        self.dashboards[shown["uid"]] = {"dashboard": shown, "meta": meta}
        return {"uid": shown["uid"], "status": "success"}

    def remove_dashboard(self, uid: str) -> Json:
        self.dashboard(uid)
        del self.dashboards[uid]
        return {"message": "Dashboard deleted"}

    # ---- alerting

    def list_contacts(self) -> list[Json]:
        """With the address of a hook, which may hold a token, withheld."""
        told = copy.deepcopy(list(self.contacts.values()))
        for one in told:
            if one["type"] == "webhook":
                one["settings"]["url"] = "[REDACTED]"
        return told

    def add_contact(self, body: Json) -> Json:
        _valid_contact(body)
        if body["uid"] in self.contacts:
            raise Refusal(409, "receiver configuration with the same UID already exists")
        self.contacts[body["uid"]] = {**body, "provenance": "api"}
        return self.contacts[body["uid"]]

    def change_contact(self, uid: str, body: Json) -> Json:
        if uid not in self.contacts:
            raise Refusal(404, "contact point not found")
        _valid_contact(body)
        self.contacts[uid] = {**body, "uid": uid, "provenance": "api"}
        return {"message": "contactpoint updated"}

    def remove_contact(self, uid: str) -> Json:
        contact = self.contacts.get(uid, {})
        others = {one["name"] for key, one in self.contacts.items() if key != uid}
        if contact.get("name") in self._receivers() - others:
            raise Refusal(409, "Contact point is used by one or many alert rules")
        self.contacts.pop(uid, None)
        return {"message": "contactpoint deleted"}

    def _receivers(self) -> set[str]:
        return {
            rule["notification_settings"]["receiver"]
            for rule in self.list_rules()
            if rule.get("notification_settings")
        }

    def list_rules(self) -> list[Json]:
        return [rule for group in self.groups.values() for rule in group["rules"]]

    def group(self, folder: str, name: str) -> Json:
        if (folder, name) not in self.groups:
            raise Refusal(404, "rule group not found")
        return self.groups[folder, name]

    def put_group(self, folder: str, name: str, body: Json) -> Json:
        if folder not in self.folders:
            raise Refusal(400, "invalid alert rule: folder does not exist")
        if body["interval"] <= 0 or body["interval"] % 10:
            raise Refusal(400, "invalid alert rule: interval should be divided exactly by 10s")
        known = {one["name"] for one in self.contacts.values()}
        for rule in body["rules"]:
            _valid_rule(rule, known)
        kept = [
            {
                **{name: of for name, of in copy.deepcopy(rule).items() if of is not None},
                "id": self._next(),
                "orgID": self.number,
                "folderUID": folder,
                "ruleGroup": name,
                "provenance": "api",
            }
            for rule in body["rules"]
        ]
        self.groups[folder, name] = {**body, "folderUid": folder, "title": name, "rules": kept}
        return body

    def remove_rule(self, uid: str) -> None:
        for key, group in list(self.groups.items()):
            group["rules"] = [rule for rule in group["rules"] if rule["uid"] != uid]
            if not group["rules"]:
                del self.groups[key]
        return NO_BODY

    # ---- preferences

    def get_preferences(self) -> Json:
        return self.preferences

    def change_preferences(self, body: Json) -> Json:
        home = body.get("homeDashboardUID")
        if home and home not in self.dashboards:
            raise Refusal(404, "Dashboard not found")
        self.preferences |= body
        return {"message": "Preferences updated"}

    def _next(self) -> int:
        """Numbers are long and say nothing, as since Grafana 12."""
        self.made += 1
        return 1_000_000_000_000_000 + self.number * 1000 + self.made


def _valid_contact(body: Json) -> None:
    wanted = {"email": "addresses", "webhook": "url"}.get(body["type"])
    if not wanted or not body["settings"].get(wanted):
        raise Refusal(400, "invalid contact point: missing settings")


def _valid_rule(rule: Json, receivers: set[str]) -> None:
    refs = [one["refId"] for one in rule["data"]]
    sources = {one["datasourceUid"] for one in rule["data"]}
    wrong = (
        not rule["title"]
        or len(rule["title"]) > 190
        or len(rule["uid"]) > 40
        or rule["condition"] not in refs
        or len(set(refs)) != len(refs)
        or "" in sources
        or rule["noDataState"] not in {"OK", "NoData", "Alerting", "KeepLast"}
        or rule["execErrState"] not in {"OK", "Error", "Alerting", "KeepLast"}
    )
    if wrong:
        raise Refusal(400, "invalid alert rule")
    told = rule.get("notification_settings")
    if told and told["receiver"] not in receivers:
        raise Refusal(400, f"invalid notification settings: receiver {told['receiver']} unknown")
