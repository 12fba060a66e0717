"""What was measured, and what is made of several rounds of it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import ceil
from statistics import median


@dataclass(frozen=True, slots=True)
class Aim:
    """What a figure, or its ratio to a reference, should be: at least or at most a bound."""

    bound: float
    at_least: bool

    def met_by(self, value: float) -> bool:
        """Whether a value is on the right side of the bound."""
        return value >= self.bound if self.at_least else value <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.bound:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured, once in every round.

    `ratios` belong to a reference: how many times this our own figure of the same round was. With
    them the aim is one for the ratio, without for the value.
    """

    part: str
    what: str
    unit: str
    rounds: tuple[float, ...]
    ratios: tuple[float, ...] = ()
    aim: Aim | None = None

    @property
    def value(self) -> float:
        """The median of the rounds."""
        return median(self.rounds)

    @property
    def ratio(self) -> float | None:
        """The median of the ratios."""
        return median(self.ratios) if self.ratios else None

    @property
    def aim_met(self) -> bool | None:
        """None without an aim."""
        judged = self.value if self.ratio is None else self.ratio
        return self.aim.met_by(judged) if self.aim else None

    def as_json(self) -> Mapping[str, object]:
        """Everything, for a file."""
        return {
            "part": self.part,
            "what": self.what,
            "unit": self.unit,
            "value": self.value,
            "rounds": list(self.rounds),
            "ours_to_this": self.ratio,
            "aim": str(self.aim) if self.aim else None,
            "aim_met": self.aim_met,
        }


@dataclass(frozen=True, slots=True)
class Peak:
    """The most memory that a process had resident while a part was measured."""

    part: str
    process: str
    rss_bytes: int

    def as_json(self) -> Mapping[str, object]:
        """Everything, for a file."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one part found."""

    figures: Sequence[Figure]
    peaks: Sequence[Peak] = field(default=())


def beside(
    part: str, what: str, unit: str, ours: Sequence[float], reference: Sequence[float], aim: float
) -> Figure:
    """A reference that was measured in the same rounds as our own figure; the aim is "at least"."""
    ratios = tuple(own / other for own, other in zip(ours, reference, strict=True))
    return Figure(part, what, unit, tuple(reference), ratios, Aim(aim, at_least=True))


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least so many per cent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(len(ordered) * percent / 100) - 1)]
