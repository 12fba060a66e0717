"""J. What treatment there is, and how good it is."""

from gtms.indicators.definition import (
    Count,
    Distinct,
    Estimated,
    Indicator,
    Part,
    Percent,
    Share,
)
from gtms.indicators.populations.facilities import (
    ASSESSED_STANDARDS,
    ASSESSMENTS,
    ASSESSORS,
    CAPACITIES,
    FACILITIES,
)

FACILITIES_BY_SETTING = Indicator(
    id="J01",
    version=1,
    title="Facilities by setting and ownership",
    unit_of_count="facility",
    formula="Facilities that are active on the last day of the period, or on the as-of day if "
    "that is "
    "earlier.",
    numerator="#f(active on d)",
    denominator="",
    source="N-SSATS; TDI 3.1.1",
    publishing_rule="exact (not persons)",
    parts=(Part(FACILITIES, Count(), (("setting",), ("ownership",), ("admin1",))),),
    caveats=("A facility with two settings counts in each of them.",),
)


def _per_inhabitants(name: str, counted: str) -> Part:
    density = Estimated("population_15_64", counted, scale=1e5)
    return Part(CAPACITIES, density, (("admin1",),), name=name)


BEDS_AND_PLACES = Indicator(
    id="J02",
    version=1,
    title="Residential beds and outpatient places per 100 000",
    unit_of_count="rate",
    formula="100 000 × beds, or outpatient places / the estimate of the population of 15 to 64 "
    "years for the reporting year. Summed over the latest count of each facility in the period "
    "that gives its beds, and the latest that gives its places.",
    numerator="sum(beds_total) ; sum(outpatient_slots)",
    denominator="Est(POP 15-64)",
    source="N-SSATS",
    publishing_rule="exact",
    parts=(
        _per_inhabitants("beds", "if(what = 1, amount, 0)"),
        _per_inhabitants("places", "if(what = 2, amount, 0)"),
    ),
    caveats=(
        "The region of a facility is that on the day of the count.",
        "Without an estimate for the reporting year there is no value.",
    ),
)

BED_OCCUPANCY = Indicator(
    id="J03",
    version=1,
    title="Bed occupancy",
    unit_of_count="%",
    formula="100 × occupied beds / beds, summed over the latest count of each facility in the "
    "period "
    "that gives both.",
    numerator="sum(beds_occupied)",
    denominator="sum(beds_total), same day",
    source="N-SSATS",
    publishing_rule="exact",
    parts=(
        Part(
            CAPACITIES,
            Percent("if(what = 3, amount, 0)", "if(what = 3, whole, 0)"),
            (("setting",), ("admin1",)),
        ),
    ),
    caveats=("May exceed 100: overcrowding is real.",),
)


def _offering(name: str, offered: str, known: str) -> Part:
    return Part(FACILITIES, Percent(offered, known), (("admin1",), ("ownership",)), name=name)


SPECIAL_SERVICES = Indicator(
    id="J04",
    version=1,
    title="Facilities with women-specific / youth / OAT / HIV services",
    unit_of_count="facility, %",
    formula="100 × facilities active on the last day of the period (or the as-of day, if earlier) "
    "with a programme for women (women_specific) or for young people (youth), with opioid agonist "
    "treatment (oat), or with HIV services on site (hiv) / those of which it is known.",
    numerator="#f(flag=YES)",
    denominator="#f(active, flag known)",
    source="N-SSATS SRVC*",
    publishing_rule="exact",
    parts=(
        _offering("women_specific", "women_specific = 1", "women_specific IN (1, 2)"),
        _offering("youth", "youth = 1", "youth IN (1, 2)"),
        _offering("oat", "offers_oat", "1"),
        _offering("hiv", "hiv = 1", "hiv IN (1, 2)"),
    ),
    caveats=("Opioid agonist treatment is known of every facility: by its interventions.",),
)

ASSESSED = Indicator(
    id="J05",
    version=1,
    title="Facilities with a QA assessment in 24 months",
    unit_of_count="facility, %",
    formula="100 × facilities assessed in the 24 months up to the last day of the period (or the "
    "as-of day, if earlier) / facilities active on that day that report to the system. By "
    "assessor: 100 × those with an assessment by that kind of assessor / all of them.",
    numerator="#f(assessment in 24 m)",
    denominator="#f(active, reports)",
    source="UNODC QA",
    publishing_rule="exact",
    parts=(
        Part(FACILITIES, Percent("reports AND assessed", "reports"), (("admin1",),)),
        Part(
            ASSESSORS,
            Share("assessor_kind", "assessor_kind BETWEEN 1 AND 4", "assessor_kind = 0"),
            (("assessor_kind",),),
        ),
    ),
    caveats=(
        "A facility assessed by several kinds of assessor counts in each; one by an unknown "
        "assessor counts only in the total.",
    ),
)

_SHARE_MET = Percent("intDiv(toUInt64(fully) * 1000000000, toUInt64(rated))", numerator_unit=1e9)

CRITERIA_MET = Indicator(
    id="J06",
    version=1,
    title="QA: mean share of criteria fully met",
    unit_of_count="facility, %",
    formula="100 × mean over facilities of criteria fully met / criteria rated, in the latest "
    "assessment of each facility up to the end of the period.",
    numerator="avg_f( #fully / (#fully+#partly+#not) )",
    denominator="latest assessment per facility",
    source="UNODC QA",
    publishing_rule="no named facility in public output",
    parts=(
        Part(ASSESSMENTS, _SHARE_MET, (("setting",),)),
        Part(ASSESSED_STANDARDS, _SHARE_MET, (("standard",),), totalled=False),
    ),
    caveats=("Criteria that do not apply or were not assessed are left out.",),
)

CONTINUUM = Indicator(
    id="J07",
    version=1,
    title="Continuum-of-care index",
    unit_of_count="0-6 per admin1",
    formula="How many of the six settings of the continuum of care (outreach, "
    "non-specialized, specialized outpatient, short-term inpatient, long-term residential, "
    "recovery management) have at least one facility that is active on the last day of the "
    "period, or on the as-of day if that is earlier.",
    numerator="#distinct settings 1..6 with >=1 active facility",
    denominator="",
    source="Int. Standards pyramid; SCI-SUD idea",
    publishing_rule="exact",
    parts=(
        Part(FACILITIES, Distinct("arrayFilter(s -> s BETWEEN 1 AND 6, setting)"), (("admin1",),)),
    ),
    caveats=(
        "Of at most 6. The total is that of the country: a setting counts once, wherever it is.",
    ),
)

INDICATORS = (
    FACILITIES_BY_SETTING,
    BEDS_AND_PLACES,
    BED_OCCUPANCY,
    SPECIAL_SERVICES,
    ASSESSED,
    CRITERIA_MET,
    CONTINUUM,
)
