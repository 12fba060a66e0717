"""World overview: which countries have released figures, and what they say at a glance."""

from dashboards.kit.international import COMPARISON, RELEASES, international, of_each_country
from dashboards.kit.messages import Messages
from dashboards.kit.queries import Statement
from dashboards.kit.questions import Question

UID = "gtms-world-overview"
TITLE = "world_overview"

_FIGURES = (
    ("A01", "value", "coverage"),
    ("A02", "value", "treated"),
    ("B01", "value", "entrants"),
    ("B07", "median", "wait"),
    ("G01", "value", "completed"),
)
_COLUMNS = {
    "country": "column.country",
    "vintage": "column.vintage",
    "published_at": "column.published_at",
    "reporting": "column.reporting",
    "linked": "column.linked",
    "coverage": "column.coverage",
    "treated": "column.treated",
    "entrants": "column.entrants",
    "wait": "column.wait",
    "completed": "column.completed",
}
_PERCENT = ("reporting", "linked", "coverage", "completed")
_HERE = f"FROM {RELEASES} WHERE latest = 1 AND period = ${{period:singlequote}}"
_COUNTRIES = f"SELECT uniqExact(country) AS value {_HERE}"
_REVISED = f"SELECT if(count() = 0, inf, toFloat64(countIf(vintage > 1))) AS value {_HERE}"
_NEWEST = f"""\
SELECT if(count() = 0, inf, 1000. * toUnixTimestamp(max(published_at))) AS value {_HERE}"""
_WITHHELD = f"SELECT if(count() = 0, inf, 100 * sum(withheld) / sum(cells)) AS value {_HERE}"
_GROWTH = f"""\
SELECT toStartOfMonth(published_at) AS time, count() AS releases, uniqExact(country) AS countries
FROM {RELEASES}
WHERE $__timeFilter(published_at)
GROUP BY time
ORDER BY time"""


def build(words: Messages) -> dict[str, object]:
    """The dashboard in one language."""
    of = international(words, UID, TITLE)
    page, make = of.page, of.panels

    def told(title: str, sql: str, note: str, unit: str = "locale") -> Question:
        return Question(title, Statement(sql), notes=(note,), unit=unit)

    page.add(6, 5, make.number(told("ask.countries", _COUNTRIES, "note.countries")))
    page.add(6, 5, make.number(told("ask.revised", _REVISED, "note.revised")))
    page.add(6, 5, make.number(told("ask.newest", _NEWEST, "note.newest", "dateTimeFromNow")))
    page.add(6, 5, make.number(told("ask.withheld", _WITHHELD, "note.withheld", "percent")))

    units = {**dict.fromkeys(_PERCENT, "percent"), "published_at": "dateTimeAsIso"}
    reached = Question(
        "ask.world",
        Statement(of_each_country(_FIGURES[:1]), ("A01",), ("coverage",)),
        notes=("note.boundaries",),
        none="none.released",
        unit="locale",
        names={name: _COLUMNS[name] for name in list(_COLUMNS)[:6]},
        units=units,
        decimals=0,
    )
    every = Question(
        "ask.each_country",
        Statement(of_each_country(_FIGURES), tuple(one for one, _, _ in _FIGURES)),
        notes=("note.worldwide",),
        none="none.released",
        unit="locale",
        names=_COLUMNS,
        units=units,
        link=COMPARISON,
        decimals=0,
    )
    page.add(24, 14, make.world(reached, "coverage"))
    page.add(24, 14, make.rows(every))

    growth = Statement(_GROWTH, measures=("releases", "countries"))
    names = {"releases": "measure.releases", "countries": "measure.countries"}
    page.add(
        24,
        8,
        make.trend(
            Question(
                "ask.releases", growth, notes=("note.releases",), none="none.released", names=names
            )
        ),
    )
    return of.compiled()
