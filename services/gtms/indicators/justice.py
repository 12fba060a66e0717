"""D. Treatment and criminal justice."""

from gtms.indicators.definition import Count, Indicator, Part, Percent
from gtms.indicators.entrants import ATTRIBUTES
from gtms.indicators.populations.entry import ADMISSIONS, ENTRANTS

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

INDICATORS = (CRIMINAL_JUSTICE, ALTERNATIVES, VOLUNTARINESS)
