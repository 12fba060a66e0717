"""National overview: the story of a country at a glance, with trends and how sure it is."""

from dashboards.kit.messages import Messages
from dashboards.kit.national import MISSING, OF_NOTHING, linked, missing, national, reporting
from dashboards.kit.page import Line
from dashboards.kit.panels import Question
from dashboards.kit.queries import Figure

UID = "gtms-national-overview"
TITLE = "national_overview"

_BOUNDS = {"value": "measure.best", "lower": "measure.lower", "upper": "measure.upper"}
_WAITS = {"median": "measure.median", "p90": "measure.p90"}


def build(words: Messages) -> dict[str, object]:
    """The dashboard in one language."""
    of = national(words, UID, TITLE)
    make = of.panels

    def told(
        height: int,
        figure: Question,
        trend: Question,
        quality: Question,
        band: tuple[str, str] | None = None,
    ) -> Line:
        """A figure, how it moved, and how far it can be trusted."""
        return height, [
            (6, make.number(figure)),
            (13, make.trend(trend, band)),
            (5, make.number(quality)),
        ]

    of.page.lines(
        told(
            8,
            Question("ask.in_treatment", Figure("A02"), link="gtms-treatment-demand"),
            Question("ask.in_treatment.trend", Figure("A02"), link="gtms-treatment-demand"),
            reporting("ask.reporting", "gtms-data-quality"),
        ),
        told(
            6,
            Question("ask.entrants", Figure("B01"), link="gtms-treatment-demand"),
            Question("ask.entrants.trend", Figure("B01"), link="gtms-treatment-demand"),
            linked("ask.linked", "gtms-data-quality"),
        ),
        told(
            6,
            Question("ask.coverage", Figure("A01"), link="gtms-treatment-demand"),
            Question(
                "ask.coverage.trend",
                Figure("A01", ("value", "lower", "upper")),
                names=_BOUNDS,
                link="gtms-treatment-demand",
            ),
            Question(
                "ask.coverage.interval",
                Figure("A01", ("lower", "upper")),
                names=_BOUNDS,
                link="gtms-data-quality",
            ),
            band=("lower", "upper"),
        ),
        told(
            6,
            Question("ask.completion", Figure("G01"), link="gtms-pathways"),
            Question("ask.completion.trend", Figure("G01"), link="gtms-pathways", highest=100),
            missing("ask.missing.drug", "primary_substance", "gtms-data-quality"),
        ),
        told(
            6,
            Question(
                "ask.waiting",
                Figure("B07", ("median", "p90")),
                names=_WAITS,
                link="gtms-treatment-demand",
            ),
            Question(
                "ask.waiting.trend",
                Figure("B07", ("median", "p90")),
                names=_WAITS,
                link="gtms-treatment-demand",
            ),
            Question(
                "ask.missing.all",
                Figure("L02", about=OF_NOTHING),
                MISSING,
                link="gtms-data-quality",
            ),
        ),
    )
    return of.compiled()
