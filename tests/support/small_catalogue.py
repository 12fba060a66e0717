"""A catalogue of three indicators, for tests of how it is asked and not of what is counted."""

from gtms.indicators.definition import (
    Count,
    Dimension,
    Indicator,
    Part,
    Percent,
    Population,
    Quantiles,
)

SEX = Dimension("sex", "sex", {1: "MALE", 2: "FEMALE"})
DRUG = Dimension("substance_group", "substance", {1: "OPIOIDS", 2: "COCAINE"})
SETTING = Dimension("setting", "setting", {1: "OUTPATIENT", 2: "RESIDENTIAL"})
ADMIN1 = Dimension("admin1", "admin1", None)

PEOPLE = Population(
    "people", "SELECT 1", (SEX, DRUG, SETTING, ADMIN1), sets=frozenset({"setting", "admin1"})
)
EPISODES = Population("episodes", "SELECT 1", (SEX, DRUG, SETTING))


def _indicator(id_: str, unit: str, part: Part) -> Indicator:
    return Indicator(
        id=id_,
        version=1,
        title=f"Title of {id_}",
        unit_of_count=unit,
        formula=f"formula of {id_}",
        numerator="#p",
        denominator="",
        source="TDI",
        publishing_rule="PR-N",
        parts=(part,),
        caveats=("a caveat",),
    )


SMALL_CATALOGUE = {
    "A02": _indicator(
        "A02",
        "person",
        Part(PEOPLE, Count(), (("sex", "substance_group"), ("setting",), ("admin1",))),
    ),
    "B03": _indicator("B03", "person, %", Part(PEOPLE, Percent("1", "1"), (("sex",),))),
    "B07": _indicator(
        "B07",
        "episode, days",
        Part(
            EPISODES,
            Quantiles("wait", "1", (("median", 0.5), ("p90", 0.9))),
            (("setting",), ("sex", "substance_group")),
        ),
    ),
}
