"""F. How long people stay."""

from gtms.indicators.definition import Indicator, Part, Percent, Quantiles
from gtms.indicators.populations.journeys import JOURNEYS
from gtms.indicators.populations.leaving import DISCHARGES
from gtms.indicators.populations.oat import OAT_STARTS

_DRUG_AND_SETTING = (("substance_group",), ("substance",), ("setting",))
_FIRST_EPISODE = "A journey is described by its first episode."
_TWELVE_WEEKS = "Not matured, and without a value, while no journey began 84 days ago."
_STALE = (
    "An open episode that has gone stale ended on the day of its last record, for no reason known."
)

EFFECTIVE_TREATMENT = Indicator(
    id="F01",
    version=1,
    title="Effective treatment (retained 12 weeks or planned exit before)",
    unit_of_count="journey, %",
    formula="100 × journeys begun in the period that are open, lasted 84 days or longer, or ended "
    "with reason 11 to 15, 21 or 22 / journeys begun in the period at least 84 days before the "
    "as-of day.",
    numerator="#j(start in P, duration>=84 d or planned exit)",
    denominator="#j(start in P, matured >=84 d)",
    source="NDTMS effective treatment",
    publishing_rule="PR-R, mature",
    parts=(
        Part(
            JOURNEYS,
            Percent(
                "begun AND matured"
                " AND (retained OR journey_reason IN (11, 12, 13, 14, 15, 21, 22))",
                "begun AND matured",
                awaiting="begun",
            ),
            _DRUG_AND_SETTING,
        ),
    ),
    caveats=(_FIRST_EPISODE, _TWELVE_WEEKS, _STALE),
)


def _retained(days: int, name: str) -> Part:
    matured = f"days_since >= {days}"
    return Part(
        OAT_STARTS,
        Percent(f"{matured} AND retained_days >= {days}", matured, awaiting="1"),
        (("sex",), ("setting",), ("referral",)),
        name=name,
    )


OAT_RETENTION = Indicator(
    id="F02",
    version=1,
    title="OAT retention at 6 and 12 months",
    unit_of_count="person, %",
    formula="Over people who began opioid agonist treatment in the period, each with the first "
    "such beginning: 100 × those who were on it for 182 (365) days or longer, without a gap of "
    "more than 28 days / those who began at least 182 (365) days before the as-of day.",
    numerator="#p(OAT start in P, no gap >28 d until start+182 | +365)",
    denominator="#p(OAT start in P, matured)",
    source="WHO/UNODC/UNAIDS guide",
    publishing_rule="PR-R, mature",
    parts=(_retained(182, "months_6"), _retained(365, "months_12")),
    caveats=(
        "A person is on it from the day of the admission that plans it, or of the record that says "
        "it was given, until a record says that it has stopped, or the episode ends.",
        "Treatment may go on in another episode or at another facility; sex, setting and referral "
        "are those of the episode in which it began.",
        "Not matured, and without a value, while nobody began so long ago.",
    ),
)

LENGTH_OF_STAY = Indicator(
    id="F03",
    version=1,
    title="Length of stay",
    unit_of_count="episode, days",
    formula="Exact quartiles of the days from admission to last contact over the structured "
    "episodes discharged in the period; in outpatient settings the day of last contact counts too.",
    numerator="quantileExact(0.25,0.5,0.75)(LOS)",
    denominator="closed episodes with discharge in P",
    source="TEDS-D LOS",
    publishing_rule="n>=20",
    parts=(
        Part(
            DISCHARGES,
            Quantiles("stay", "stay_known", (("p25", 0.25), ("median", 0.5), ("p75", 0.75))),
            (("service",), ("substance_group",), ("substance",), ("discharge_reason",)),
        ),
    ),
    caveats=(
        "Only episodes whose two dates are known to the day.",
        "The administrative date of the decision is never used.",
    ),
)

EARLY_UNPLANNED_EXIT = Indicator(
    id="F04",
    version=1,
    title="Early unplanned exit (<12 weeks)",
    unit_of_count="journey, %",
    formula="100 × journeys begun in the period that ended before their 84th day with reason 31, "
    "32, 33, 41, 42 or 83 / journeys begun in the period at least 84 days before the as-of day.",
    numerator="#j(closed, duration<84, unplanned)",
    denominator="#j(start in P, matured >=84 d)",
    source="NDTMS",
    publishing_rule="PR-R, mature",
    parts=(
        Part(
            JOURNEYS,
            Percent(
                "begun AND matured AND NOT retained AND journey_reason IN (31, 32, 33, 41, 42, 83)",
                "begun AND matured",
                awaiting="begun",
            ),
            _DRUG_AND_SETTING,
        ),
    ),
    caveats=(_FIRST_EPISODE, _TWELVE_WEEKS, _STALE),
)

INDICATORS = (EFFECTIVE_TREATMENT, OAT_RETENTION, LENGTH_OF_STAY, EARLY_UNPLANNED_EXIT)
