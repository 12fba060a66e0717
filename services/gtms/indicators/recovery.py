"""H. How the people of the recovery cohort are, 3, 6, 12 and 24 months after their discharge."""

from gtms.indicators.definition import Count, Indicator, Part, Percent, Ratio
from gtms.indicators.populations.recovery import FOLLOWED_UP, QUALITY_OF_LIFE

_WAVE = ("wave",)
_BY_DRUG = (("wave", "substance_group"), ("wave", "substance"), ("wave", "sex"))

_COHORT = (
    "The cohort begins at the discharge: episodes of the recovery cohort that are still open are "
    "not in it."
)
_DUE = (
    "A wave counts in the period that holds the last day of its window (day 120, 225, 425 or 790 "
    "after the discharge), and has no value before that day."
)
_LATEST = (
    "Of several discharges of a person whose wave is due in the same period the latest counts; of "
    "several interviews in the window the latest."
)
_DEATHS = (
    "Who died by the last day of the window leaves the denominator; H01 has their number beside "
    "it (deaths)."
)
_NOBODY_IMPUTED = "People who were not reached are left out, not counted as relapsed or recovered."
_CAVEATS = (_COHORT, _DUE, _LATEST, _DEATHS)

RESPONSE = Indicator(
    id="H01",
    version=1,
    title="Follow-up response rate by wave",
    unit_of_count="person, %",
    formula="100 × people interviewed, in full or in part, in the window of the wave / people of "
    "the recovery cohort whose wave is due in the period and who are alive; deaths: the people "
    "who are not.",
    numerator="#p(wave w, status in {1,2})",
    denominator="#p(recovery_cohort, discharged, wave due in P, not DIED)",
    source="recovery cohort",
    publishing_rule="PR-R",
    parts=(
        Part(
            FOLLOWED_UP,
            Percent("interviewed", "expected", awaiting="awaited"),
            (("wave", "sex"), ("wave", "setting")),
            within=_WAVE,
        ),
        Part(
            FOLLOWED_UP,
            Count("dead"),
            (("wave", "sex"), ("wave", "setting")),
            name="deaths",
            within=_WAVE,
        ),
    ),
    caveats=_CAVEATS,
)

NO_USE = Indicator(
    id="H02",
    version=1,
    title="No problem use at follow-up",
    unit_of_count="person, %",
    formula="100 × people interviewed who did not use the primary substance in the last 28 days / "
    "people interviewed; of_due: the same people / all whose wave is due.",
    numerator="#p(follow_up_status in {1,2}, any_use_of_primary_last_28d=NO)",
    denominator="#p(status 1/2) ; sensitivity: /due",
    source="recovery cohort",
    publishing_rule="PR-R; both denominators",
    parts=(
        Part(
            FOLLOWED_UP,
            Percent("no_use", "interviewed", awaiting="awaited"),
            _BY_DRUG,
            within=_WAVE,
        ),
        Part(
            FOLLOWED_UP,
            Percent("no_use", "expected", awaiting="awaited"),
            _BY_DRUG,
            name="of_due",
            within=_WAVE,
        ),
    ),
    caveats=(
        *_CAVEATS,
        "Among the interviewed, an answer that is not known is not abstinence; of_due takes "
        "everybody who was not reached for using.",
    ),
)

RECOVERY_CAPITAL = Indicator(
    id="H03",
    version=1,
    title="Recovery capital change (BARC-10)",
    unit_of_count="person, score",
    formula="mean_change: mean of BARC-10 at the interview minus BARC-10 at admission over people "
    "who have both; at_least_47: 100 × those with 47 or more at the interview / the same people.",
    numerator="avg(BARC_w - BARC_baseline) paired ; % >= 47",
    denominator="paired",
    source="BARC-10 (cut-off 47)",
    publishing_rule="n>=20",
    parts=(
        Part(
            FOLLOWED_UP,
            Ratio("barc_change", "barc_paired", awaiting="awaited"),
            _BY_DRUG,
            name="mean_change",
            within=_WAVE,
        ),
        Part(
            FOLLOWED_UP,
            Percent("barc_then >= 47", "barc_paired", awaiting="awaited"),
            _BY_DRUG,
            name="at_least_47",
            within=_WAVE,
        ),
    ),
    caveats=(*_CAVEATS, _NOBODY_IMPUTED),
)

EMPLOYMENT = Indicator(
    id="H04",
    version=1,
    title="Employment or education at follow-up",
    unit_of_count="person, %",
    formula="100 × people interviewed who work, regularly or occasionally, or study / people "
    "interviewed whose labour status is known.",
    numerator="#p(labour_at_event in {1,2,3})",
    denominator="#p(status 1/2, labour known)",
    source="TDI 18; seed recovery",
    publishing_rule="PR-R",
    parts=(
        Part(
            FOLLOWED_UP,
            Percent("in_work", "labour_known", awaiting="awaited"),
            (("wave", "sex"),),
            within=_WAVE,
        ),
    ),
    caveats=(*_CAVEATS, _NOBODY_IMPUTED),
)

QUALITY_OF_LIFE_CHANGE = Indicator(
    id="H05",
    version=1,
    title="Quality of life change (WHOQOL-BREF domain)",
    unit_of_count="person, 0-100",
    formula="Mean of the domain's score at the interview minus that at admission, on the scale "
    "from 0 to 100, over people who have both.",
    numerator="avg(domain_w - domain_baseline) paired",
    denominator="paired",
    source="WHOQOL-BREF",
    publishing_rule="n>=20",
    parts=(
        Part(
            QUALITY_OF_LIFE,
            Ratio("change", "paired", awaiting="awaited", numerator_unit=1000.0),
            (("wave", "domain", "sex"),),
            within=("wave", "domain"),
        ),
    ),
    caveats=(*_CAVEATS, _NOBODY_IMPUTED),
)

OVERDOSES = Indicator(
    id="H06",
    version=1,
    title="Non-fatal overdose since discharge",
    unit_of_count="person, %",
    formula="100 × people interviewed with at least one overdose since the last contact / people "
    "interviewed who told the number.",
    numerator="#p(overdoses_since_last_contact>0)",
    denominator="#p(status 1/2, known)",
    source="recovery cohort",
    publishing_rule="PR-R",
    parts=(
        Part(
            FOLLOWED_UP,
            Percent("overdosed", "overdoses_known", awaiting="awaited"),
            _BY_DRUG,
            within=_WAVE,
        ),
    ),
    caveats=(
        *_CAVEATS,
        "The question is about the time since the last contact: an overdose told in an earlier "
        "wave is not told again.",
    ),
)

INDICATORS = (
    RESPONSE,
    NO_USE,
    RECOVERY_CAPITAL,
    EMPLOYMENT,
    QUALITY_OF_LIFE_CHANGE,
    OVERDOSES,
)
