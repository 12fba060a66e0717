from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="C05",
    question="What share of those who enter treatment have another mental disorder as well?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    episodes="""
    person  start       end         setting  sex     comorbidity
    ann     2025-02-01  2025-03-01  SPECIAL  FEMALE  DIAGNOSED_CURRENT
    ben     2025-02-01  2025-03-01  SPECIAL  MALE    SCREEN_POSITIVE
    # not diagnosed
    cat     2025-02-01  2025-03-01  LONG     MALE    DIAGNOSED_PAST
    # not now
    dan     2025-02-01  2025-03-01  SPECIAL  MALE    UNKNOWN
    # unknown: not among those that are divided by
    """,
    cells="""
    period  cell                            value  numerator  denominator
    2025    total                           100/3  1          3
    2025    sex=FEMALE                      100    1          1
    2025    sex=MALE                        0      0          2
    2025    setting=LONG_TERM_RESIDENTIAL   0      0          1
    2025    setting=SPECIALIZED_OUTPATIENT  50     1          2
    """,
)
