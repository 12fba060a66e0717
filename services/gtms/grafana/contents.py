"""What an organisation of Grafana has, in words that wanting, finding and changing share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

Json = dict[str, Any]

OURS = "gtms-"
"""What has a uid that begins so is ours: folders, dashboards, contact points, alert rules."""
ALERTS_FOLDER = f"{OURS}alerts"
"""The folder of alert rules; nothing else is in it."""
DATA_SOURCE = "clickhouse"
"""The uid of the data source in every organisation."""
TEAM = "GTMS readers"
"""The team in every organisation whose members look at our folders."""
TOLD = "notification_settings"
"""The field of an alert rule that says who is told; Grafana leaves it out when nobody is."""
COUNTED = ("id", "version")
"""What Grafana itself sets in a dashboard."""
HOME = "of the organisation"
"""The key of its one home dashboard."""
PLUGIN = "grafana-clickhouse-datasource"


class Kind(StrEnum):
    """What is brought to an organisation, in the order in which one needs the other."""

    ORGANISATION = "organisation"
    TEAM = "team"
    FOLDER = "folder"
    ACCESS = "access to folder"
    DATA_SOURCE = "data source"
    CONTACT = "contact point"
    DASHBOARD = "dashboard"
    RULES = "alert rules"
    HOME = "home dashboard"


KINDS = tuple(Kind)
Thing = tuple[Kind, str]
"""A kind and the key of one of them: a uid, or a name of what has no uid."""
Contents = Mapping[Thing, Json]


@dataclass(frozen=True, slots=True)
class Found:
    """What an organisation of Grafana has that is ours.

    Attributes:
        exists: whether the organisation is there.
        contents: everything of ours, by kind and key.
        works: the data source reaches ClickHouse and is let in.
        shared: uids of folders of ours in which others keep something.
        by_files: provisioning files on Grafana's own disk bring it all, and calls may not.
    """

    exists: bool = False
    contents: Contents = field(default_factory=lambda: MappingProxyType({}))
    works: bool = False
    shared: frozenset[str] = frozenset()
    by_files: bool = False
