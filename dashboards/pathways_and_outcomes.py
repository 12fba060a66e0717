"""Pathways and outcomes: do people stay, how do they leave, do they come back, what has changed."""

from dashboards.kit.messages import Messages
from dashboards.kit.national import linked, national, reporting
from dashboards.kit.queries import Figure
from dashboards.kit.questions import Question
from gtms.indicators import dimensions as by

UID = "gtms-pathways"
TITLE = "pathways_and_outcomes"

_STAY = {"p25": "measure.p25", "median": "measure.p50", "p75": "measure.p75"}
_OAT = {"months_6": "measure.months_6", "months_12": "measure.months_12"}
_PAIRED = {"value": "measure.all_at_start", "paired": "measure.paired"}
_CHANGES = {
    "ask.stopped_use": "G06",
    "ask.fewer_days": "G07",
    "ask.housed": "G08",
    "ask.stopped_injecting": "G09",
}


def build(words: Messages) -> dict[str, object]:
    """The dashboard in one language."""
    of = national(words, UID, TITLE)
    page, make = of.page, of.panels
    retained, completed, returned = Figure("F01"), Figure("G01"), Figure("G03")

    page.add(6, 6, make.number(Question("ask.retained", retained)))
    page.add(5, 6, make.number(Question("ask.completion", completed)))
    page.add(5, 6, make.number(Question("ask.re_presentation", returned)))
    page.add(4, 6, make.number(reporting("ask.reporting", "gtms-data-quality")))
    page.add(4, 6, make.number(linked("ask.linked", "gtms-data-quality")))

    oat, stay = Figure("F02", tuple(_OAT)), Figure("F03", tuple(_STAY))
    services = Question("ask.stay.service", stay, names=_STAY)
    page.section("section.staying")
    page.add(12, 8, make.trend(Question("ask.retained.trend", retained)))
    page.add(12, 8, make.bars(Question("ask.retained.setting", retained), by.SETTING))
    page.add(6, 7, make.number(Question("ask.oat", oat, names=_OAT)))
    page.add(12, 7, make.trend(Question("ask.oat.trend", oat, names=_OAT)))
    page.add(6, 7, make.number(Question("ask.early_exit", Figure("F04"))))
    page.add(8, 9, make.number(Question("ask.stay", stay, names=_STAY)))
    page.add(16, 9, make.rows(services, by.SERVICE, "column.service"))

    substances = Question("ask.completion.substance", completed)
    page.section("section.leaving")
    page.add(12, 8, make.trend(Question("ask.completion.trend", completed)))
    page.add(12, 8, make.bars(substances, by.SUBSTANCE_GROUP))
    page.add(6, 7, make.number(Question("ask.unplanned", Figure("G05"))))
    page.add(6, 7, make.number(Question("ask.success", Figure("G02"))))
    page.add(12, 7, make.bars(Question("ask.success.group", Figure("G02")), by.CLIENT_GROUP))

    page.section("section.after")
    page.add(12, 7, make.trend(Question("ask.re_presentation.trend", returned)))
    page.add(6, 7, make.number(Question("ask.lasting", Figure("G04"))))
    page.add(6, 7, make.number(Question("ask.transfers", Figure("G10"))))

    page.section("section.changes")
    for title, indicator in _CHANGES.items():
        changed = Question(title, Figure(indicator, tuple(_PAIRED)), names=_PAIRED, decimals=1)
        page.add(6, 7, make.number(changed))

    deaths, causes = Figure("I01"), Question("ask.mortality.cause", Figure("I01"), decimals=1)
    page.section("section.deaths")
    page.add(6, 8, make.number(Question("ask.mortality", deaths, decimals=1)))
    page.add(12, 8, make.bars(causes, by.CAUSE))
    page.add(6, 8, make.number(Question("ask.overdose", Figure("I02"), decimals=1)))
    return of.compiled()
