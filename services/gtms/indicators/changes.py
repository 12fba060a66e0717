"""G. What has changed for people between the start and the end of an episode."""

from gtms.indicators.definition import Indicator, Part, Percent, Ratio, Table
from gtms.indicators.populations.leaving import DISCHARGES

_DRUG = (("substance_group",), ("substance",))
_PAIRED = (
    "paired says of how many the answer is known at both ends; a value of few pairs is not that of "
    "all."
)
_PRIMARY_DRUG = "The primary drug is that of the admission."

_USED = "(ifNull(top_start, 0) > 0 OR frequency IN (1, 2, 3, 4))"
_BOTH_DAYS = "isNotNull(top_start) AND isNotNull(top_end)"
_DAYS_CHANGED = "ifNull(toInt32(top_end) - toInt32(top_start), 0)"


def _resolved(problem: str, known: str, good: str, tables: tuple[Table, ...]) -> tuple[Part, ...]:
    """Of discharges with the problem at the start: without it, and how many answered at all."""
    return (
        Part(
            DISCHARGES,
            Percent(f"{problem} AND {known} AND {good}", f"{problem} AND {known}"),
            tables,
        ),
        Part(DISCHARGES, Percent(f"{problem} AND {known}", problem), tables, name="paired"),
    )


NOT_USING = Indicator(
    id="G06",
    version=1,
    title="Not using primary drug at exit among users at start",
    unit_of_count="episode, %",
    formula="Over discharges in the period with use of the primary drug in the 28 days before the "
    "admission (TOP days over 0, or a frequency from daily to once a week or less): 100 × those "
    "without any use of it in the 28 days before the discharge / those of whom that is known; "
    "paired: 100 × those of whom it is known / all of them.",
    numerator="#e(baseline days of primary drug in last 28 > 0 or primary_frequency in 1..4; "
    "discharge any_use_of_primary_last_28d=NO)",
    denominator="#e(same baseline condition; discharge any_use_of_primary_last_28d in {YES,NO})",
    source="TOP",
    publishing_rule="PR-R",
    parts=_resolved(_USED, "exit_use IN (1, 2)", "exit_use = 2", _DRUG),
    caveats=(_PAIRED, _PRIMARY_DRUG),
)

DAYS_OF_USE = Indicator(
    id="G07",
    version=1,
    title="Mean change in days of use of primary drug",
    unit_of_count="episode, days of 28",
    formula="Mean of days of use of the primary drug in the 28 days before the discharge less "
    "those before the admission, over discharges in the period with both; paired: 100 × those / "
    "all discharges in the period.",
    numerator="avg(TOP days of primary drug at discharge - TOP days at admission), paired",
    denominator="paired episodes",
    source="TOP",
    publishing_rule="n>=20",
    parts=(
        Part(DISCHARGES, Ratio(_DAYS_CHANGED, _BOTH_DAYS), (*_DRUG, ("setting",))),
        Part(DISCHARGES, Percent(_BOTH_DAYS, "1"), (*_DRUG, ("setting",)), name="paired"),
    ),
    caveats=(
        "Below 0: fewer days of use than before.",
        _PAIRED,
        _PRIMARY_DRUG,
        "Cocaine and crack, and all amphetamines, have items of their own; sedatives, "
        "hallucinogens, inhalants and other drugs are the item of other drugs; nicotine has none.",
    ),
)

HOUSING_RESOLVED = Indicator(
    id="G08",
    version=1,
    title="Housing problem resolved",
    unit_of_count="episode, %",
    formula="Over discharges in the period of people who were homeless or housed unstably at the "
    "admission: 100 × those in stable housing at the discharge / those whose housing is known "
    "then; paired: 100 × those whose housing is known / all of them.",
    numerator="#e(start housing 21/22, exit housing 1)",
    denominator="#e(start 21/22, exit known)",
    source="TEDS LIVARAG/_D; TOP",
    publishing_rule="PR-R",
    parts=_resolved(
        "housing IN (21, 22)",
        "exit_housing NOT IN (0, 97, 98, 99)",
        "exit_housing = 1",
        (("sex",),),
    ),
    caveats=(_PAIRED, "An institution at the discharge is no stable housing."),
)

STOPPED_INJECTING = Indicator(
    id="G09",
    version=1,
    title="Stopped injecting",
    unit_of_count="episode, %",
    formula="Over discharges in the period of people who injected in the 30 days before the "
    "admission: 100 × those who did not in the 28 days before the discharge / those of whom that "
    "is known; paired: 100 × those of whom it is known / all of them.",
    numerator="#e(start injecting=23, exit injecting_last_28d=NO)",
    denominator="#e(start 23, exit known)",
    source="TOP",
    publishing_rule="PR-R",
    parts=_resolved(
        "injecting = 23", "exit_injecting IN (1, 2)", "exit_injecting = 2", (("sex",), *_DRUG)
    ),
    caveats=(_PAIRED,),
)

INDICATORS = (NOT_USING, DAYS_OF_USE, HOUSING_RESOLVED, STOPPED_INJECTING)
