"""A. Who is in treatment."""

from gtms.indicators.definition import Count, Indicator, Part
from gtms.indicators.populations.treatment import IN_TREATMENT, ON_CENSUS_DAY

_BROAD_AND_DETAIL = (("age_group",), ("substance",))

IN_TREATMENT_IN_PERIOD = Indicator(
    id="A02",
    version=1,
    title="People in treatment in the period",
    unit_of_count="person",
    formula="Distinct persons with a structured episode that starts before the end of the period "
    "and "
    "has not ended before it begins.",
    numerator="#p(InTx(P))",
    denominator="",
    source="EUDA treatment prevalence; NDTMS in treatment",
    publishing_rule="PR-N/PR-S",
    parts=(
        Part(
            IN_TREATMENT,
            Count(),
            (("sex", "age_band", "substance_group"), *_BROAD_AND_DETAIL, ("setting",), ("admin1",)),
        ),
    ),
    caveats=(
        "Months and quarters are counted afresh and never add up to the year.",
        "Age is that of the first day in treatment inside the period; sex and drug are those of "
        "the "
        "episode with the latest start.",
        "An open episode without any record for longer than the country's stale_days counts as "
        "ended "
        "on the day of its last record.",
        "A person treated in two settings or regions counts in each of them.",
    ),
)

IN_TREATMENT_ON_CENSUS_DAY = Indicator(
    id="A03",
    version=1,
    title="People in treatment on the census date",
    unit_of_count="person",
    formula="Distinct persons with a structured episode that has started by the last day of the "
    "period (or the as-of day, if earlier) and ends after it.",
    numerator="#p(e: e.start<=d and (e.end is null or e.end>d))",
    denominator="",
    source="N-SSATS; TDI prevalence",
    publishing_rule="PR-N/PR-S",
    parts=(Part(ON_CENSUS_DAY, Count(), (("setting",), ("oat",), ("sex",))),),
    caveats=(
        "Opioid agonist treatment is on when it was planned or received, or a review says so, "
        "and no "
        "later review or discharge up to the day says that it has stopped.",
    ),
)

INDICATORS = (IN_TREATMENT_IN_PERIOD, IN_TREATMENT_ON_CENSUS_DAY)
