"""I. Who dies in treatment, and soon after it."""

from gtms.indicators.definition import Indicator, Part, Ratio, Share
from gtms.indicators.populations.leaving import DISCHARGES
from gtms.indicators.populations.mortality import TIME_IN_TREATMENT

_YEAR = 365.25
_DEATH = (
    "Day and cause of a death are those of the earliest death record of the person; without one, "
    "the day is that of the earliest discharge for death, and the cause is not known."
)
_FEW = (
    "Deaths are few: rates of small countries and short periods move by chance. A year also has "
    "the rate of the three years that end with it (pooled), or of as many of them as were computed."
)

CRUDE_MORTALITY = Indicator(
    id="I01",
    version=1,
    title="Crude mortality in treatment",
    unit_of_count="deaths per 1000 person-years",
    formula="1000 × people who died in the period while in treatment / person-years in treatment: "
    "the days of the period on which a person was in a structured episode, the first and the last "
    "included, / 365.25.",
    numerator="#p(DEATH while InTx)*1000",
    denominator="sum person-years InTx(P)",
    source="EUDA cohort practice; NDTMS died",
    publishing_rule=">=5 deaths else 3-yr pool",
    parts=(
        Part(
            TIME_IN_TREATMENT,
            Ratio("deaths", "part_days", scale=1000.0, denominator_unit=_YEAR),
            (("oat",), ("sex",)),
        ),
        Part(
            TIME_IN_TREATMENT,
            Share("cause", "deaths", "part_days", scale=1000.0, weight_unit=_YEAR),
            (("cause",),),
        ),
    ),
    caveats=(
        "Deaths of one cause are divided by the person-years of everybody.",
        "Days on and off opioid agonist treatment are divided by whether it was given on the day.",
        "An open episode counts up to the as-of day, a stale one up to its last record.",
        _DEATH,
        _FEW,
    ),
    pooled=True,
)

OVERDOSE_AFTER_EXIT = Indicator(
    id="I02",
    version=1,
    title="Overdose death within 28 days of exit or prison release",
    unit_of_count="deaths per 1000 exits",
    formula="Over people discharged in the period for any reason but death, each with the last "
    "such discharge: 1000 × those who died of a drug-induced overdose on that day or within 28 "
    "days after it / those of them whose 28 days have passed by the as-of day.",
    numerator="#p(DEATH cause 1, 0<=d-exit<=28)*1000",
    denominator="#p exits in P matured",
    source="WHO; EUDA",
    publishing_rule=">=5 deaths else 3-yr pool",
    parts=(
        Part(
            DISCHARGES,
            Ratio(
                "last_exit AND days_since >= 28 AND died_soon AND death_cause = 1",
                "last_exit AND days_since >= 28",
                awaiting="last_exit",
                scale=1000.0,
            ),
            (("setting",), ("discharge_reason",)),
        ),
    ),
    caveats=(
        "A release from prison is the end of treatment there (setting).",
        "Only deaths that were reported to a treatment facility are known.",
        _DEATH,
        _FEW,
    ),
    pooled=True,
)

INDICATORS = (CRUDE_MORTALITY, OVERDOSE_AFTER_EXIT)
