"""Treatment demand: who comes, because of what, how, after how long, and who is not reached."""

from dashboards.kit.messages import Messages
from dashboards.kit.national import BOUNDS, OAT_COVERAGE, WAITS, linked, national, reporting
from dashboards.kit.queries import Figure
from dashboards.kit.questions import Question
from gtms.indicators import dimensions as by

UID = "gtms-treatment-demand"
TITLE = "treatment_demand"


def build(words: Messages) -> dict[str, object]:
    """The dashboard in one language."""
    of = national(words, UID, TITLE)
    page, make, entrants = of.page, of.panels, Figure("B01")

    page.add(6, 6, make.number(Question("ask.entrants", entrants)))
    page.add(6, 6, make.number(Question("ask.first_time", Figure("B02"))))
    page.add(4, 6, make.number(Question("ask.first_time.share", Figure("B03"))))
    page.add(4, 6, make.number(reporting("ask.reporting", "gtms-data-quality")))
    page.add(4, 6, make.number(linked("ask.linked", "gtms-data-quality")))
    page.add(12, 8, make.trend(Question("ask.entrants.trend", entrants)))
    page.add(12, 8, make.trend(Question("ask.admissions.trend", Figure("B04"))))

    drugs = Question("ask.drug_share", Figure("B05"))
    lag = Question("ask.first_use_lag", Figure("B09", ("mean",)))
    page.section("section.substances")
    page.add(9, 10, make.bars(Question("ask.entrants.substance", entrants), by.SUBSTANCE_GROUP))
    lines = Question("ask.entrants.substance.trend", entrants)
    page.add(15, 10, make.lines(lines, by.SUBSTANCE_GROUP))
    page.add(12, 12, make.bars(drugs, by.SUBSTANCE, most=15))
    page.add(12, 12, make.bars(lag, by.SUBSTANCE_GROUP))

    page.section("section.people")
    page.add(14, 10, make.columns(Question("ask.entrants.age", entrants), by.AGE_BAND, by.SEX))
    page.add(10, 10, make.bars(Question("ask.entrants.setting", entrants), by.SETTING))
    page.add(12, 11, make.bars(Question("ask.referral", Figure("B06")), by.REFERRAL, most=12))
    page.add(12, 11, make.bars(Question("ask.entrants.region", entrants), by.ADMIN1, most=15))

    waits, soon = Figure("B07", tuple(WAITS)), Figure("B08")
    settings = Question("ask.waiting.setting", waits, names=WAITS)
    page.section("section.waiting")
    page.add(6, 7, make.number(Question("ask.waiting", waits, names=WAITS)))
    page.add(12, 7, make.trend(Question("ask.waiting.trend", waits, names=WAITS)))
    page.add(6, 7, make.number(Question("ask.started_soon", soon)))
    page.add(12, 9, make.rows(settings, by.SETTING, "column.setting"))
    page.add(12, 9, make.bars(Question("ask.started_soon.region", soon), by.ADMIN1, most=15))

    coverage = Figure("A01", tuple(BOUNDS))
    trend = Question("ask.coverage.trend", coverage, names=BOUNDS)
    reached = Question("ask.coverage.substance", coverage, names=BOUNDS)
    page.section("section.coverage")
    page.add(6, 7, make.number(Question("ask.coverage", Figure("A01"))))
    page.add(12, 7, make.trend(trend, ("lower", "upper")))
    page.add(6, 7, make.number(Question("ask.gap", Figure("A05"))))
    page.add(8, 8, make.number(Question("ask.oat_coverage", Figure("A04"), OAT_COVERAGE)))
    page.add(10, 8, make.rows(reached, by.SUBSTANCE_GROUP, "column.substance"))
    page.add(6, 8, make.number(Question("ask.coverage.women", Figure("A06"), decimals=2)))
    return of.compiled()
