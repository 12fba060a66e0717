"""National overview: the story of a country at a glance, with trends and how sure it is."""

from dashboards.kit.messages import Messages
from dashboards.kit.national import (
    BOUNDS,
    MISSING,
    OF_NOTHING,
    WAITS,
    linked,
    missing,
    national,
    reporting,
)
from dashboards.kit.queries import Figure
from dashboards.kit.questions import Question

UID = "gtms-national-overview"
TITLE = "national_overview"

_DEMAND, _PATHWAYS, _QUALITY = "gtms-treatment-demand", "gtms-pathways", "gtms-data-quality"


def build(words: Messages) -> dict[str, object]:
    """The dashboard in one language."""
    of = national(words, UID, TITLE, refresh="1m")
    page, make = of.page, of.panels
    treated, entering, completed = Figure("A02"), Figure("B01"), Figure("G01")

    page.add(6, 8, make.number(Question("ask.in_treatment", treated, link=_DEMAND)))
    page.add(12, 8, make.trend(Question("ask.in_treatment.trend", treated, link=_DEMAND)))
    page.add(6, 8, make.number(reporting("ask.reporting", _QUALITY)))

    page.add(6, 6, make.number(Question("ask.entrants", entering, link=_DEMAND)))
    page.add(12, 6, make.trend(Question("ask.entrants.trend", entering, link=_DEMAND)))
    page.add(6, 6, make.number(linked("ask.linked", _QUALITY)))

    coverage, bounds = Figure("A01", tuple(BOUNDS)), Figure("A01", ("lower", "upper"))
    trend = Question("ask.coverage.trend", coverage, names=BOUNDS, link=_DEMAND)
    sure = Question("ask.coverage.interval", bounds, names=BOUNDS, link=_QUALITY)
    page.add(6, 6, make.number(Question("ask.coverage", Figure("A01"), link=_DEMAND)))
    page.add(12, 6, make.trend(trend, ("lower", "upper")))
    page.add(6, 6, make.number(sure))

    page.add(6, 6, make.number(Question("ask.completion", completed, link=_PATHWAYS)))
    page.add(12, 6, make.trend(Question("ask.completion.trend", completed, link=_PATHWAYS)))
    page.add(6, 6, make.number(missing("ask.missing.drug", "primary_substance", _QUALITY)))

    waits, answers = Figure("B07", tuple(WAITS)), Figure("L02", heeds=OF_NOTHING)
    page.add(6, 6, make.number(Question("ask.waiting", waits, names=WAITS, link=_DEMAND)))
    page.add(12, 6, make.trend(Question("ask.waiting.trend", waits, names=WAITS, link=_DEMAND)))
    page.add(6, 6, make.number(Question("ask.missing.all", answers, MISSING, link=_QUALITY)))
    return of.compiled()
