from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="B10",
    question="How many of those who enter treatment ask for it themselves?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    episodes="""
    person  start       end         sex     referral
    ann     2025-02-01  2025-03-01  FEMALE  SELF
    ben     2025-02-01  2025-03-01  MALE    COURT
    cat     2025-02-01  2025-03-01  MALE    UNKNOWN
    # unknown: not among those that are divided by
    """,
    cells="""
    period  cell        value  numerator  denominator
    2025    total       50     1          2
    2025    sex=FEMALE  100    1          1
    2025    sex=MALE    0      0          1
    """,
)
