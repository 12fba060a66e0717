"""Data quality: who reports, what is missing, how late it comes, what is wrong or was revised."""

from dashboards.kit import variables
from dashboards.kit.messages import Messages
from dashboards.kit.national import LINKAGE, MISSING, OF_NOTHING, linked, national, reporting
from dashboards.kit.queries import Figure, Statement
from dashboards.kit.questions import Judged, Question
from gtms.indicators import dimensions as by

UID = "gtms-data-quality"
TITLE = "data_quality"

LATE = Judged(90, 31, "judged.late", high_is_bad=True)
_LATE = {"median": "measure.half_within", "p90": "measure.nine_within"}
_PROBLEMS = """\
SELECT rule, severity, state, family, problems, oldest
FROM published.open_problems
ORDER BY problems DESC, rule
LIMIT 100"""
_OPEN = "SELECT sum(problems) AS value FROM published.open_problems WHERE state = 'OPEN'"
_RELEASES = """\
SELECT period, vintage, published_at, ifNull(coverage, -inf) AS reporting,
    ifNull(linkage, -inf) AS linked, withheld, reason
FROM published.releases
ORDER BY published_at DESC
LIMIT 50"""
_PROBLEM_COLUMNS = {
    "rule": "column.rule",
    "severity": "column.severity",
    "state": "column.state",
    "family": "column.family",
    "problems": "column.problems",
    "oldest": "column.oldest",
}
_RELEASE_COLUMNS = {
    "period": "variable.period",
    "vintage": "column.vintage",
    "published_at": "column.published_at",
    "reporting": "column.reporting",
    "linked": "column.linked",
    "withheld": "column.withheld",
    "reason": "column.reason",
}


def build(words: Messages) -> dict[str, object]:
    """The dashboard in one language."""
    of = national(words, UID, TITLE, variables.PLACES)
    page, make = of.page, of.panels
    answers, late = Figure("L02", heeds=OF_NOTHING), Figure("L04", tuple(_LATE), heeds=OF_NOTHING)
    reports, joined = Figure("L01"), Figure("L03", heeds=OF_NOTHING)
    wrong = Question("ask.problems", Statement(_OPEN), notes=("note.problems",), unit="locale")

    page.add(5, 6, make.number(reporting("ask.reporting")))
    page.add(5, 6, make.number(linked("ask.linked")))
    page.add(5, 6, make.number(Question("ask.missing.all", answers, MISSING)))
    page.add(5, 6, make.number(Question("ask.late", late, LATE, names=_LATE)))
    page.add(4, 6, make.number(wrong))

    page.section("section.reporting")
    page.add(12, 9, make.trend(Question("ask.reporting.trend", reports)))
    regions = Question("ask.reporting.region", reports)
    page.add(6, 9, make.bars(regions, by.ADMIN1, most=15))
    page.add(6, 9, make.bars(Question("ask.reporting.centre", reports), by.CENTRE_TYPE))

    page.section("section.missing")
    page.add(12, 12, make.bars(Question("ask.missing.field", answers, MISSING), by.FIELD))
    places = Question("ask.missing.facility", answers, MISSING)
    page.add(12, 12, make.bars(places, by.FACILITY, most=15))

    page.section("section.linkage")
    page.add(12, 8, make.trend(Question("ask.linked.trend", joined, LINKAGE)))
    page.add(12, 8, make.trend(Question("ask.late.trend", late, names=_LATE)))
    families = Question("ask.late.family", late, names=_LATE)
    page.add(24, 7, make.rows(families, by.FAMILY, "column.family"))

    page.section("section.problems")
    page.add(
        24,
        10,
        make.rows(
            Question(
                "ask.problems.rules",
                Statement(_PROBLEMS),
                notes=("note.problems",),
                none="none.problems",
                names=_PROBLEM_COLUMNS,
                unit="locale",
                units={"oldest": "dateTimeFromNow"},
            )
        ),
    )

    revised = Question(
        "ask.revised.indicator", Figure("L05", heeds=OF_NOTHING), names={"value": "column.revision"}
    )
    page.section("section.revisions")
    page.add(8, 10, make.rows(revised, by.INDICATOR, "column.indicator"))
    page.add(
        16,
        10,
        make.rows(
            Question(
                "ask.released",
                Statement(_RELEASES),
                notes=("note.released",),
                none="none.released",
                names=_RELEASE_COLUMNS,
                unit="locale",
                units={
                    "published_at": "dateTimeAsIso",
                    "reporting": "percent",
                    "linked": "percent",
                },
                decimals=0,
            )
        ),
    )
    return of.compiled()
