"""Women and young people: do they reach treatment, because of what, and does it help them."""

from dashboards.kit.messages import Messages
from dashboards.kit.national import OF_PLACES, national, reporting
from dashboards.kit.queries import Figure
from dashboards.kit.questions import Question
from gtms.indicators import dimensions as by

UID = "gtms-women-and-young-people"
TITLE = "women_and_young_people"

_CHOICES = {"admin1": "region", "substance_group": "substance"}
_YOUNG = {"under_18": "measure.under_18", "from_18_to_24": "measure.from_18_to_24"}


def build(words: Messages) -> dict[str, object]:
    """The dashboard in one language."""
    of = national(words, UID, TITLE, _CHOICES)
    page, make = of.page, of.panels
    women, young, completed = Figure("C01"), Figure("C02", tuple(_YOUNG)), Figure("G01")

    def offered(title: str, measure: str) -> Question:
        return Question(title, Figure("J04", (measure,), heeds=OF_PLACES), link="gtms-facilities")

    page.add(6, 6, make.number(Question("ask.women", women)))
    page.add(8, 6, make.number(Question("ask.young", young, names=_YOUNG)))
    page.add(5, 6, make.number(Question("ask.coverage.women", Figure("A06"), decimals=2)))
    page.add(5, 6, make.number(reporting("ask.reporting", "gtms-data-quality")))

    lag = Question("ask.first_use_lag.sex", Figure("B09", ("mean",)))
    page.section("section.women")
    page.add(12, 8, make.trend(Question("ask.women.trend", women)))
    page.add(12, 8, make.lines(Question("ask.treated.sex", Figure("A02")), by.SEX))
    page.add(12, 9, make.bars(Question("ask.women.substance", women), by.SUBSTANCE_GROUP))
    page.add(12, 9, make.bars(Question("ask.women.referral", women), by.REFERRAL, most=12))
    page.add(8, 6, make.bars(Question("ask.coverage.sex", Figure("A01")), by.SEX))
    page.add(8, 6, make.bars(Question("ask.completion.sex", completed), by.SEX))
    page.add(8, 6, make.bars(lag, by.SEX))
    page.add(12, 6, make.number(Question("ask.pregnant", Figure("C03"))))
    page.add(12, 6, make.number(offered("ask.women.places", "women_specific")))

    substances = Question("ask.young.substance", young, names=_YOUNG)
    ages = Question("ask.completion.age", completed)
    page.section("section.young")
    page.add(16, 8, make.trend(Question("ask.young.trend", young, names=_YOUNG)))
    page.add(8, 8, make.number(offered("ask.young.places", "youth")))
    page.add(12, 9, make.rows(substances, by.SUBSTANCE_GROUP, "column.substance"))
    page.add(12, 9, make.bars(ages, by.AGE_GROUP, ordered=True))
    return of.compiled()
