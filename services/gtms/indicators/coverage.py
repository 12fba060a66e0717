"""A. Who is in treatment, and how many of those in need that are."""

from collections.abc import Mapping

from gtms.indicators.definition import (
    Compared,
    Count,
    Estimated,
    Figure,
    Gap,
    Indicator,
    Part,
    Percent,
    Table,
)
from gtms.indicators.populations.treatment import IN_TREATMENT, ON_CENSUS_DAY

_BROAD_AND_DETAIL = (("age_group",), ("substance",))
_BY_GROUP = (("substance_group",),)
_OF_DRUGS = "substance NOT IN (80, 81)"
_NOT_ESTIMATED = (
    "Without an estimate for the reporting year there is no value; estimates of other years are "
    "not used."
)
_LEGAL_SUBSTANCES = (
    "People whose primary drug is alcohol or nicotine are counted only in those two groups, and "
    "only where the country's alcohol_included is on."
)

# The more people there may be, the smaller the part of them that is reached.
_OF_COVERAGE: Mapping[str, Figure] = {"value": "value", "lower": "upper", "upper": "lower"}
_OF_GAP: Mapping[str, Figure] = {"value": "value", "lower": "lower", "upper": "upper"}


def _in_need(
    measure: type[Estimated],
    figures: Mapping[str, Figure],
    counted: str,
    *tables: Table,
    totalled: bool = True,
) -> tuple[Part, ...]:
    """People in treatment against those with drug use disorders: a value for each figure."""
    return tuple(
        Part(
            IN_TREATMENT,
            measure("drug_use_disorder", counted, figure, undivided=frozenset({"intervention"})),
            tables,
            name=name,
            totalled=totalled,
        )
        for name, figure in figures.items()
    )


def _on_oat(estimate: str, figures: Mapping[str, Figure]) -> tuple[Part, ...]:
    """People on opioid agonist treatment against an estimate: a value for each figure."""
    tables = (("sex",), ("age_25",), ("admin1",))
    return tuple(
        Part(ON_CENSUS_DAY, Estimated(estimate, "oat", figure), tables, name=name)
        for name, figure in figures.items()
    )


COVERAGE = Indicator(
    id="A01",
    version=1,
    title="Treatment coverage of drug use disorders (SDG 3.5.1, drugs)",
    unit_of_count="person, %",
    formula="100 × people in treatment in the period whose primary drug is neither alcohol nor "
    "nicotine / the estimate of people with drug use disorders for the reporting year; lower and "
    "upper: / the upper and the lower bound of the estimate.",
    numerator="#p(InTx(P))",
    denominator="Est(DUD,P.year)",
    source="SDG 3.5.1 / WHO GHO 4411",
    publishing_rule="PR-N; show Est interval",
    parts=(
        *_in_need(Estimated, _OF_COVERAGE, _OF_DRUGS, ("sex",), ("intervention",)),
        *_in_need(Estimated, _OF_COVERAGE, "1", *_BY_GROUP, totalled=False),
    ),
    caveats=(
        _NOT_ESTIMATED,
        _LEGAL_SUBSTANCES,
        "A sex or a group is set against the estimate of that sex or group, an intervention "
        "against that of everybody.",
        "An intervention counts when it was planned or received in an episode of the period, even "
        "if it was received outside the period.",
    ),
)

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

OAT_COVERAGE = Indicator(
    id="A04",
    version=1,
    title="OAT coverage",
    unit_of_count="person, %",
    formula="100 × people on opioid agonist treatment on the last day of the period (or the as-of "
    "day, if earlier) / the estimate of opioid-dependent people who inject drugs for the reporting "
    "year; lower and upper: / its upper and lower bound. fallback, fallback_lower and "
    "fallback_upper: / the estimate of all opioid-dependent people, and its bounds.",
    numerator="#p(on OAT on d)",
    denominator="Est(OPIOID_DEPENDENT_PWID) ; fallback: Est(OPIOID_DEPENDENT)",
    source="UNAIDS GAM (target 50 %)",
    publishing_rule="PR-N",
    parts=(
        *_on_oat("opioid_dependent_injecting", _OF_COVERAGE),
        *_on_oat(
            "opioid_dependent",
            {
                "fallback": "value",
                "fallback_lower": "upper",
                "fallback_upper": "lower",
            },
        ),
    ),
    caveats=(
        _NOT_ESTIMATED,
        "Age on the day and sex are those of the active episode with the latest start; a person "
        "treated in two regions counts in each of them.",
        "Younger than 25 is an estimate up to the age of 24 from 15 or less, the others one from "
        "25 up to 64 or more; of several the widest.",
    ),
)

TREATMENT_GAP = Indicator(
    id="A05",
    version=1,
    title="Treatment gap",
    unit_of_count="person",
    formula="The estimate of people with drug use disorders for the reporting year, or the lower "
    "or upper bound of it, minus the people in treatment whom A01 counts.",
    numerator="#p(InTx(P)), which is taken away",
    denominator="Est(DUD), from which it is taken",
    source="UNODC 1-in-N",
    publishing_rule="PR-N; show interval",
    parts=(
        *_in_need(Gap, _OF_GAP, _OF_DRUGS, ("sex",)),
        *_in_need(Gap, _OF_GAP, "1", *_BY_GROUP, totalled=False),
    ),
    caveats=(
        _NOT_ESTIMATED,
        _LEGAL_SUBSTANCES,
        "Negative when more people are in treatment than were estimated to need it.",
    ),
)


def _women_to_men(counted: str, table: Table, *, totalled: bool) -> Part:
    compared = Compared("drug_use_disorder", counted, "sex", "FEMALE", "MALE")
    return Part(IN_TREATMENT, compared, (table,), totalled=totalled)


WOMEN_TO_MEN = Indicator(
    id="A06",
    version=1,
    title="Women-to-men coverage ratio",
    unit_of_count="ratio",
    formula="A01 of women / A01 of men; below 1 women are reached less. By drug group: the "
    "same of the people of the group.",
    numerator="A01(F)",
    denominator="A01(M)",
    source="World Drug Report",
    publishing_rule="PR-R",
    parts=(
        _women_to_men(_OF_DRUGS, (), totalled=True),
        _women_to_men("1", _BY_GROUP[0], totalled=False),
    ),
    caveats=(
        _NOT_ESTIMATED,
        _LEGAL_SUBSTANCES,
        "Numerator and denominator are percentages, not people.",
    ),
)

_OPIOIDS = "substance BETWEEN 10 AND 19"

NALOXONE = Indicator(
    id="F05",
    version=1,
    title="Take-home naloxone among opioid clients",
    unit_of_count="person, %",
    formula="100 × people in treatment in the period with an opioid as primary drug who had "
    "take-home naloxone at an admission or were given it by a review or discharge / people in "
    "treatment in the period with an opioid as primary drug.",
    numerator="#p(opioid, naloxone_given or take_home_naloxone=1)",
    denominator="#p(InTx, opioid)",
    source="Int. Standards; WHO",
    publishing_rule="PR-R",
    parts=(Part(IN_TREATMENT, Percent(f"naloxone AND {_OPIOIDS}", _OPIOIDS), (("setting",),)),),
    caveats=(
        "Any review or discharge of the episodes of the period counts, whatever its date.",
        "A person treated in two settings counts in each of them.",
    ),
)

INDICATORS = (
    COVERAGE,
    IN_TREATMENT_IN_PERIOD,
    IN_TREATMENT_ON_CENSUS_DAY,
    OAT_COVERAGE,
    TREATMENT_GAP,
    WOMEN_TO_MEN,
    NALOXONE,
)
