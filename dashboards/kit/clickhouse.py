"""What a panel asks of ClickHouse, as its data source for Grafana wants to be asked."""

from dataclasses import dataclass
from enum import IntEnum
from textwrap import dedent

from grafana_foundation_sdk.cog.builder import Builder
from grafana_foundation_sdk.cog.variants import Dataquery
from grafana_foundation_sdk.models.common import DataSourceRef

PLUGIN = "grafana-clickhouse-datasource"
UID = "clickhouse"
"""Of the data source, the same in every organisation."""

SOURCE = DataSourceRef(type_val=PLUGIN, uid="${datasource}")
"""Whichever data source the variable of the dashboard names."""

_PLUGIN_VERSION = "4.14.1"
"""With none, or one before 4, the plug-in takes a query for an old one and rewrites it."""


class Format(IntEnum):
    """What the plug-in makes of an answer."""

    TIME_SERIES = 0
    TABLE = 1


@dataclass(frozen=True, slots=True)
class ClickhouseQuery(Dataquery):
    """One statement of a panel."""

    sql: str
    format: Format
    ref: str

    def to_json(self) -> dict[str, object]:
        """As it is stored in a dashboard."""
        return {
            "refId": self.ref,
            "datasource": SOURCE,
            "editorType": "sql",
            "pluginVersion": _PLUGIN_VERSION,
            "queryType": "timeseries" if self.format is Format.TIME_SERIES else "table",
            "format": int(self.format),
            "rawSql": self.sql,
            "meta": {},
        }


@dataclass(frozen=True, slots=True)
class Asked(Builder[Dataquery]):
    """The builder of a query that panels of the SDK take."""

    sql: str
    format: Format = Format.TABLE
    ref: str = "A"

    def build(self) -> Dataquery:
        """The query, its statement without the indentation of the code."""
        return ClickhouseQuery(dedent(self.sql).strip(), self.format, self.ref)
