"""L. How far the figures can be trusted."""

from gtms.indicators.definition import Indicator, Part, Percent, Quantiles
from gtms.indicators.populations.facilities import REPORTING_FACILITIES
from gtms.indicators.populations.records import (
    ANSWERS,
    EPISODES,
    RECEIVED_RECORDS,
    REVISIONS,
)

REPORTING_COVERAGE = Indicator(
    id="L01",
    version=1,
    title="Reporting coverage",
    unit_of_count="facility, %",
    formula="100 × facilities with an admission or a capacity record (a nil return) in the "
    "period / "
    "active facilities that provide treatment.",
    numerator="#f(>=1 admission or nil return in P)",
    denominator="#f(active, treatment-providing)",
    source="TDI 3.1.1",
    publishing_rule="exact, always beside every indicator",
    parts=(Part(REPORTING_FACILITIES, Percent("reported", "1"), (("centre_type",), ("admin1",))),),
    caveats=("Facilities that are not in the register are not seen.",),
)

MISSINGNESS = Indicator(
    id="L02",
    version=1,
    title="Item missingness",
    unit_of_count="record, %",
    formula="100 × answers that are refused or unknown / answers to fields that apply, over the "
    "admissions of the period.",
    numerator="#r(field in {97,99})",
    denominator="#r",
    source="TDI; TEDS -9",
    publishing_rule="exact",
    parts=(Part(ANSWERS, Percent("missing", "asked"), (("field",), ("facility",))),),
    caveats=("The total is over all fields together.",),
)

LINKAGE_QUALITY = Indicator(
    id="L03",
    version=1,
    title="Linkage quality",
    unit_of_count="record, %",
    formula="100 × episodes linked by a national id or a national statistical linkage key / "
    "episodes "
    "that start in the period.",
    numerator="#e(linkage_level<=2)",
    denominator="#e",
    source="TDI 4.1.1; AODTS 98 % valid SLK",
    publishing_rule="exact",
    parts=(Part(EPISODES, Percent("linkage_level IN (1, 2)", "1"), (("facility",),)),),
)

TIMELINESS = Indicator(
    id="L04",
    version=1,
    title="Timeliness",
    unit_of_count="days",
    formula="Exact median and 90th percentile of the days from the event to the day on which the "
    "first revision of the record was received, over records first received in the period.",
    numerator="quantileExact(0.5,0.9)(received_at - event_date)",
    denominator="records received in P",
    source="reporting cycle",
    publishing_rule="exact",
    parts=(
        Part(
            RECEIVED_RECORDS,
            Quantiles("lag", "1", (("median", 0.5), ("p90", 0.9))),
            (("family",),),
        ),
    ),
    caveats=("Facilities are left out: a register entry has no event.",),
)

REVISION_SIZE = Indicator(
    id="L05",
    version=1,
    title="Revision size",
    unit_of_count="%",
    formula="100 × (the total of an indicator as published last / as published first - 1), for the "
    "same period.",
    numerator="value at newest vintage - first published",
    denominator="first published",
    source="TEDS; NDTMS monthly vs annual",
    publishing_rule="exact",
    parts=(
        Part(
            REVISIONS,
            Percent("newest - first", "first", numerator_unit=1e6, denominator_unit=1e6),
            (("indicator",),),
            within=("indicator",),
        ),
    ),
    caveats=(
        "Of the measure called value, to a millionth of its unit; other measures are left out.",
        "An indicator whose first value was withheld or not above 0 has none.",
    ),
)

INDICATORS = (REPORTING_COVERAGE, MISSINGNESS, LINKAGE_QUALITY, TIMELINESS, REVISION_SIZE)
