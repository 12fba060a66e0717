"""Facilities: where they are, what they can take, what they offer and how good they are."""

from dashboards.kit import variables
from dashboards.kit.messages import Messages
from dashboards.kit.national import OCCUPANCY, national, reporting
from dashboards.kit.queries import Figure
from dashboards.kit.questions import Question
from gtms.indicators import dimensions as by

UID = "gtms-facilities"
TITLE = "facilities"

_SERVICES = {
    "women_specific": "measure.women_specific",
    "youth": "measure.youth",
    "oat": "measure.oat",
    "hiv": "measure.hiv",
}
_CAPACITY = {"beds": "measure.beds", "places": "measure.places"}


def build(words: Messages) -> dict[str, object]:
    """The dashboard in one language."""
    of = national(words, UID, TITLE, variables.PLACES)
    page, make = of.page, of.panels
    services, capacity = Figure("J04", tuple(_SERVICES)), Figure("J02", tuple(_CAPACITY))
    places, occupied, continuum = Figure("J01"), Figure("J03"), Figure("J07")

    page.add(6, 6, make.number(Question("ask.facilities", places)))
    page.add(6, 6, make.number(Question("ask.capacity", capacity, names=_CAPACITY, decimals=1)))
    page.add(4, 6, make.number(Question("ask.occupancy", occupied, OCCUPANCY)))
    page.add(4, 6, make.number(Question("ask.continuum", continuum, decimals=1)))
    page.add(4, 6, make.number(reporting("ask.reporting", "gtms-data-quality")))

    regions = Question("ask.capacity.region", capacity, names=_CAPACITY, decimals=1)
    lacking = Question("ask.continuum.region", continuum, decimals=1)
    page.section("section.places")
    page.add(8, 9, make.bars(Question("ask.facilities.setting", places), by.SETTING))
    page.add(8, 9, make.bars(Question("ask.facilities.ownership", places), by.OWNERSHIP))
    page.add(8, 9, make.bars(Question("ask.facilities.region", places), by.ADMIN1, most=15))
    page.add(12, 9, make.rows(regions, by.ADMIN1, "column.region"))
    page.add(12, 9, make.bars(lacking, by.ADMIN1, most=15))

    settings = Question("ask.occupancy.setting", occupied, OCCUPANCY)
    page.section("section.occupancy")
    page.add(12, 8, make.trend(Question("ask.occupancy.trend", occupied)))
    page.add(12, 8, make.bars(settings, by.SETTING))

    offered = Question("ask.services.region", services, names=_SERVICES)
    page.section("section.offer")
    page.add(8, 8, make.number(Question("ask.services", services, names=_SERVICES)))
    page.add(16, 8, make.rows(offered, by.ADMIN1, "column.region"))

    page.section("section.quality")
    page.add(5, 9, make.number(Question("ask.assessed", Figure("J05"))))
    page.add(7, 9, make.bars(Question("ask.assessed.kind", Figure("J05")), by.ASSESSOR_KIND))
    page.add(5, 9, make.number(Question("ask.criteria", Figure("J06"))))
    page.add(7, 9, make.bars(Question("ask.criteria.standard", Figure("J06")), by.STANDARD))
    return of.compiled()
