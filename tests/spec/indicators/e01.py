from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="E01",
    question="What share of those who enter treatment inject?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    episodes="""
    person  start       end         sex     age  substance  injecting
    ann     2025-02-01  2025-03-01  FEMALE  22   HEROIN     CURRENTLY
    ben     2025-02-01  2025-03-01  MALE    22   HEROIN     NEVER
    cat     2025-02-01  2025-03-01  MALE    40   CRACK      INJECTED_NOT
    dan     2025-02-01  2025-03-01  MALE    22   HEROIN     REFUSED
    # refused: not among those that are divided by
    eve     2025-02-01  2025-03-01  FEMALE  22   HEROIN     UNKNOWN
    # unknown: nor she
    """,
    cells="""
    period  cell                     value  numerator  denominator
    2025    total                    100/3  1          3
    2025    substance_group=COCAINE  0      0          1
    2025    substance_group=OPIOIDS  50     1          2
    2025    substance=CRACK          0      0          1
    2025    substance=HEROIN         50     1          2
    2025    sex=FEMALE               100    1          1
    2025    sex=MALE                 0      0          2
    2025    age_band=20-24           50     1          2
    2025    age_band=40-44           0      0          1
    2025    age_group=18-24          50     1          2
    2025    age_group=25-44          0      0          1
    """,
)
