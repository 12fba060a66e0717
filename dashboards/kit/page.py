"""A dashboard: sections of panels, laid out on the 24 columns of Grafana, as JSON."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from grafana_foundation_sdk.builders import dashboard as build
from grafana_foundation_sdk.cog.builder import Builder
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import (
    AnnotationQuery,
    DashboardCursorSync,
    DashboardLink,
    DashboardLinkType,
    GridPos,
    VariableModel,
)

from dashboards.kit.messages import Messages
from dashboards.kit.panels import Panel

WIDTH = 24
SCHEMA = 42
"""The newest that Grafana 12 knows; a newer one is refused."""


@dataclass(slots=True)
class Page:
    """A dashboard in the making.

    Attributes:
        words: of its language. uid: the same in every language. title: its key.
        tags: that links between dashboards go by. since: how far back its trends begin.
        refresh: after how long it asks again.
    """

    words: Messages
    uid: str
    title: str
    tags: Sequence[str]
    since: str = "now-6y"
    refresh: str = "5m"
    _x: int = 0
    _y: int = 0
    _height: int = 0
    _id: int = 0
    _made: list[object] = field(default_factory=list)

    def section(self, key: str) -> None:
        """A heading over what is put on the page next."""
        self._wrap()
        row = build.Row(self.words(key)).build()
        row.id_val, row.grid_pos = self._next(), GridPos(h=1, w=WIDTH, x=0, y=self._y)
        self._made.append(row)
        self._y += 1

    def add(self, width: int, height: int, builder: Panel) -> None:
        """Put a panel to the right of the last one, or below when there is no room."""
        if self._x + width > WIDTH:
            self._wrap()
        panel = builder.build()
        panel.id_val = self._next()
        panel.grid_pos = GridPos(h=height, w=width, x=self._x, y=self._y)
        self._made.append(panel)
        self._x += width
        self._height = max(self._height, height)

    def compiled(
        self,
        variables: Sequence[Builder[VariableModel]],
        annotations: Sequence[AnnotationQuery] = (),
    ) -> dict[str, object]:
        """As Grafana stores it."""
        made = (
            build.Dashboard(self.words(self.title))
            .uid(self.uid)
            .description(self.words(f"{self.title}.about"))
            .tags(list(self.tags))
            .timezone("utc")
            .readonly()
            .tooltip(DashboardCursorSync.CROSSHAIR)
            .time(self.since, "now")
            .refresh(self.refresh)
            .variables(list(variables))
            .build()
        )
        made.panels = self._made  # type: ignore[assignment]
        made.schema_version = SCHEMA
        made.links = [self._others()]
        if made.annotations is not None:
            made.annotations.list_val = list(annotations)
        return cast("dict[str, object]", json.loads(json.dumps(made, cls=JSONEncoder)))

    def _wrap(self) -> None:
        self._x, self._y, self._height = 0, self._y + self._height, 0

    def _next(self) -> int:
        self._id += 1
        return self._id

    def _others(self) -> DashboardLink:
        """The menu of dashboards for the same readers, which takes along what is chosen."""
        link = DashboardLink(
            title=self.words("link.others"),
            type_val=DashboardLinkType.DASHBOARDS,
            tags=list(self.tags),
            as_dropdown=True,
            include_vars=True,
            keep_time=True,
        )
        link.placement = None  # type: ignore[assignment]
        return link
