"""The catalogue: every indicator that GTMS computes, by id."""

import hashlib
import json
from collections.abc import Mapping
from types import MappingProxyType

from gtms.indicators import (
    changes,
    coverage,
    entrants,
    exits,
    groups,
    health,
    justice,
    mortality,
    quality,
    recovery,
    retention,
    services,
    trainings,
)
from gtms.indicators.definition import Indicator, tables_for

_THEMES = (
    coverage,
    entrants,
    groups,
    justice,
    health,
    retention,
    exits,
    changes,
    mortality,
    services,
    trainings,
    quality,
    recovery,
)

CATALOGUE: Mapping[str, Indicator] = MappingProxyType(
    {
        indicator.id: indicator
        for indicator in sorted(
            (indicator for theme in _THEMES for indicator in theme.INDICATORS),
            key=lambda indicator: indicator.id,
        )
    }
)

DIGEST = hashlib.sha256(
    json.dumps(
        [(one.id, one.version, one.measures, sorted(one.tables)) for one in CATALOGUE.values()]
    ).encode()
).hexdigest()[:16]
"""Says which definitions a snapshot was computed with: it is computed again when they change."""

__all__ = ["CATALOGUE", "DIGEST", "tables_for"]
