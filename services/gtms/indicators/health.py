"""E. Injecting, HIV and hepatitis C of those who enter treatment."""

from gtms.indicators.definition import Indicator, Part, Percent
from gtms.indicators.entrants import ATTRIBUTES
from gtms.indicators.populations.entry import ENTRANTS

_AGE = (("age_band",), ("age_group",))
_EVER_INJECTED = "injecting IN (2, 21, 22, 23)"

INJECTING = Indicator(
    id="E01",
    version=1,
    title="Current injecting at entry",
    unit_of_count="person, %",
    formula="100 × entrants who injected in the last 30 days / entrants of whom it is known "
    "whether they ever injected.",
    numerator="#p(injecting=23)",
    denominator="#p(injecting in {1,2,21,22,23})",
    source="TDI 22",
    publishing_rule="PR-R",
    parts=(
        Part(
            ENTRANTS,
            Percent("injecting = 23", "injecting IN (1, 2, 21, 22, 23)"),
            (("substance_group",), ("substance",), ("sex",), *_AGE),
        ),
    ),
    caveats=(ATTRIBUTES,),
)

HIV_TESTED = Indicator(
    id="E02",
    version=1,
    title="HIV tested in last 12 months among ever injectors",
    unit_of_count="person, %",
    formula="100 × entrants who ever injected and were tested for HIV in the last 12 months / "
    "entrants who ever injected and of whom it is known whether they were tested.",
    numerator="#p(ever inj, hiv_test=22)",
    denominator="#p(ever inj, hiv_test known)",
    source="TDI 26",
    publishing_rule="PR-R",
    parts=(
        Part(
            ENTRANTS,
            Percent(
                f"{_EVER_INJECTED} AND hiv_test = 22",
                f"{_EVER_INJECTED} AND hiv_test IN (1, 2, 21, 22)",
            ),
            (("sex",), *_AGE, ("treatment_history",)),
        ),
    ),
    caveats=(ATTRIBUTES,),
)

ON_ART = Indicator(
    id="E03",
    version=1,
    title="ART among HIV-positive clients",
    unit_of_count="person, %",
    formula="100 × HIV-positive entrants on antiretroviral therapy / HIV-positive entrants of whom "
    "it is known.",
    numerator="#p(hiv_result=2, on_art=1)",
    denominator="#p(hiv_result=2, on_art known)",
    source="WHO/UNAIDS",
    publishing_rule="PR-R",
    parts=(
        Part(
            ENTRANTS,
            Percent("hiv_result = 2 AND on_art = 1", "hiv_result = 2 AND on_art IN (1, 2)"),
            (("sex",),),
        ),
    ),
    caveats=(ATTRIBUTES,),
)

HCV_TESTED = Indicator(
    id="E04",
    version=1,
    title="HCV tested in last 12 months among ever injectors",
    unit_of_count="person, %",
    formula="100 × entrants who ever injected and were tested for hepatitis C in the last 12 "
    "months / entrants who ever injected and of whom it is known whether they were tested.",
    numerator="#p(ever inj, hcv_test=22)",
    denominator="#p(ever inj, hcv_test known)",
    source="TDI 27",
    publishing_rule="PR-R",
    parts=(
        Part(
            ENTRANTS,
            Percent(
                f"{_EVER_INJECTED} AND hcv_test = 22",
                f"{_EVER_INJECTED} AND hcv_test IN (1, 2, 21, 22)",
            ),
            (("sex",),),
        ),
    ),
    caveats=(ATTRIBUTES,),
)

INDICATORS = (INJECTING, HIV_TESTED, ON_ART, HCV_TESTED)
