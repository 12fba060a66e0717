"""Stimulants (#ScaleUp): who comes because of them, what reaches these people, does it help."""

from dashboards.kit.messages import Messages
from dashboards.kit.national import linked, national, reporting
from dashboards.kit.queries import Figure
from dashboards.kit.questions import Question
from gtms.indicators import dimensions as by

UID = "gtms-stimulants"
TITLE = "stimulants"

_CHOICES = {"admin1": "region", "age_band": "age", "sex": "sex"}
_GROUPS = {"ask.cocaine": "COCAINE", "ask.other_stimulants": "STIMULANTS"}
_OF_GROUP = (
    ("ask.group.coverage", "A01"),
    ("ask.group.retained", "F01"),
    ("ask.group.completion", "G01"),
    ("ask.group.stopped_use", "G06"),
)


def build(words: Messages) -> dict[str, object]:
    """The dashboard in one language."""
    of = national(words, UID, TITLE, _CHOICES)
    page, make, share = of.page, of.panels, Figure("C06")

    def of_group(indicator: str, group: str) -> Figure:
        return Figure(indicator, fixed={"substance_group": group})

    page.add(6, 6, make.number(Question("ask.stimulants", share)))
    for title, group in _GROUPS.items():
        page.add(5, 6, make.number(Question(title, of_group("B01", group))))
    page.add(4, 6, make.number(reporting("ask.reporting", "gtms-data-quality")))
    page.add(4, 6, make.number(linked("ask.linked", "gtms-data-quality")))

    page.section("section.stimulants.who")
    page.add(12, 9, make.trend(Question("ask.stimulants.trend", share)))
    page.add(12, 9, make.bars(Question("ask.stimulants.drug", share), by.SUBSTANCE))
    page.add(8, 8, make.bars(Question("ask.stimulants.sex", share), by.SEX))
    page.add(8, 8, make.bars(Question("ask.stimulants.age", share), by.AGE_GROUP, ordered=True))
    page.add(8, 8, make.bars(Question("ask.stimulants.route", share), by.ROUTE))

    page.section("section.stimulants.help")
    for title, indicator in _OF_GROUP:
        page.add(12, 8, make.bars(Question(title, Figure(indicator)), by.SUBSTANCE_GROUP))
    return of.compiled()
