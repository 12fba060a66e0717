"""C. Which groups of people enter treatment."""

from gtms.indicators.definition import Indicator, Part, Percent, Share
from gtms.indicators.entrants import ATTRIBUTES
from gtms.indicators.populations.entry import ENTRANTS

_DRUG = (("substance_group",), ("substance",))

WOMEN = Indicator(
    id="C01",
    version=1,
    title="Women among entrants",
    unit_of_count="person, %",
    formula="100 × female entrants / entrants whose sex is known.",
    numerator="#p(Entrants, F)",
    denominator="#p(Entrants, sex known)",
    source="TDI 10",
    publishing_rule="PR-R",
    parts=(
        Part(
            ENTRANTS,
            Percent("sex = 2", "sex IN (1, 2, 3)"),
            (*_DRUG, ("setting",), ("referral",)),
        ),
    ),
    caveats=(ATTRIBUTES,),
)

YOUNG_PEOPLE = Indicator(
    id="C02",
    version=1,
    title="Young people (<18, 18-24) among entrants",
    unit_of_count="person, %",
    formula="100 × entrants younger than 18 (under_18), or of 18 to 24 years (from_18_to_24) / "
    "entrants.",
    numerator="#p(Entrants, age<18 | 18-24)",
    denominator="#p(Entrants)",
    source="TDI 12",
    publishing_rule="PR-R",
    parts=(
        Part(ENTRANTS, Percent("age < 18", "1"), (*_DRUG, ("sex",)), name="under_18"),
        Part(
            ENTRANTS,
            Percent("age BETWEEN 18 AND 24", "1"),
            (*_DRUG, ("sex",)),
            name="from_18_to_24",
        ),
    ),
    caveats=(ATTRIBUTES, "Age is that at admission."),
)

_FERTILE = "sex = 2 AND age BETWEEN 15 AND 49"

PREGNANT = Indicator(
    id="C03",
    version=1,
    title="Pregnant or postpartum among women entrants 15-49",
    unit_of_count="person, %",
    formula="100 × female entrants of 15 to 49 years who are pregnant, or gave birth in the 12 "
    "months before / those of whom it is known.",
    numerator="#p(F 15-49, pregnancy in {1,3})",
    denominator="#p(F 15-49, pregnancy known)",
    source="TEDS PREG; NDTMS",
    publishing_rule="PR-R",
    parts=(
        Part(
            ENTRANTS,
            Percent(
                f"{_FERTILE} AND pregnancy IN (1, 3)",
                f"{_FERTILE} AND pregnancy IN (1, 2, 3)",
            ),
            (*_DRUG, ("oat",)),
        ),
    ),
    caveats=(
        ATTRIBUTES,
        "Opioid agonist treatment counts when it is planned at the admission.",
    ),
)

UNSTABLE_HOUSING = Indicator(
    id="C04",
    version=1,
    title="Unstable housing or homeless at entry",
    unit_of_count="person, %",
    formula="100 × entrants with unstable housing or none / entrants whose housing is known.",
    numerator="#p(housing in {21,22})",
    denominator="#p(housing known)",
    source="TDI 16; TEDS LIVARAG",
    publishing_rule="PR-R",
    parts=(
        Part(
            ENTRANTS,
            Percent("housing IN (21, 22)", "housing NOT IN (0, 97, 98, 99)"),
            (("sex",), *_DRUG),
        ),
    ),
    caveats=(ATTRIBUTES, "People in detention count as known, and not as homeless."),
)

MENTAL_DISORDER = Indicator(
    id="C05",
    version=1,
    title="Co-occurring mental disorder",
    unit_of_count="person, %",
    formula="100 × entrants with a current diagnosis of another mental disorder / entrants of whom "
    "it is known.",
    numerator="#p(comorbidity=1)",
    denominator="#p(comorbidity known)",
    source="TEDS PSYPROB",
    publishing_rule="PR-R",
    parts=(
        Part(
            ENTRANTS,
            Percent("comorbidity = 1", "comorbidity NOT IN (0, 97, 98, 99)"),
            (("sex",), ("setting",)),
        ),
    ),
    caveats=(ATTRIBUTES, "A positive screen or a past diagnosis is not a current diagnosis."),
)

_STIMULANT = "(substance BETWEEN 20 AND 24 OR substance BETWEEN 30 AND 38)"
_DRUG_KNOWN = "substance NOT IN (0, 96, 99)"

STIMULANT_USERS = Indicator(
    id="C06",
    version=1,
    title="Primary stimulant entrants (#ScaleUp)",
    unit_of_count="person, %",
    formula="100 × entrants whose primary drug is cocaine or another stimulant / entrants whose "
    "primary drug is known. By drug: 100 × entrants with that stimulant / all entrants whose "
    "primary drug is known.",
    numerator="#p(drug group in {20,30})",
    denominator="#p(drug known)",
    source="#ScaleUp; TDI 9",
    publishing_rule="PR-R",
    parts=(
        Part(
            ENTRANTS,
            Percent(_STIMULANT, _DRUG_KNOWN),
            (("sex",), ("age_band",), ("age_group",), ("route",)),
        ),
        Part(ENTRANTS, Share("substance", _STIMULANT, _DRUG_KNOWN), (("substance",),)),
    ),
    caveats=(ATTRIBUTES, "The shares of the single drugs add up to the total."),
)

INDICATORS = (
    WOMEN,
    YOUNG_PEOPLE,
    PREGNANT,
    UNSTABLE_HOUSING,
    MENTAL_DISORDER,
    STIMULANT_USERS,
)
