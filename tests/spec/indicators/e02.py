from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="E02",
    question="What share of those who ever injected had an HIV test within the last 12 months?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    episodes="""
    person  start       end         sex     age  status      injecting  hiv_test
    ann     2025-02-01  2025-03-01  FEMALE  22   NEVER       CURRENTLY  TESTED_LAST
    ben     2025-02-01  2025-03-01  MALE    40   PREVIOUSLY  EVER       TESTED_NOT
    cat     2025-02-01  2025-03-01  MALE    40   PREVIOUSLY  CURRENTLY  NEVER
    dan     2025-02-01  2025-03-01  MALE    40   PREVIOUSLY  CURRENTLY  REFUSED
    # refused: not among those that are divided by
    eve     2025-02-01  2025-03-01  FEMALE  40   PREVIOUSLY  NEVER      TESTED_LAST
    # never injected
    fay     2025-02-01  2025-03-01  FEMALE  40   PREVIOUSLY  UNKNOWN    TESTED_LAST
    # unknown: whether she ever injected
    """,
    cells="""
    period  cell                          value  numerator  denominator
    2025    total                         100/3  1          3
    2025    sex=FEMALE                    100    1          1
    2025    sex=MALE                      0      0          2
    2025    age_band=20-24                100    1          1
    2025    age_band=40-44                0      0          2
    2025    age_group=18-24               100    1          1
    2025    age_group=25-44               0      0          2
    2025    treatment_history=FIRST_TIME  100    1          1
    2025    treatment_history=PREVIOUS    0      0          2
    """,
)
