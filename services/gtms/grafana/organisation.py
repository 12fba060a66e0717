"""Reads what an organisation of Grafana has of ours, and makes one change to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from gtms.grafana.client import EXISTS, Client, Refused
from gtms.grafana.contents import (
    COUNTED,
    DATA_SOURCE,
    HOME,
    OURS,
    TEAM,
    TOLD,
    Found,
    Json,
    Kind,
    Thing,
)
from gtms.grafana.plan import Change, Verb


def found(client: Client) -> Found:
    """What is there; `client` acts in the organisation. Blocks; raises Trouble."""
    source = client.data_source(DATA_SOURCE)
    if source is not None and source.get("readOnly"):
        return Found(exists=True, by_files=True)
    dashboards, rules = client.dashboards(), client.rules()
    contents = dict(_contents(client, dashboards, rules))
    if source is not None:
        contents[Kind.DATA_SOURCE, DATA_SOURCE] = source
    others = {folder for uid, folder in dashboards.items() if not uid.startswith(OURS)}
    others |= {str(one["folderUID"]) for one in rules if not str(one["uid"]).startswith(OURS)}
    return Found(
        exists=True,
        contents=contents,
        works=source is not None and client.health(DATA_SOURCE) is None,
        shared=frozenset(others),
    )


def _contents(
    client: Client, dashboards: Mapping[str, str], rules: Sequence[Json]
) -> Iterator[tuple[Thing, Json]]:
    teams = {int(one["id"]): str(one["name"]) for one in client.teams()}
    if TEAM in teams.values():
        yield (Kind.TEAM, TEAM), {}
    for folder in client.folders():
        uid = str(folder["uid"])
        if uid.startswith(OURS):
            yield (Kind.FOLDER, uid), {"title": folder["title"]}
            yield (Kind.ACCESS, uid), {"to": _access(client.permissions(uid), teams)}
    for contact in client.contact_points():
        if str(contact["uid"]).startswith(OURS):
            yield (Kind.CONTACT, str(contact["uid"])), contact
    own = [uid for uid in dashboards if uid.startswith(OURS)]
    for uid in own:
        yield (Kind.DASHBOARD, uid), _dashboard(client.dashboard(uid))
    yield from _rule_groups(client, rules)
    home = client.preferences()
    if home.get("homeDashboardUID") in own:
        yield (Kind.HOME, HOME), home


def _access(permissions: list[Json], teams: dict[int, str]) -> list[Json]:
    """Roles and teams with what they may, in an order of its own; others by their number.

    Administrators may do everything, whether Grafana lists them or not.
    """
    named = [
        {
            "who": one.get("role")
            or teams.get(one.get("teamId") or 0)
            or f"user {one.get('userId')}",
            "may": one["permission"],
        }
        for one in permissions
        if not one.get("inherited") and one.get("role") != "Admin"
    ]
    return sorted(named, key=lambda one: str(one["who"]))


def _dashboard(answer: Json) -> Json:
    shown = {name: value for name, value in answer["dashboard"].items() if name not in COUNTED}
    return {"folder": answer["meta"]["folderUid"], "shown": shown}


def _rule_groups(client: Client, rules: Sequence[Json]) -> Iterator[tuple[Thing, Json]]:
    groups = {
        (str(rule["folderUID"]), str(rule["ruleGroup"]))
        for rule in rules
        if str(rule["uid"]).startswith(OURS)
    }
    for folder, group in sorted(groups):
        there = client.rule_group(folder, group)
        own = [one for one in there["rules"] if str(one["uid"]).startswith(OURS)]
        yield (Kind.RULES, group), {**there, "rules": [{TOLD: None, **one} for one in own]}


def make(client: Client, change: Change, secrets: Callable[[str], Json]) -> None:
    """Make the change; `secrets` tells those of a data source by its account.

    What somebody else has made meanwhile is brought to what is wanted. Blocks; raises Trouble.
    """
    if change.verb is Verb.REMOVE:
        _remove(client, change)
        return
    if change.verb is Verb.CREATE:
        try:
            _create(client, change, secrets)
        except Refused as refused:
            if refused.status not in EXISTS:
                raise
        else:
            return
    _update(client, change, secrets)


def _create(client: Client, change: Change, secrets: Callable[[str], Json]) -> None:
    match change.kind:
        case Kind.TEAM:
            client.create_team(change.key)
        case Kind.FOLDER:
            client.create_folder(change.key, change.body["title"])
        case Kind.DATA_SOURCE:
            client.create_data_source(_with_secrets(change.body, secrets))
        case Kind.CONTACT:
            client.create_contact_point(change.body)
        case _:
            _update(client, change, secrets)


def _update(client: Client, change: Change, secrets: Callable[[str], Json]) -> None:
    key, body = change.key, change.body
    match change.kind:
        case Kind.FOLDER:
            client.rename_folder(key, body["title"])
        case Kind.ACCESS:
            teams = {str(one["name"]): one["id"] for one in client.teams()}
            client.set_permissions(key, [_permission(one, teams) for one in body["to"]])
        case Kind.DATA_SOURCE:
            client.update_data_source(key, _with_secrets(body, secrets))
        case Kind.CONTACT:
            client.update_contact_point(key, body)
        case Kind.DASHBOARD:
            client.save_dashboard(body["folder"], body["shown"])
        case Kind.RULES:
            client.put_rule_group(body["folderUid"], key, body)
        case Kind.HOME:
            client.set_preferences(body)


def _remove(client: Client, change: Change) -> None:
    removals: dict[Kind, Callable[[str], None]] = {
        Kind.FOLDER: client.delete_folder,
        Kind.DATA_SOURCE: client.delete_data_source,
        Kind.CONTACT: client.delete_contact_point,
        Kind.DASHBOARD: client.delete_dashboard,
    }
    match change.kind:
        case Kind.TEAM:
            for team in client.teams():
                if team["name"] == change.key:
                    client.delete_team(int(team["id"]))
        case Kind.RULES:
            for rule in change.body["rules"]:
                client.delete_rule(str(rule["uid"]))
        case Kind.HOME:
            client.set_preferences({"homeDashboardUID": ""})
        case kind:
            removals[kind](change.key)


def _permission(one: Json, teams: dict[str, int]) -> Json:
    who = {"teamId": teams[one["who"]]} if one["who"] in teams else {"role": one["who"]}
    return {**who, "permission": one["may"]}


def _with_secrets(body: Json, secrets: Callable[[str], Json]) -> Json:
    return {**body, "secureJsonData": secrets(str(body["jsonData"]["username"]))}
