"""Provisioning files for a Grafana whose main organisation is the operators'. Pure.

Files can bring only organisations that are there when Grafana starts, and that is the main one; the
others are brought by `gtms grafana apply`. Grafana takes a dollar sign in a file for a variable,
but not in the question of an alert rule; `$__file{…}` is the one that is meant.
"""

from __future__ import annotations

from gtms.config import Settings
from gtms.grafana.contents import TOLD, Json
from gtms.grafana.organisations import Organisation
from gtms.grafana.wanted import (
    ALERTS_TITLE,
    RULE_GROUP,
    data_source,
    folder_uid,
    rule_group,
    shown_to,
)

_OF_CALLS = frozenset({"folderUID", "ruleGroup", TOLD})
MAIN = 1
"""The organisation that every Grafana has."""


def data_sources(organisation: Organisation, settings: Settings, password: str) -> Json:
    """Its data source; `password` is the path of the file that holds the password."""
    source = data_source(organisation, settings)
    secret = {"secureJsonData": {"password": f"$__file{{{password}}}"}}
    return {
        "apiVersion": 1,
        "datasources": [{"orgId": MAIN, **source, **secret, "editable": False}],
    }


def dashboards(organisation: Organisation, settings: Settings, folder: str) -> Json:
    """Where Grafana finds its dashboards: in the folder of this path."""
    provider = {
        "name": folder_uid(organisation),
        "orgId": MAIN,
        "type": "file",
        "folder": shown_to(organisation, settings)[0].folder,
        "folderUid": folder_uid(organisation),
        "disableDeletion": False,
        "allowUiUpdates": False,
        "options": {"path": folder},
    }
    return {"apiVersion": 1, "providers": [provider]}


def alerts(organisation: Organisation, settings: Settings) -> Json:
    """Its alert rules."""
    group = rule_group(organisation, settings)
    rules = [
        {name: value for name, value in rule.items() if name not in _OF_CALLS}
        for rule in group["rules"]
    ]
    described = {
        "orgId": MAIN,
        "name": RULE_GROUP,
        "folder": ALERTS_TITLE,
        "interval": f"{group['interval']}s",
        "rules": rules,
    }
    return {"apiVersion": 1, "groups": [described]}
