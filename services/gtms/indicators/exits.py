"""G. How people leave treatment, and whether they come back or arrive elsewhere."""

from gtms.indicators.definition import Indicator, Part, Percent
from gtms.indicators.populations.leaving import DISCHARGES
from gtms.indicators.populations.treatment import IN_TREATMENT

_TRANSFERRED = "discharge_reason IN (21, 22)"

COMPLETED = Indicator(
    id="G01",
    version=1,
    title="Treatment completed among discharges",
    unit_of_count="episode, %",
    formula="100 × discharges with reason 11 to 14 / all discharges in the period.",
    numerator="#e(discharge in P, reason in 11..14)",
    denominator="#e(discharge in P)",
    source="TEDS-D REASON=1",
    publishing_rule="PR-R; publish missing-drug share",
    parts=(
        Part(
            DISCHARGES,
            Percent("discharge_reason IN (11, 12, 13, 14)", "1"),
            (
                ("service",),
                ("substance_group",),
                ("substance",),
                ("sex",),
                ("age_band",),
                ("age_group",),
                ("referral",),
            ),
        ),
    ),
    caveats=("Discharges from structured treatment; a stale episode is not a discharge.",),
)

SUCCESSFUL_COMPLETION = Indicator(
    id="G02",
    version=1,
    title="Successful completion",
    unit_of_count="person, %",
    formula="100 × people in treatment whose latest journey closed in the period ended with "
    "reason 11 "
    "or 12 and who have no journey open at its end / people in treatment in the period.",
    numerator="#p(latest journey closed in P with reason in {11,12} and no open journey at p1)",
    denominator="#p(InTx(P))",
    source="NDTMS",
    publishing_rule="PR-R",
    parts=(
        Part(
            IN_TREATMENT,
            Percent("completed", "1"),
            (("client_group",), ("sex",), ("age_band",), ("age_group",)),
        ),
    ),
    caveats=(
        "The four client groups are those of NDTMS: by every substance named, not by the primary.",
    ),
)

RE_PRESENTATION = Indicator(
    id="G03",
    version=1,
    title="Re-presentation within 6 months",
    unit_of_count="person, %",
    formula="100 × people of G02's numerator who begin a new journey within 182 days after its "
    "end / "
    "those of them whose 182 days have passed by the as-of day.",
    numerator="#p(G02 numerator, new journey start in (end, end+182 d])",
    denominator="#p(G02 numerator, matured >=182 d)",
    source="NDTMS / PHOF",
    publishing_rule="PR-R, mature",
    parts=(
        Part(
            IN_TREATMENT,
            Percent("returned", "completed_matured", awaiting="completed"),
            (("substance_group",),),
        ),
    ),
    caveats=("Not matured, and without a value, while nobody's 182 days have passed.",),
)

WITHOUT_RE_PRESENTATION = Indicator(
    id="G04",
    version=1,
    title="Successful completion without re-presentation",
    unit_of_count="person, %",
    formula="100 × people of G02's numerator who begin no new journey within 182 days after its "
    "end / people in treatment in the year.",
    numerator="#p(G02 num matured) - #p(G03 num)",
    denominator="#p(InTx(12 months ending p1))",
    source="Fingertips 90245 (non-opiate) definition",
    publishing_rule="PR-R, mature; NULL until matured",
    parts=(
        Part(
            IN_TREATMENT,
            Percent(
                "period_matured AND completed AND NOT returned", "period_matured", awaiting="1"
            ),
            (("substance_group",), ("admin1",)),
            yearly=True,
        ),
    ),
    caveats=(
        "For years only.",
        "Not matured, and without a value, until 182 days after the last day of the year.",
    ),
)

UNPLANNED = Indicator(
    id="G05",
    version=1,
    title="Unplanned discharge share",
    unit_of_count="episode, %",
    formula="100 × discharges with reason 31, 32, 33, 41, 42 or 83 / discharges in the period "
    "whose "
    "reason is known.",
    numerator="#e(reason in {31,32,33,41,42,83})",
    denominator="#e(discharge in P, reason known)",
    source="TEDS REASON 2+3",
    publishing_rule="PR-R",
    parts=(
        Part(
            DISCHARGES,
            Percent(
                "discharge_reason IN (31, 32, 33, 41, 42, 83)", "discharge_reason NOT IN (0, 99)"
            ),
            (("substance_group",), ("substance",), ("sex",)),
        ),
    ),
)

TRANSFERS = Indicator(
    id="G10",
    version=1,
    title="Transfers that arrive",
    unit_of_count="episode, %",
    formula="100 × discharges with reason 21 or 22 whose person starts a structured episode at "
    "another facility on the day of the discharge or within 21 days after it / discharges with "
    "reason 21 or 22 in the period at least 21 days before the as-of day.",
    numerator="#e(reason 21/22 in P, new structured start elsewhere <=21 d)",
    denominator="#e(reason 21/22 in P, matured)",
    source="TEDS/NDTMS",
    publishing_rule="PR-R, mature",
    parts=(
        Part(
            DISCHARGES,
            Percent(
                f"{_TRANSFERRED} AND days_since >= 21 AND arrived_elsewhere",
                f"{_TRANSFERRED} AND days_since >= 21",
                awaiting=_TRANSFERRED,
            ),
            (("setting",),),
        ),
    ),
    caveats=(
        "Setting of the facility that the person leaves.",
        "A transfer out of the country, or under another pseudonym, does not arrive.",
        "Not matured, and without a value, while nobody was transferred 21 days ago.",
    ),
)

INDICATORS = (
    COMPLETED,
    SUCCESSFUL_COMPLETION,
    RE_PRESENTATION,
    WITHOUT_RE_PRESENTATION,
    UNPLANNED,
    TRANSFERS,
)
