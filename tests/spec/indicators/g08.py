from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="G08",
    question="How many without a stable home have one when they leave?",
    depends_on=("alcohol_included",),
    episodes="""
    person  start       end         sex     housing   exit.housing
    ann     2025-02-01  2025-05-01  FEMALE  HOMELESS  STABLE
    ben     2025-02-01  2025-05-01  MALE    UNSTABLE  OTHER
    cat     2025-02-01  2025-05-01  MALE    HOMELESS  UNKNOWN
    # unknown: in the share of those who were asked twice
    dan     2025-02-01  2025-05-01  MALE    STABLE    STABLE
    """,
    cells="""
    period  cell        measure  value  numerator  denominator
    2025    total       value    50     1          2
    2025    total       paired   200/3  2          3
    2025    sex=FEMALE  value    100    1          1
    2025    sex=MALE    value    0      0          1
    2025    sex=FEMALE  paired   100    1          1
    2025    sex=MALE    paired   50     1          2
    """,
)
