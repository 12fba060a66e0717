"""Health and justice: infections and tests, who is sent by the courts, and what follows release."""

from dashboards.kit.messages import Messages
from dashboards.kit.national import national, reporting
from dashboards.kit.queries import Figure
from dashboards.kit.questions import Question
from gtms.indicators import dimensions as by

UID = "gtms-health-and-justice"
TITLE = "health_and_justice"

_ARMS = {
    "value": "measure.difference",
    "alternatives": "measure.alternatives",
    "others": "measure.others",
}
_CONSENT = {"voluntary": "measure.voluntary", "without_consent": "measure.without_consent"}
_HEALTH = {
    "ask.injecting": "E01",
    "ask.hiv_test": "E02",
    "ask.art": "E03",
    "ask.hcv_test": "E04",
}
_NEEDS = {"ask.mental": "C05", "ask.homeless": "C04", "ask.naloxone": "F05"}


def build(words: Messages) -> dict[str, object]:
    """The dashboard in one language."""
    of = national(words, UID, TITLE)
    page, make = of.page, of.panels
    sent, diverted, continued = Figure("D01"), Figure("D02"), Figure("D05")

    page.add(6, 6, make.number(Question("ask.justice", sent)))
    page.add(6, 6, make.number(Question("ask.alternatives", diverted)))
    page.add(6, 6, make.number(Question("ask.continuity", continued)))
    page.add(6, 6, make.number(reporting("ask.reporting", "gtms-data-quality")))

    arms, consent = Figure("D03", tuple(_ARMS)), Figure("D04", tuple(_CONSENT))
    settings = Question("ask.consent.setting", consent, names=_CONSENT)
    page.section("section.justice")
    page.add(12, 8, make.trend(Question("ask.justice.trend", sent)))
    page.add(12, 8, make.trend(Question("ask.alternatives.trend", diverted)))
    page.add(12, 9, make.bars(Question("ask.alternatives.stage", diverted), by.ATI_STAGE))
    page.add(12, 9, make.bars(Question("ask.alternatives.measure", diverted), by.ATI_MEASURE))
    compared = Question("ask.arms", arms, names=_ARMS, units={"value": "none"}, decimals=1)
    page.add(12, 7, make.number(compared))
    page.add(12, 7, make.trend(Question("ask.continuity.trend", continued)))
    page.add(8, 8, make.number(Question("ask.consent", consent, names=_CONSENT)))
    page.add(16, 8, make.rows(settings, by.SETTING, "column.setting"))

    substances = Question("ask.injecting.substance", Figure("E01"))
    page.section("section.health")
    for title, indicator in _HEALTH.items():
        page.add(6, 6, make.number(Question(title, Figure(indicator))))
    page.add(12, 8, make.trend(Question("ask.injecting.trend", Figure("E01"))))
    page.add(12, 8, make.bars(substances, by.SUBSTANCE_GROUP))
    for title, indicator in _NEEDS.items():
        page.add(8, 6, make.number(Question(title, Figure(indicator))))
    return of.compiled()
