"""Provisioning files for a Grafana whose main organisation is the operators'. Pure.

Files can bring only organisations that are there when Grafana starts, and that is the main one; the
others are brought by `gtms grafana apply`. What Grafana reads has its own way to name a file with a
secret, `$__file{…}`, and takes any other dollar sign for a variable, so each is doubled.
"""

from __future__ import annotations

from typing import Any

from gtms.config import Settings
from gtms.grafana.contents import Json
from gtms.grafana.organisations import Organisation
from gtms.grafana.wanted import (
    ALERTS_TITLE,
    RULE_GROUP,
    data_source,
    folder_uid,
    rule_group,
    shown_to,
)

MAIN = 1
"""The organisation that every Grafana has."""


def data_sources(organisation: Organisation, settings: Settings, password: str) -> Json:
    """Its data source; `password` is the path of the file that holds the password."""
    source = _literal(data_source(organisation, settings))
    secret = {"secureJsonData": {"password": f"$__file{{{password}}}"}}
    return {
        "apiVersion": 1,
        "datasources": [{"orgId": MAIN, **source, **secret, "editable": False}],
    }


def dashboards(organisation: Organisation, settings: Settings, folder: str) -> Json:
    """Where Grafana finds its dashboards: in the folder of this path, and they are all of one."""
    (title,) = {page.folder for page in shown_to(organisation, settings)}
    provider = {
        "name": "gtms",
        "orgId": MAIN,
        "type": "file",
        "folder": _literal(title),
        "folderUid": folder_uid(title),
        "disableDeletion": False,
        "allowUiUpdates": False,
        "options": {"path": folder},
    }
    return {"apiVersion": 1, "providers": [provider]}


def alerts(organisation: Organisation, settings: Settings) -> Json:
    """Its alert rules."""
    group = _literal(rule_group(organisation, settings))
    rules = [
        {name: value for name, value in rule.items() if name not in {"folderUID", "ruleGroup"}}
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


def _literal(value: Any) -> Any:  # noqa: ANN401
    """The same, with no dollar sign that Grafana would take for a variable."""
    if isinstance(value, dict):
        return {name: _literal(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_literal(one) for one in value]
    return value.replace("$", "$$") if isinstance(value, str) else value
