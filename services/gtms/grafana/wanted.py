"""What should be in an organisation of Grafana. Pure but for the compiled dashboards it reads."""

from __future__ import annotations

from collections.abc import Sequence

from gtms.config import Settings
from gtms.grafana.alerts import ALERTS
from gtms.grafana.compiled import Audience, Page, pages
from gtms.grafana.contents import (
    ALERTS_FOLDER,
    COUNTED,
    DATA_SOURCE,
    HOME,
    OURS,
    PLUGIN,
    TEAM,
    TOLD,
    Contents,
    Json,
    Kind,
    Thing,
)
from gtms.grafana.organisations import Organisation
from gtms.grafana.rules import JUDGED_EVERY_S, rule

RECEIVER = "GTMS"
ALERTS_TITLE = "GTMS alerts"
RULE_GROUP = "gtms"
_LOOKS = 1
_TO_READERS = [{"who": TEAM, "may": _LOOKS}, {"who": "Viewer", "may": _LOOKS}]
_DATABASES = {
    Audience.MINISTRY: "published",
    Audience.INTERNATIONAL: "published",
    Audience.OPERATOR: "ops",
}


def wanted(organisation: Organisation, settings: Settings) -> Contents:
    """All that should be in the organisation.

    Raises:
        Trouble: dashboards are missing, or there are none in its language.
    """
    shown = shown_to(organisation, settings)
    contacts = contact_points(organisation)
    rules = rule_group(organisation, settings)
    folder = folder_uid(organisation)
    titles = {folder: shown[0].folder}
    if rules["rules"]:
        titles[ALERTS_FOLDER] = ALERTS_TITLE
    things: dict[Thing, Json] = {
        (Kind.TEAM, TEAM): {},
        (Kind.DATA_SOURCE, DATA_SOURCE): data_source(organisation, settings),
    }
    for uid, title in titles.items():
        things[Kind.FOLDER, uid] = {"title": title}
        things[Kind.ACCESS, uid] = {"to": _TO_READERS}
    things |= {(Kind.CONTACT, str(one["uid"])): one for one in contacts}
    things |= {(Kind.DASHBOARD, page.uid): _dashboard(page, folder) for page in shown}
    if rules["rules"]:
        things[Kind.RULES, RULE_GROUP] = rules
    things[Kind.HOME, HOME] = {"homeDashboardUID": shown[0].uid, "timezone": "utc"}
    return things


def shown_to(organisation: Organisation, settings: Settings) -> Sequence[Page]:
    """Its dashboards, the first one its home. Raises Trouble."""
    place = settings.grafana.dashboards
    return pages(place, organisation.audience, organisation.said.language)


def folder_uid(organisation: Organisation) -> str:
    """The uid of the folder of its dashboards, the same in every language."""
    return OURS + organisation.audience


def data_source(organisation: Organisation, settings: Settings) -> Json:
    """Its data source, but for what is secret."""
    server = settings.clickhouse
    tls = server.ca_file is not None
    return {
        "uid": DATA_SOURCE,
        "name": "ClickHouse",
        "type": PLUGIN,
        "access": "proxy",
        "isDefault": True,
        "jsonData": {
            "host": settings.grafana.clickhouse_host or server.host,
            "port": server.port,
            "protocol": "native",
            "secure": tls,
            "tlsAuthWithCACert": tls,
            "username": organisation.account,
            "defaultDatabase": _DATABASES[organisation.audience],
        },
    }


def contact_points(organisation: Organisation) -> Sequence[Json]:
    """Who is told of its alerts: all addresses of e-mail at once, and each hook."""
    contacts = organisation.said.contacts
    hooks = [one for one in contacts if one.startswith("https://")]
    addresses = [one for one in contacts if one not in hooks]
    points = [_contact(f"hook-{n}", "webhook", {"url": url}) for n, url in enumerate(hooks, 1)]
    if addresses:
        settings = {"addresses": ";".join(addresses), "singleEmail": True}
        points.append(_contact("email", "email", settings))
    return points


def rule_group(organisation: Organisation, settings: Settings) -> Json:
    """Its alert rules; without contacts they go where the organisation sends what is left."""
    own = [alert for alert in ALERTS if alert.audience is organisation.audience]
    place = {
        "folderUID": ALERTS_FOLDER,
        "ruleGroup": RULE_GROUP,
        TOLD: {"receiver": RECEIVER} if organisation.said.contacts else None,
    }
    return {
        "title": RULE_GROUP,
        "folderUid": ALERTS_FOLDER,
        "interval": JUDGED_EVERY_S[organisation.audience],
        "rules": [{**rule(alert, settings.grafana.playbooks), **place} for alert in own],
    }


def _contact(name: str, kind: str, settings: Json) -> Json:
    return {
        "uid": OURS + name,
        "name": RECEIVER,
        "type": kind,
        "settings": settings,
        "disableResolveMessage": False,
    }


def _dashboard(page: Page, folder: str) -> Json:
    shown = {name: value for name, value in page.shown.items() if name not in COUNTED}
    return {"folder": folder, "shown": shown}
