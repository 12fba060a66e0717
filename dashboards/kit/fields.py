"""Settings of fields and panels that several kinds of panels share."""

from dataclasses import dataclass

from grafana_foundation_sdk.builders import common
from grafana_foundation_sdk.cog.builder import Builder
from grafana_foundation_sdk.models import common as shown
from grafana_foundation_sdk.models.dashboard import (
    DashboardLink,
    DashboardSpecialValueMapOptions,
    DynamicConfigValue,
    SpecialValueMap,
    SpecialValueMatch,
    ValueMap,
    ValueMapping,
    ValueMappingResult,
)

from dashboards.kit import palette
from dashboards.kit.messages import Messages

ABSENT = {"withheld": palette.WITHHELD, "not_matured": palette.NOT_MATURED}
"""Columns of a trend that say why a period has no figure, with their colours."""


def setting(name: str, value: object) -> DynamicConfigValue:
    """One property of a field."""
    return DynamicConfigValue(name, value)


def colour(of: str) -> DynamicConfigValue:
    """A colour of its own."""
    return setting("color", {"mode": "fixed", "fixedColor": of})


def states(words: Messages, null: str) -> DynamicConfigValue:
    """What stands where there is no number, never zero; `null` is the key for NULL.

    For fields of numbers only: Grafana takes a text for NaN, and no row at all for NULL.
    """
    codes = {"-Infinity": "state.nobody", "Infinity": "none.chosen"}
    said: list[ValueMapping] = [
        _special(SpecialValueMatch.NULL, words(null), 0),
        _special(SpecialValueMatch.NA_N, words("state.not_matured"), 1),
        ValueMap({code: _said(words(key), 2 + at) for at, (code, key) in enumerate(codes.items())}),
    ]
    return setting("mappings", said)


def absent(words: Messages, name: str) -> list[DynamicConfigValue]:
    """A column over the whole height, on an axis of its own that is not shown."""
    yes = {"type": "value", "options": {"1": {"text": words("state.yes")}}}
    return [
        setting("displayName", words(f"series.{name}")),
        colour(ABSENT[name]),
        setting("custom.drawStyle", "bars"),
        setting("custom.fillOpacity", 35),
        setting("custom.lineWidth", 0),
        setting("custom.showPoints", "never"),
        setting("custom.axisPlacement", "hidden"),
        setting("unit", "none"),
        setting("min", 0),
        setting("max", 1),
        setting("mappings", [yes]),
    ]


def legend() -> common.VizLegendOptions:
    """A list below the panel."""
    return (
        common.VizLegendOptions()
        .show_legend(True)
        .display_mode(shown.LegendDisplayMode.LIST)
        .placement(shown.LegendPlacement.BOTTOM)
    )


@dataclass(frozen=True, slots=True)
class Link(Builder[DashboardLink]):
    """A link of a panel to another dashboard that takes along what is chosen."""

    title: str
    uid: str

    def build(self) -> DashboardLink:
        """The link; where it is placed can only be said of links of a dashboard."""
        url = f"/d/{self.uid}?${{__url_time_range}}&${{__all_variables}}"
        made = DashboardLink(title=self.title, url=url)
        made.placement = None  # type: ignore[assignment]
        return made


def literal(label: str) -> str:
    """A label in a regular expression."""
    return "".join(f"\\{sign}" if sign in r".*+?()[]{}|^$/\\" else sign for sign in label)


def _special(match: SpecialValueMatch, said: str, index: int) -> ValueMapping:
    return SpecialValueMap(DashboardSpecialValueMapOptions(match, _said(said, index)))


def _said(text: str, index: int) -> ValueMappingResult:
    return ValueMappingResult(text=text, color=palette.GREY, index=index)
