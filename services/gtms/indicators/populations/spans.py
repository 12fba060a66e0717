"""Episodes beside the periods that they belong to; what every population of people is made of.

Populations read `view_episodes` (the episodes of the touched countries that reach into the touched
periods, a row of `registry.episodes` with the region and the as-of day) and `view_periods` (id,
country, kind, year, p0, p1, d and the country's parameters), which `gtms.processing.views` puts
beside the statement, and the registry. Definitions: §3.1 of the specification; the symbols are its
symbols.

A date known only to the year counts in years, one known to the month also in quarters and months
(`start_level`, `end_level`: 1 day, 2 month, 3 year).
"""

_SPANS = """
SELECT e.* EXCEPT (periods), p.id AS period, p.kind AS kind, p.p0 AS p0, p.p1 AS p1, p.d AS d,
    p.by_first AS by_first
FROM (
    SELECT *, arrayJoin(arrayFilter(p -> {condition}, periods)) AS p
    FROM view_episodes WHERE {which}
) AS e
"""


def known_to(level: str) -> str:
    """Condition: a date of this precision may be counted in the period `p`."""
    return f"(p.kind = 1 OR {level} <= 2)"


STARTS = f"start >= p.p0 AND start < p.p1 AND {known_to('start_level')}"
ENDS = f"end >= p.p0 AND end < p.p1 AND {known_to('end_level')}"
IN_TREATMENT = "start < p.p1 AND (counted_end IS NULL OR counted_end >= p.p0) AND " + known_to(
    "greatest(start_level, end_level)"
)
ON_THE_DAY = "start <= p.d AND (counted_end IS NULL OR counted_end > p.d) AND " + known_to(
    "greatest(start_level, end_level)"
)


def episodes(which: str, condition: str) -> str:
    """SELECT: the episodes `which`, beside each touched period `p` for which `condition` holds."""
    return _SPANS.format(which=which, condition=condition)


#: What an admission says of a person: codes, and the region of the facility.
OF_ADMISSION = (
    "sex",
    "age",
    "substance",
    "route",
    "setting",
    "referral",
    "admin1",
    "ati_stage",
    "ati_measure",
    "housing",
    "pregnancy",
    "comorbidity",
    "injecting",
    "hiv_test",
    "hiv_result",
    "on_art",
    "hcv_test",
    "oat",
)


def described_by(columns: tuple[str, ...], key: str = "ordinal") -> str:
    """SELECT list: columns of the episode with the greatest key (`ordinal`: the latest start)."""
    return ", ".join(f"argMax({column}, {key}) AS {column}" for column in columns)
