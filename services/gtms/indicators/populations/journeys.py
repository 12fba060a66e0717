"""Journeys: whether they hold, and how they end. A row is the first episode, which describes it.

How it ends is said where that counts: where it ends, and where it began if that was soon before.
"""

from gtms.indicators import dimensions as by
from gtms.indicators.definition import Population
from gtms.indicators.populations import spans

_CLOSED = (
    f"ifNull(journey_end >= p.p0 AND journey_end < p.p1, 0) AND {spans.known_to('journey_level')}"
)
_TWELVE_WEEKS = 84
_RETAINED = f"ifNull(dateDiff('day', start, journey_end) >= {_TWELVE_WEEKS}, 1)"

JOURNEYS = Population(
    name="journeys that begin or end in the period",
    rows=f"""
SELECT * REPLACE (if({_CLOSED} OR NOT {_RETAINED}, journey_reason, 0) AS journey_reason),
    {spans.STARTS} AS begun, {_CLOSED} AS closed, {_RETAINED} AS retained,
    dateDiff('day', start, as_of) >= {_TWELVE_WEEKS} AS matured
FROM ({spans.episodes("structured AND opens_journey", f"{spans.STARTS} OR {_CLOSED}")})
""",
    dimensions=(by.SEX, by.SUBSTANCE, by.SUBSTANCE_GROUP, by.SETTING),
)
