"""The scales of an interview: days of use (TOP), recovery capital (BARC-10), quality of life."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from treatment.common.v1 import measures_pb2

DAYS_OF_USE = (
    ({*range(10, 20)}, "days_opioids"),
    ({22}, "days_crack"),
    ({20, 21, 23, 24}, "days_cocaine"),
    ({*range(30, 39)}, "days_amphetamines"),
    ({*range(70, 75)}, "days_cannabis"),
    ({80}, "days_alcohol"),
    ({*range(40, 70), 90, 91, 92}, "days_other"),
)
"""Substances → the days that TOP asks for them."""

BARC10_ITEMS = 10
BARC10_LOWEST, BARC10_HIGHEST = 10, 60
WHOQOL_ITEMS = 26
WHOQOL_REVERSED = frozenset({3, 4, 26})
WHOQOL_DOMAINS = {
    "PHYSICAL": (3, 4, 10, 15, 16, 17, 18),
    "PSYCHOLOGICAL": (5, 6, 7, 11, 19, 26),
    "SOCIAL": (20, 21, 22),
    "ENVIRONMENT": (8, 9, 12, 13, 14, 23, 24, 25),
}
"""Domain → its questions, counted from 1."""
WHOQOL_MAY_BE_MISSING = {"PHYSICAL": 2, "PSYCHOLOGICAL": 2, "SOCIAL": 0, "ENVIRONMENT": 2}


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured at an admission, a discharge or a follow-up, and could be scored."""

    days_of_use: tuple[tuple[str, int], ...]
    barc10: int | None
    whoqol: tuple[tuple[str, Fraction], ...]
    """(domain, score of 0 to 100)."""

    def days_of(self, substance: int) -> int | None:
        """Days of the last 28 on which the substance was used; None if that was not asked."""
        asked = dict(self.days_of_use)
        for substances, name in DAYS_OF_USE:
            if substance in substances:
                return asked.get(name)
        return None


def measures_of(
    top: measures_pb2.TopMeasures,
    barc10: measures_pb2.Barc10,
    whoqol: measures_pb2.WhoqolBref,
) -> Measures:
    asked = {field.name: value for field, value in top.ListFields()}
    scores = whoqol_scores(whoqol) or {}
    return Measures(
        days_of_use=tuple((name, asked[name]) for _, name in DAYS_OF_USE if name in asked),
        barc10=barc10_total(barc10),
        whoqol=tuple(
            (domain, _to_thousandths((score - 4) * 100 / 16)) for domain, score in scores.items()
        ),
    )


def barc10_total(scale: measures_pb2.Barc10) -> int | None:
    """The sum of ten answers of 1 to 6; without any answer, what the sender says of it (R082)."""
    items = list(scale.items)
    if not items:
        return scale.total if BARC10_LOWEST <= scale.total <= BARC10_HIGHEST else None
    complete = len(items) == BARC10_ITEMS and all(1 <= each <= 6 for each in items)
    return sum(items) if complete else None


def whoqol_scores(scale: measures_pb2.WhoqolBref) -> dict[str, Fraction] | None:
    """Domain → 4 to 20, of the domains with enough answers (0 is none); None: no scale (R083).

    Without any answer, what the sender says.
    """
    items = list(scale.items)
    if not items:
        return {
            domain: Fraction(getattr(scale, domain.lower()))
            for domain in WHOQOL_DOMAINS
            if scale.HasField(domain.lower())
        }
    if len(items) != WHOQOL_ITEMS or 5 * items.count(0) > WHOQOL_ITEMS:
        return None
    scores = {}
    for domain, questions in WHOQOL_DOMAINS.items():
        answered = [
            6 - items[each - 1] if each in WHOQOL_REVERSED else items[each - 1]
            for each in questions
            if items[each - 1]
        ]
        if len(questions) - len(answered) <= WHOQOL_MAY_BE_MISSING[domain]:
            scores[domain] = 4 * Fraction(sum(answered), len(answered))
    return scores


def _to_thousandths(score: Fraction) -> Fraction:
    return Fraction(floor(score * 1000 + Fraction(1, 2)), 1000)
