"""D. Treatment and criminal justice."""

from gtms.indicators.definition import Count, Difference, Indicator, Part, Percent
from gtms.indicators.entrants import ATTRIBUTES
from gtms.indicators.populations.entry import ADMISSIONS, ENTRANTS
from gtms.indicators.populations.journeys import JOURNEYS
from gtms.indicators.populations.leaving import DISCHARGES

CRIMINAL_JUSTICE = Indicator(
    id="D01",
    version=1,
    title="Criminal justice referrals",
    unit_of_count="person, %",
    formula="100 × entrants referred by police, prosecutor, court, probation, prison or another "
    "criminal justice body / entrants whose source of referral is known.",
    numerator="#p(Entrants, referral 71-79)",
    denominator="#p(Entrants, referral known)",
    source="TDI 13 col 1; TEDS PSOURCE 7",
    publishing_rule="PR-R",
    parts=(
        Part(
            ENTRANTS,
            Percent("referral BETWEEN 71 AND 79", "referral NOT IN (0, 99)"),
            (("sex",), ("substance_group",), ("substance",), ("admin1",)),
        ),
    ),
    caveats=(ATTRIBUTES,),
)

ALTERNATIVES = Indicator(
    id="D02",
    version=1,
    title="Entrants through alternatives to conviction or punishment",
    unit_of_count="person",
    formula="Entrants whose treatment is an alternative to conviction or punishment, at any stage "
    "from before arrest to after sentencing.",
    numerator="#p(Entrants, ati_stage in 1..5)",
    denominator="",
    source="UNODC ATI; CND 58/5",
    publishing_rule="PR-N/PR-S",
    parts=(
        Part(
            ENTRANTS,
            Count("ati_stage BETWEEN 1 AND 5"),
            (("ati_stage",), ("ati_measure",), ("sex",), ("under_18",)),
        ),
    ),
    caveats=(ATTRIBUTES, "Treatment in custody is not an alternative."),
)

_ALTERNATIVE = "closed AND ati_stage BETWEEN 1 AND 5"
_OTHER = "closed AND referral NOT IN (0, 99) AND NOT referral BETWEEN 71 AND 79"
_OF_ALTERNATIVES, _OF_OTHERS = (
    Percent(f"{arm} AND journey_reason IN (11, 12)", arm) for arm in (_ALTERNATIVE, _OTHER)
)
_DRUG_AND_SEX = (("substance_group",), ("substance",), ("sex",))

ALTERNATIVES_COMPARED = Indicator(
    id="D03",
    version=1,
    title="ATI: planned completion compared with other referrals",
    unit_of_count="journey, % points",
    formula="Of journeys that closed in the period, the percentage that ended with reason 11 or "
    "12: of those that are an alternative to conviction or punishment (alternatives), of those "
    "with a known referral that is not of criminal justice (others), and the first less the "
    "second in percentage points.",
    numerator="G02-type rate(ATI) - rate(non-CJ)",
    denominator="same closed-journey cohort",
    source="UNODC ATI",
    publishing_rule="n>=20 per arm",
    parts=(
        Part(JOURNEYS, Difference(_OF_ALTERNATIVES, _OF_OTHERS), _DRUG_AND_SEX),
        Part(JOURNEYS, _OF_ALTERNATIVES, _DRUG_AND_SEX, name="alternatives"),
        Part(JOURNEYS, _OF_OTHERS, _DRUG_AND_SEX, name="others"),
    ),
    caveats=(
        "A journey is described, and its arm decided, by its first episode.",
        "The denominator of the difference is the smaller arm.",
        "Above 0: alternatives end as planned more often. The arms differ in more than how they "
        "came to treatment.",
        "A journey that ended because nothing was heard any more closed for no reason known.",
    ),
)

_ASKED = "voluntariness IN (1, 2, 3)"

VOLUNTARINESS = Indicator(
    id="D04",
    version=1,
    title="Voluntariness documented / without consent",
    unit_of_count="episode, %",
    formula="100 × structured episodes that start in the period with the informed consent of the "
    "person (voluntary), or without consent (without_consent) / those of which it is known.",
    numerator="#e(voluntariness=1) ; #e(=3)",
    denominator="#e(voluntariness known)",
    source="Int. Standards",
    publishing_rule="PR-R",
    parts=(
        Part(
            ADMISSIONS,
            Percent("voluntariness = 1", _ASKED),
            (("setting",), ("referral",)),
            name="voluntary",
        ),
        Part(
            ADMISSIONS,
            Percent("voluntariness = 3", _ASKED),
            (("setting",), ("referral",)),
            name="without_consent",
        ),
    ),
    caveats=("The rest consented under a legal alternative.",),
)

CONTINUITY = Indicator(
    id="D05",
    version=1,
    title="Continuity after release",
    unit_of_count="person, %",
    formula="Over people whose treatment in prison ended in the period for any reason but death, "
    "each with the last such discharge: 100 × those who start a structured episode outside prison "
    "on that day or within 21 days after it / those of them whose 21 days have passed by the "
    "as-of day.",
    numerator="#p(prison episode closed with reason 22/21 or released in P, community structured "
    "start <=21 d)",
    denominator="#p(prison episode closed, released in P)",
    source="NDTMS continuity of care",
    publishing_rule="PR-R, mature >=21 d",
    parts=(
        Part(
            DISCHARGES,
            Percent(
                "last_release AND days_since >= 21 AND arrived_in_community",
                "last_release AND days_since >= 21",
                awaiting="last_release",
            ),
            (("sex",), ("oat",)),
        ),
    ),
    caveats=(
        "Opioid agonist treatment as the prison's last record says.",
        "The end of treatment stands for the release: the day of the release is not recorded.",
        "Not matured, and without a value, while nobody left 21 days ago.",
    ),
)

INDICATORS = (
    CRIMINAL_JUSTICE,
    ALTERNATIVES,
    ALTERNATIVES_COMPARED,
    VOLUNTARINESS,
    CONTINUITY,
)
