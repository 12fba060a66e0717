"""What a panel says about its indicators: the catalogue's own words, never typed again."""

import re
from collections.abc import Sequence

from dashboards.kit.messages import Messages
from gtms.indicators.catalogue import CATALOGUE
from gtms.indicators.definition import Indicator


def described(words: Messages, indicators: Sequence[str], notes: Sequence[str] = ()) -> str:
    """Markdown: each indicator, then what is to be known of the panel (keys of messages)."""
    parts = [_about(words, CATALOGUE[one]) for one in indicators]
    parts += [words(note) for note in notes]
    return "\n\n".join(parts)


def unit(words: Messages, indicator: str) -> str:
    """The unit of an indicator's values, as Grafana names it."""
    counted = CATALOGUE[indicator].unit_of_count
    if "%" in counted:
        return "percent"
    for name in ("days", "years"):
        if re.search(rf", {name}\b", counted):
            return f"suffix:{words(f'unit.{name}')}"
    if counted in ("person", "episode", "facility", "institution; plan"):
        return "locale"
    return "none"


def _about(words: Messages, of: Indicator) -> str:
    lines = [f"**{of.id} · {of.title}** ({of.unit_of_count})", of.formula]
    if of.denominator:
        lines.append(f"{words('about.counted')}: `{of.numerator}` / `{of.denominator}`")
    else:
        lines.append(f"{words('about.counted')}: `{of.numerator}`")
    lines += [f"- {caveat}" for caveat in of.caveats]
    if of.sets:
        lines.append(f"{words('about.not_additive')}: {', '.join(sorted(of.sets))}.")
    lines.append(f"{words('about.source')}: {of.source}")
    return "\n\n".join(lines)
