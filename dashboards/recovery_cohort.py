"""Recovery cohort: how people are 3, 6, 12 and 24 months after they left treatment."""

from dashboards.kit.messages import Messages
from dashboards.kit.national import RESPONSE, national
from dashboards.kit.queries import Figure
from dashboards.kit.questions import Question
from gtms.indicators import dimensions as by

UID = "gtms-recovery-cohort"
TITLE = "recovery_cohort"

_CHOICES = {"sex": "sex", "substance_group": "substance"}
_YEAR = {"wave": "M12"}
_REACHED = {"value": "measure.reached", "deaths": "measure.died"}
_USE = {"value": "measure.of_reached", "of_due": "measure.of_due"}
_CAPITAL = {"mean_change": "measure.mean_change", "at_least_47": "measure.at_least_47"}
_UNITS = {"at_least_47": "percent"}


def build(words: Messages) -> dict[str, object]:
    """The dashboard in one language."""
    of = national(words, UID, TITLE, _CHOICES)
    page, make = of.page, of.panels
    reached, use = Figure("H01", tuple(_REACHED)), Figure("H02", tuple(_USE))
    capital = Figure("H03", tuple(_CAPITAL))

    def after_a_year(indicator: str, measure: str = "value") -> Figure:
        return Figure(indicator, (measure,), fixed=_YEAR)

    responded = Question("ask.followed_up", after_a_year("H01"), RESPONSE)
    page.add(6, 7, make.number(responded))
    page.add(6, 7, make.number(Question("ask.no_problem_use", after_a_year("H02"))))
    page.add(6, 7, make.number(Question("ask.occupied", after_a_year("H04"))))
    page.add(6, 7, make.number(Question("ask.overdosed", after_a_year("H06"))))

    waves = Question("ask.followed_up.waves", reached, names=_REACHED)
    page.section("section.followed_up")
    page.add(12, 8, make.rows(waves, by.WAVE, "column.wave", ordered=True))
    trend = Question("ask.followed_up.trend", after_a_year("H01"))
    page.add(12, 8, make.trend(trend))

    page.section("section.recovering")
    page.add(
        12,
        8,
        make.rows(Question("ask.use.waves", use, names=_USE), by.WAVE, "column.wave", ordered=True),
    )
    strengths = Question("ask.capital.waves", capital, names=_CAPITAL, units=_UNITS)
    page.add(12, 8, make.rows(strengths, by.WAVE, "column.wave", ordered=True))
    work = Question("ask.occupied.waves", Figure("H04"))
    page.add(8, 8, make.bars(work, by.WAVE, ordered=True))
    life = Question("ask.life", Figure("H05", fixed=_YEAR), decimals=1)
    page.add(8, 8, make.bars(life, by.DOMAIN, signed=True))
    overdose = Question("ask.overdosed.waves", Figure("H06"))
    page.add(8, 8, make.bars(overdose, by.WAVE, ordered=True))
    return of.compiled()
