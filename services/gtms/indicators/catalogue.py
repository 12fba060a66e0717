"""The catalogue: every indicator that GTMS computes, by id."""

from collections.abc import Mapping
from types import MappingProxyType

from gtms.indicators import coverage, entrants, exits, quality, retention, services
from gtms.indicators.definition import Indicator, tables_for

_THEMES = (coverage, entrants, retention, exits, services, quality)

CATALOGUE: Mapping[str, Indicator] = MappingProxyType(
    {
        indicator.id: indicator
        for indicator in sorted(
            (indicator for theme in _THEMES for indicator in theme.INDICATORS),
            key=lambda indicator: indicator.id,
        )
    }
)

__all__ = ["CATALOGUE", "tables_for"]
