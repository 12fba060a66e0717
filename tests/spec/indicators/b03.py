from tests.spec.indicators.page import Page
from tests.support.oracle import Profile

PAGE = Page(
    indicator="B03",
    question="What share of those who enter treatment do so for the first time?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    profile=Profile(year_start=4),
    episodes="""
    person  start       end         sex     substance  status
    ann     2025-04-01  2025-05-01  FEMALE  HEROIN     NEVER
    # year from April: the first day of 2025
    ben     2026-03-31  2026-04-20  MALE    CRACK      PREVIOUSLY
    # year from April: the last day of 2025
    cat     2025-06-01  2025-07-01  FEMALE  HEROIN     UNKNOWN
    # unknown: not among those that are divided by
    dan     2025-03-31  2025-04-30  MALE    HEROIN     NEVER
    # year from April: the last day of 2024
    """,
    cells="""
    period   cell                     value          numerator  denominator
    2025     total                    50             1          2
    2025     sex=FEMALE               100            1          1
    2025     sex=MALE                 0              0          1
    2025     substance_group=COCAINE  0              0          1
    2025     substance_group=OPIOIDS  100            1          1
    2025     substance=CRACK          0              0          1
    2025     substance=HEROIN         100            1          1
    2025-Q1  total                    100            1          1            # April to June
    2025-Q4  total                    0              0          1            # January to March 2026
    2025-03  total                    100            1          1            # months never move
    2024     total                    100            1          1
    2025-06  total                    NOT_AVAILABLE  0          0
    # nothing to divide by: only cat
    """,
)
