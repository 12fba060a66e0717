"""What the dashboards of a ministry have in common: figures of its country as they are now."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboards.kit import annotations, variables
from dashboards.kit.messages import Messages
from dashboards.kit.page import Page
from dashboards.kit.panels import Panels
from dashboards.kit.queries import Figure, Source
from dashboards.kit.questions import Judged, Question

VIEW = "published.provisional"
TAGS = ("gtms", "gtms-ministry")

REPORTING = Judged(70, 90, "judged.reporting")
LINKAGE = Judged(90, 98, "judged.linkage")
MISSING = Judged(20, 5, "judged.missing", high_is_bad=True)
OCCUPANCY = Judged(100, 85, "judged.occupancy", high_is_bad=True)
OAT_COVERAGE = Judged(20, 40, "judged.oat_coverage")
RESPONSE = Judged(50, 70, "judged.response")

BOUNDS = {"value": "measure.best", "lower": "measure.lower", "upper": "measure.upper"}
WAITS = {"median": "measure.median", "p90": "measure.p90"}

OF_PLACES = frozenset({"admin1"})
OF_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class National:
    """A page of a ministry and the panels to put on it."""

    page: Page
    panels: Panels
    choices: Mapping[str, str]

    def compiled(self) -> dict[str, object]:
        """The dashboard with the variables that its panels heed."""
        words = self.panels.words
        shown = [variables.source(words), variables.period(words)]
        for dimension, name in self.choices.items():
            if dimension == "admin1":
                shown.append(variables.region(words))
            else:
                shown.append(variables.labels(words, dimension, name))
        return self.page.compiled(shown, annotations.national(words))


def national(
    words: Messages,
    uid: str,
    title: str,
    choices: Mapping[str, str] = variables.PEOPLE,
    refresh: str = "5m",
) -> National:
    """An empty page of a ministry."""
    return National(
        Page(words, uid, title, TAGS, refresh=refresh),
        Panels(words, Source(VIEW, choices)),
        choices,
    )


def reporting(title: str, link: str | None = None) -> Question:
    """How many facilities report: beside every figure that counts people."""
    return Question(title, Figure("L01", heeds=OF_PLACES), REPORTING, link=link)


def linked(title: str, link: str | None = None) -> Question:
    """How many admissions can be told to be of the same person."""
    return Question(title, Figure("L03", heeds=OF_NOTHING), LINKAGE, link=link)


def missing(title: str, field: str, link: str | None = None) -> Question:
    """How often the answer to a field is missing."""
    figure = Figure("L02", fixed={"field": field}, heeds=OF_NOTHING)
    return Question(title, figure, MISSING, link=link)
