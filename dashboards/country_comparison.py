"""Country comparison: the same question to several countries, with how far each can be trusted."""

from dashboards.kit.international import COMPARISON, compared, compared_over_time, international
from dashboards.kit.messages import Messages
from dashboards.kit.national import LINKAGE, REPORTING
from dashboards.kit.questions import Question

UID = COMPARISON
TITLE = "country_comparison"

_SECTIONS = {
    "section.reached": {
        "ask.coverage": ("A01", "value"),
        "ask.first_time.share": ("B03", "value"),
        "ask.women": ("C01", "value"),
        "ask.stimulants": ("C06", "value"),
    },
    "section.waiting": {
        "ask.waiting.half": ("B07", "median"),
        "ask.started_soon": ("B08", "value"),
    },
    "section.helped": {
        "ask.retained": ("F01", "value"),
        "ask.completion": ("G01", "value"),
        "ask.re_presentation": ("G03", "value"),
        "ask.justice": ("D01", "value"),
    },
}
_NOTES = ("note.compared",)


def build(words: Messages) -> dict[str, object]:
    """The dashboard in one language."""
    of = international(words, UID, TITLE, choose_countries=True)
    page, make = of.page, of.panels

    page.add(12, 8, make.bars(Question("ask.reporting", compared("L01"), REPORTING)))
    page.add(12, 8, make.bars(Question("ask.linked", compared("L03"), LINKAGE)))
    trend = Question("ask.coverage.trend", compared_over_time("A01"), notes=_NOTES)
    page.add(12, 10, make.lines(trend))
    entrants = Question("ask.entrants.trend", compared_over_time("B01"), notes=_NOTES)
    page.add(12, 10, make.lines(entrants))

    for section, questions in _SECTIONS.items():
        page.section(section)
        for title, (indicator, measure) in questions.items():
            asked = Question(title, compared(indicator, measure), notes=_NOTES)
            page.add(12, 9, make.bars(asked))
    return of.compiled()
