"""Records themselves: what they leave open, how late they come."""

from gtms.indicators import dimensions as by
from gtms.indicators.definition import Aspect, Population
from gtms.indicators.populations import spans

EPISODES = Population(
    name="episodes of all admissions for own use, structured or not",
    rows=spans.episodes("client_type = 1", spans.STARTS),
    dimensions=(by.FACILITY,),
)

# Fields of admissions that are asked about, and where an episode has the answer.
_ASKED = {
    "education": "education",
    "labour": "labour",
    "living_with": "living_with",
    "living_with_children": "living_with_children",
    "housing": "housing",
    "referral": "referral",
    "voluntariness": "voluntariness",
    "treatment_status": "treatment_status",
    "primary_substance": "substance",
    "primary_route": "route",
    "primary_frequency": "frequency",
    "injecting": "injecting",
    "hiv_test": "hiv_test",
    "hcv_test": "hcv_test",
    "comorbidity": "comorbidity",
    "sex": "sex",
    "setting": "setting",
    "oat_status": "oat_status",
    "pregnancy": "pregnancy",
}

# Per facility first, then a row per field: the answers of a facility are summed field by field.
ANSWERS = Population(
    name="answers to the fields of admissions that apply",
    rows=f"""
SELECT period, facility, each.1 AS field, each.2 AS missing, each.3 AS asked
FROM (
    SELECT period, facility,
        arrayJoin(arrayZip({list(_ASKED)},
            sumForEach(arrayMap(a -> toUInt64(a IN (97, 99)), answers)),
            sumForEach(arrayMap(a -> toUInt64(a NOT IN (0, 98)), answers)))) AS each
    FROM (
        SELECT period, facility, [{", ".join(_ASKED.values())}] AS answers
        FROM ({spans.episodes("1", spans.STARTS)})
    )
    GROUP BY period, facility
)
WHERE asked > 0
""",
    dimensions=(by.FIELD, by.FACILITY),
)

RECEIVED_RECORDS = Population(
    name="records by the day on which they were first received",
    rows="""
SELECT p.id AS period, r.family AS family, assumeNotNull(r.lag) AS lag
FROM (
    SELECT country, received, family, lag FROM registry.arrivals FINAL
    WHERE country IN (SELECT country FROM view_periods)
        AND received >= (SELECT min(p0) FROM view_periods)
        AND received < (SELECT max(p1) FROM view_periods)
) AS r
INNER JOIN view_periods AS p ON p.country = r.country
WHERE r.received >= p.p0 AND r.received < p.p1 AND r.family IN (2, 3, 4, 5) AND isNotNull(r.lag)
""",
    dimensions=(by.FAMILY,),
    reads=frozenset(Aspect),
)

# Values are counted in millionths.
REVISIONS = Population(
    name="totals of indicators that were published, as they were first and as they were last",
    rows="""
SELECT p.id AS period, c.indicator AS indicator,
    toInt64(round(argMin(c.value, c.vintage) * 1000000)) AS first,
    toInt64(round(argMax(c.value, c.vintage) * 1000000)) AS newest
FROM (
    SELECT country, period, vintage, indicator, assumeNotNull(value) AS value
    FROM published.cells FINAL
    WHERE country IN (SELECT country FROM view_periods) AND measure = 'value' AND by = ''
        AND isNotNull(value) AND (country, period, vintage, content) IN (
            SELECT country, period, vintage, content FROM published.vintages FINAL
        )
) AS c
INNER JOIN view_periods AS p ON p.country = c.country AND p.period = c.period
GROUP BY period, indicator HAVING first > 0
""",
    dimensions=(by.INDICATOR,),
    reads=frozenset(Aspect),
)
