"""What panels ask, and where an answer is good or bad."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from grafana_foundation_sdk.models.dashboard import Threshold

from dashboards.kit import palette
from dashboards.kit.queries import Figure, Statement


@dataclass(frozen=True, slots=True)
class Judged:
    """Thresholds with a meaning: below `doubtful` and below `good`, or above when `high_is_bad`.

    Attributes:
        note: key of the message that says where they come from.
    """

    doubtful: float
    good: float
    note: str
    high_is_bad: bool = False

    def steps(self) -> list[Threshold]:
        """From low to high."""
        colours = [palette.BAD, palette.DOUBTFUL, palette.GOOD]
        if self.high_is_bad:
            colours.reverse()
        low, high = sorted((self.doubtful, self.good))
        return [
            Threshold(None, colours[0]),
            Threshold(low, colours[1]),
            Threshold(high, colours[2]),
        ]


@dataclass(frozen=True, slots=True)
class Question:
    """What a panel asks.

    Attributes:
        title: key of the question. figure: that answers it, or a statement.
        judged: where it is good or bad.
        notes: keys of what else is to be known. unit: of Grafana, that of the indicator if None.
        link: uid of the dashboard that tells more. none: key of what is said without an answer.
        names: keys of the names of its measures, where there are several.
        units: of measures that have one of their own. decimals: to be shown.
    """

    title: str
    figure: Figure | Statement
    judged: Judged | None = None
    notes: Sequence[str] = ()
    unit: str | None = None
    link: str | None = None
    none: str = "none.chosen"
    names: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    decimals: int | None = None
