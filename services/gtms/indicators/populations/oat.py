"""Opioid agonist treatment: spells of it, which may go on through several episodes."""

from gtms.indicators import dimensions as by
from gtms.indicators.definition import Population
from gtms.indicators.populations import spans

_IN_P = "arrayExists(s -> s.first >= p.p0 AND s.first < p.p1, oat_spells)"
_FOREVER = "toDate32('2299-12-31')"
_LONGEST = 365  # days of retention that are asked for: what comes after them changes no row

# A row per person: the first spell that begins in the period, and the episode in which it begins.
OAT_STARTS = Population(
    name="people who begin opioid agonist treatment",
    rows=f"""
SELECT period, person, min(spell.first) AS began,
    {", ".join(f"argMin({one}, spell.first) AS {one}" for one in ("sex", "setting", "referral"))},
    dateDiff('day', began, any(as_of)) AS days_since,
    least({_LONGEST}, dateDiff('day', began, argMin(ifNull(spell.last, {_FOREVER}), spell.first)))
        AS retained_days
FROM (
    SELECT *, arrayJoin(arrayFilter(s -> s.first >= p0 AND s.first < p1, oat_spells)) AS spell
    FROM ({
        spans.episodes(
            "structured AND notEmpty(oat_spells)", f"{_IN_P} AND {spans.known_to('start_level')}"
        )
    })
)
GROUP BY period, person
""",
    dimensions=(by.SEX, by.SETTING, by.REFERRAL),
)
