"""J. What treatment there is, and how good it is."""

from gtms.indicators.definition import Count, Indicator, Part, Percent
from gtms.indicators.populations.facilities import (
    ASSESSED_STANDARDS,
    ASSESSMENTS,
    BEDS,
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
    parts=(Part(BEDS, Percent("occupied", "total"), (("setting",), ("admin1",))),),
    caveats=("May exceed 100: overcrowding is real.",),
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

INDICATORS = (FACILITIES_BY_SETTING, BED_OCCUPANCY, CRITERIA_MET)
