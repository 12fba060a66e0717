"""What the dashboards of UNODC have in common: what is released of all countries."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboards.kit import annotations, variables
from dashboards.kit.messages import Messages
from dashboards.kit.page import Page
from dashboards.kit.panels import Panels
from dashboards.kit.queries import Source, Statement

VIEW = "published.worldwide"
RELEASES = "published.worldwide_releases"
TAGS = ("gtms", "gtms-international")
COMPARISON = "gtms-country-comparison"


@dataclass(frozen=True, slots=True)
class International:
    """A page of UNODC and the panels to put on it."""

    page: Page
    panels: Panels
    chooses_countries: bool

    def compiled(self) -> dict[str, object]:
        """The dashboard with the variables that its panels heed."""
        words = self.panels.words
        shown = [variables.source(words), variables.period(words, RELEASES)]
        if self.chooses_countries:
            shown.append(variables.countries(words, RELEASES))
        return self.page.compiled(shown, annotations.releases_of_all(words))


def international(
    words: Messages, uid: str, title: str, *, choose_countries: bool = False
) -> International:
    """An empty page of UNODC, for all countries or for those that are chosen."""
    countries = "[${country:singlequote}]" if choose_countries else "[]"
    return International(
        Page(words, uid, title, TAGS),
        Panels(words, Source(VIEW, countries=countries)),
        choose_countries,
    )


def of_each_country(indicators: Sequence[tuple[str, str, str]]) -> str:
    """Statement: a row per country, its release of the chosen period and totals of indicators.

    `indicators`: id, measure and name of the column.
    """
    ids = ", ".join(f"'{one}'" for one in dict.fromkeys(one for one, _, _ in indicators))
    columns = ",\n    ".join(
        f"multiIf(countIf({of}) = 0, -inf, countIf({of} AND status = 'NOT_MATURED') > 0, nan,"
        f" anyIf(value, {of})) AS {name}"
        for of, name in (
            (f"indicator = '{one}' AND measure = '{measure}'", name)
            for one, measure, name in indicators
        )
    )
    return f"""\
SELECT
    country,
    any(r.vintage) AS vintage,
    any(r.published_at) AS published_at,
    ifNull(any(r.coverage), -inf) AS reporting,
    ifNull(any(r.linkage), -inf) AS linked,
    {columns}
FROM {RELEASES} AS r
LEFT JOIN (
    SELECT country, indicator, measure, status, value
    FROM {VIEW}_in(countries = [], indicators = [{ids}], by = '', period = ${{period:singlequote}})
) AS c USING (country)
WHERE r.period = ${{period:singlequote}} AND r.latest = 1
GROUP BY country
ORDER BY country"""


def compared(indicator: str, measure: str = "value") -> Statement:
    """The total of each chosen country in the chosen period, the greatest first."""
    sql = f"""\
SELECT
    toString(country) AS label,
    multiIf(cells.status = 'NOT_MATURED', nan, cells.status = 'NOT_AVAILABLE', -inf, cells.value)
        AS value
FROM {VIEW}_in(countries = [${{country:singlequote}}], indicators = ['{indicator}'], by = '',
    period = ${{period:singlequote}}) AS cells
WHERE measure IN ('{measure}')
ORDER BY isNull(value) OR NOT isFinite(value), value DESC, label
LIMIT 40"""
    return Statement(sql, (indicator,))


def compared_over_time(indicator: str, measure: str = "value") -> Statement:
    """The total of each chosen country in each period as long as the chosen one."""
    sql = f"""\
SELECT
    time,
    toString(country) AS series,
    cells.value AS "Value"
FROM {VIEW}_over(countries = [${{country:singlequote}}], indicators = ['{indicator}'], by = '',
    like = ${{period:singlequote}}, since = $__fromTime, until = $__toTime) AS cells
WHERE measure IN ('{measure}')
ORDER BY time, series"""
    return Statement(sql, (indicator,))
