"""Trainings: who is trained in what, do they learn, and does it change what they think."""

from dashboards.kit.messages import Messages
from dashboards.kit.national import national
from dashboards.kit.queries import Figure
from dashboards.kit.questions import Question
from gtms.indicators import dimensions as by

UID = "gtms-trainings"
TITLE = "trainings"

_GAIN = {"points": "measure.points", "relative": "measure.relative"}
_CHANGED = {"value": "measure.changed", "response_rate": "measure.response_rate"}
_UNITS = {"points": "none"}


def build(words: Messages) -> dict[str, object]:
    """The dashboard in one language."""
    of = national(words, UID, TITLE, {})
    page, make = of.page, of.panels
    trained, women = Figure("K01"), Figure("K02")
    gain, changed = Figure("K03", tuple(_GAIN)), Figure("K05", tuple(_CHANGED))

    page.add(6, 7, make.number(Question("ask.trained", trained)))
    page.add(6, 7, make.number(Question("ask.trained.women", women)))
    page.add(6, 7, make.number(Question("ask.learned", gain, names=_GAIN, units=_UNITS)))
    page.add(6, 7, make.number(Question("ask.changed", changed, names=_CHANGED)))

    page.section("section.trained")
    page.add(12, 9, make.trend(Question("ask.trained.trend", trained)))
    page.add(12, 9, make.bars(Question("ask.trained.kind", trained), by.TRAINING_KIND))
    page.add(8, 9, make.bars(Question("ask.trained.sector", trained), by.SECTOR))
    page.add(8, 9, make.bars(Question("ask.trained.sex", trained), by.SEX))
    countries = Question("ask.trained.country", trained)
    page.add(8, 9, make.bars(countries, by.PARTICIPANT_COUNTRY, most=15))

    page.section("section.learned")
    learned = Question("ask.learned.kind", gain, names=_GAIN, units=_UNITS)
    page.add(12, 9, make.rows(learned, by.TRAINING_KIND, "column.kind"))
    thought = Question("ask.changed.kind", changed, names=_CHANGED)
    page.add(12, 9, make.rows(thought, by.TRAINING_KIND, "column.kind"))
    events = Question("ask.learned.event", gain, names=_GAIN, units=_UNITS)
    page.add(24, 9, make.rows(events, by.EVENT, "column.event"))

    page.section("section.institutions")
    page.add(6, 8, make.number(Question("ask.institutions", Figure("K04", ("institutions",)))))
    sectors = Question("ask.institutions.sector", Figure("K04", ("institutions",)))
    page.add(12, 8, make.bars(sectors, by.SECTOR))
    page.add(6, 8, make.number(Question("ask.plans", Figure("K04", ("plans",)))))
    return of.compiled()
