"""K. Who was trained, and what came of it."""

from gtms.indicators.definition import Count, Distinct, Indicator, Part, Percent, Ratio
from gtms.indicators.populations.trainings import EVENTS, PARTICIPANTS, TRAINED

_KIND_AND_COUNTRY = (("kind",), ("participant_country",))
_LATEST_EVENT = (
    "Somebody who completed several trainings counts once, as the participant of the latest one, "
    "and once in the kind of each."
)

PEOPLE_TRAINED = Indicator(
    id="K01",
    version=1,
    title="People trained",
    unit_of_count="person",
    formula="Distinct participants who completed a training that ended in the period.",
    numerator="#participants(completed, event end in P)",
    denominator="",
    source="UNODC PTRS programmes",
    publishing_rule="PR-N",
    parts=(Part(TRAINED, Count(), (*_KIND_AND_COUNTRY, ("sex",), ("sector",))),),
    caveats=(_LATEST_EVENT,),
)

WOMEN_TRAINED = Indicator(
    id="K02",
    version=1,
    title="Women among trained",
    unit_of_count="person, %",
    formula="100 × women who completed a training that ended in the period / people who did and "
    "whose sex is known.",
    numerator="#(F)",
    denominator="#(sex known)",
    source="UNODC PTRS programmes",
    publishing_rule="PR-R",
    parts=(Part(TRAINED, Percent("sex = 2", "sex IN (1, 2, 3)"), _KIND_AND_COUNTRY),),
    caveats=(_LATEST_EVENT,),
)

_GAIN = "if(scored, after - before, 0)"
_BY_EVENT = (("event",), *_KIND_AND_COUNTRY)

KNOWLEDGE_GAIN = Indicator(
    id="K03",
    version=1,
    title="Mean knowledge gain",
    unit_of_count="person, % points (and relative %)",
    formula="Over the participations in trainings that ended in the period with a score before and "
    "after. points: mean of the score after minus the score before, in points of 100. relative: "
    "100 × the sum of those differences / the sum of the scores before.",
    numerator="sum(post - pre)",
    denominator="points: #(both scores) ; relative: sum(pre)",
    source="UNODC PTRS programmes",
    publishing_rule="n>=10 per event",
    parts=(
        Part(
            PARTICIPANTS,
            Ratio(_GAIN, "scored", numerator_unit=100.0),
            _BY_EVENT,
            name="points",
        ),
        Part(
            PARTICIPANTS,
            Percent(_GAIN, "if(scored, before, 0)", numerator_unit=100.0, denominator_unit=100.0),
            _BY_EVENT,
            name="relative",
        ),
    ),
    caveats=(
        "Participations, completed or not: somebody at two trainings counts twice.",
        "Points and relative gain are different figures: from 50 to 60 is 10 points and 20 %.",
    ),
)

INSTITUTIONS_AND_PLANS = Indicator(
    id="K04",
    version=1,
    title="Institutions reached and action plans",
    unit_of_count="institution; plan",
    formula="institutions: distinct institutions of the participants of trainings that ended in "
    "the period. plans: trainings that ended in the period with an action plan.",
    numerator="uniqExact(institution_id) ; #events with plan",
    denominator="",
    source="UNODC PTRS programmes",
    publishing_rule="exact",
    parts=(
        Part(
            PARTICIPANTS,
            Distinct("[institution]"),
            (("sector",), ("participant_country",)),
            name="institutions",
        ),
        Part(EVENTS, Count("action_plan_developed = 1"), (("country_held",),), name="plans"),
    ),
    caveats=(
        "Institutions of all participants, whether they completed the training or not.",
        "An institution whose participants are of several sectors or countries counts in each.",
    ),
)

CHANGED_PERCEPTION = Indicator(
    id="K05",
    version=1,
    title="Changed perception at 3 months",
    unit_of_count="person, %",
    formula="value: 100 × participations of people who say at the interview after 3 months that "
    "their perception has changed / those interviewed, fully or in part. response_rate: 100 × "
    "completed participations that were interviewed / completed participations.",
    numerator="#(perception_changed=YES) ; #(completed, 3m status 1/2)",
    denominator="#(3m status 1/2) ; #(completed)",
    source="UNODC PTRS programmes",
    publishing_rule="PR-R; show response rate",
    parts=(
        Part(
            PARTICIPANTS,
            Percent("interviewed AND perception_changed = 1", "interviewed"),
            _KIND_AND_COUNTRY,
        ),
        Part(
            PARTICIPANTS,
            Percent("completed AND interviewed", "completed"),
            _KIND_AND_COUNTRY,
            name="response_rate",
        ),
    ),
    caveats=(
        "Participations, not people: somebody at two trainings counts twice.",
        "Interviewed people who gave no answer stay in the denominator.",
    ),
)

INDICATORS = (
    PEOPLE_TRAINED,
    WOMEN_TRAINED,
    KNOWLEDGE_GAIN,
    INSTITUTIONS_AND_PLANS,
    CHANGED_PERCEPTION,
)
