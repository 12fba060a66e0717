from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="E04",
    question="What share of those who ever injected had a hepatitis C test within the last "
    "12 months?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    episodes="""
    person  start       end         sex     injecting  hcv_test
    ann     2025-02-01  2025-03-01  FEMALE  CURRENTLY  TESTED_LAST
    ben     2025-02-01  2025-03-01  MALE    EVER       EVER
    cat     2025-02-01  2025-03-01  MALE    CURRENTLY  NEVER
    dan     2025-02-01  2025-03-01  MALE    CURRENTLY  UNKNOWN
    # unknown: not among those that are divided by
    eve     2025-02-01  2025-03-01  FEMALE  NEVER      TESTED_LAST
    # never injected
    """,
    cells="""
    period  cell        value  numerator  denominator
    2025    total       100/3  1          3
    2025    sex=FEMALE  100    1          1
    2025    sex=MALE    0      0          2
    """,
)
