"""B. Who enters treatment, how, and after what wait."""

from gtms.indicators.definition import (
    Count,
    Deviation,
    Indicator,
    Part,
    Percent,
    Quantiles,
    Ratio,
    Share,
)
from gtms.indicators.populations.entry import ADMISSIONS, ENTRANTS, ENTRIES

_PEOPLE = (("sex", "age_band", "substance_group"), ("age_group",), ("substance",))
#: What describes an entrant.
ATTRIBUTES = (
    "The treatment status is that of the first qualifying start in the period, every other "
    "attribute that of the last start, or of the first qualifying one where the country's "
    "attribute_episode is FIRST."
)

ALL_ENTRANTS = Indicator(
    id="B01",
    version=1,
    title="All treatment entrants",
    unit_of_count="person",
    formula="Distinct persons with a structured start in the period and no structured episode "
    "active "
    "in the entrant_gap_days before it.",
    numerator="#p(Entrants(P))",
    denominator="",
    source="TDI 8.1.1 row 4",
    publishing_rule="PR-N/PR-S",
    parts=(Part(ENTRANTS, Count(), (*_PEOPLE, ("setting",), ("referral",), ("admin1",))),),
    caveats=(ATTRIBUTES,),
)

FIRST_TIME_ENTRANTS = Indicator(
    id="B02",
    version=1,
    title="First-time entrants",
    unit_of_count="person",
    formula="Entrants who say that they were never treated before and for whom the registry "
    "knows no "
    "earlier structured episode.",
    numerator="#p(Entrants(P), status=NEVER and no earlier structured episode in registry)",
    denominator="",
    source="TDI 8.1.1 row 1",
    publishing_rule="PR-N/PR-S",
    parts=(Part(ENTRANTS, Count("first_time"), (*_PEOPLE, ("setting",))),),
    caveats=(
        ATTRIBUTES,
        "A self-report that the registry contradicts counts as previously treated.",
    ),
)

FIRST_TIME_SHARE = Indicator(
    id="B03",
    version=1,
    title="Share of first-time entrants among known status",
    unit_of_count="person, %",
    formula="100 × B02 / entrants whose treatment status is known.",
    numerator="B02",
    denominator="#p(Entrants(P), status known)",
    source="TDI",
    publishing_rule="PR-R",
    parts=(
        Part(
            ENTRANTS,
            Percent("first_time", "status IN (1, 2)"),
            (("substance_group",), ("substance",), ("sex",)),
        ),
    ),
    caveats=(ATTRIBUTES,),
)

ADMISSION_EPISODES = Indicator(
    id="B04",
    version=1,
    title="Admissions (episodes)",
    unit_of_count="episode",
    formula="Structured episodes for own use that start in the period.",
    numerator="#e(e.start in P, structured, client_type=1)",
    denominator="",
    source="TEDS-A",
    publishing_rule="PR-N/PR-S",
    parts=(Part(ADMISSIONS, Count(), (*_PEOPLE, ("setting",), ("admission_kind",))),),
    caveats=("Episodes, not people: a person with two admissions counts twice.",),
)

ENTRANTS_BY_DRUG = Indicator(
    id="B05",
    version=1,
    title="Entrants by primary drug (33 TDI rows)",
    unit_of_count="person, %",
    formula="100 × entrants with the drug / entrants whose primary drug is known.",
    numerator="#p(Entrants(P), drug=x)",
    denominator="#p(Entrants(P), drug known)",
    source="TDI 9-10",
    publishing_rule="PR-N",
    parts=(
        Part(
            ENTRANTS,
            Share("substance", "substance NOT IN (0, 96, 99)", "substance NOT IN (0, 96, 99)"),
            (("substance", "sex"), ("substance", "treatment_history"), ("substance", "setting")),
        ),
    ),
    caveats=(ATTRIBUTES,),
)

ENTRANTS_BY_REFERRAL = Indicator(
    id="B06",
    version=1,
    title="Entrants by source of referral",
    unit_of_count="person, %",
    formula="100 × entrants with the source of referral / entrants whose source is known.",
    numerator="#p(Entrants(P), referral=x)",
    denominator="#p(Entrants(P), referral known)",
    source="TDI 13; TEDS PSOURCE",
    publishing_rule="PR-N",
    parts=(
        Part(
            ENTRANTS,
            Share("referral", "referral NOT IN (0, 99)", "referral NOT IN (0, 99)"),
            (("referral", "substance_group"), ("referral", "substance")),
        ),
    ),
    caveats=(ATTRIBUTES,),
)

WAITING_TIME = Indicator(
    id="B07",
    version=1,
    title="Median and P90 waiting time",
    unit_of_count="episode, days",
    formula="Exact median and 90th percentile of the days from request to admission over the "
    "qualifying episodes of entrants whose request date is known.",
    numerator="quantileExact(0.5;0.9)(wait)",
    denominator="Entrants' episodes with request_date",
    source="TEDS DAYWAIT; NDTMS",
    publishing_rule="n>=20",
    parts=(
        Part(
            ENTRIES,
            Quantiles("wait", "isNotNull(wait)", (("median", 0.5), ("p90", 0.9))),
            (("setting",), ("admin1",)),
        ),
    ),
)

STARTED_SOON = Indicator(
    id="B08",
    version=1,
    title="Started within 21 days",
    unit_of_count="episode, %",
    formula="100 × structured episodes that start in the period at most 21 days after they were "
    "requested / those whose request date is known.",
    numerator="#e(wait<=21)",
    denominator="#e(wait known)",
    source="NDTMS 3-week standard",
    publishing_rule="PR-R",
    parts=(
        Part(
            ADMISSIONS,
            Percent("ifNull(wait, 22) <= 21", "isNotNull(wait)"),
            (("setting",), ("admin1",), ("oat",)),
        ),
    ),
    caveats=(
        "Every structured episode, not only those with which a person enters treatment.",
        "Opioid agonist treatment counts when it is planned at the admission.",
    ),
)

_LAG_TABLES = (("substance_group",), ("substance",), ("sex",), ("treatment_history",))

FIRST_USE_LAG = Indicator(
    id="B09",
    version=1,
    title="Mean lag first use to treatment",
    unit_of_count="person, years",
    formula="Mean and sample standard deviation of age at admission minus age at first use of the "
    "primary drug, over entrants of whom both are known.",
    numerator="sum(age_at_admission - primary_age_first_use)",
    denominator="#p(Entrants(P), both ages known)",
    source="TDI 11.1 (mean, SD, N; 2 decimals)",
    publishing_rule="n>=20",
    parts=(
        Part(
            ENTRANTS,
            Ratio("ifNull(first_use_lag, 0)", "isNotNull(first_use_lag)"),
            _LAG_TABLES,
            name="mean",
        ),
        Part(
            ENTRANTS,
            Deviation("ifNull(first_use_lag, 0)", "isNotNull(first_use_lag)"),
            _LAG_TABLES,
            name="sd",
        ),
    ),
    caveats=(ATTRIBUTES, "There is no standard deviation of fewer than two entrants."),
)

INDICATORS = (
    ALL_ENTRANTS,
    FIRST_TIME_ENTRANTS,
    FIRST_TIME_SHARE,
    ADMISSION_EPISODES,
    ENTRANTS_BY_DRUG,
    ENTRANTS_BY_REFERRAL,
    WAITING_TIME,
    STARTED_SOON,
    FIRST_USE_LAG,
)
