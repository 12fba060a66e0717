from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="C02",
    question="What share of those who enter treatment are under 18, or 18 to 24?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    episodes="""
    person  start       end         sex     age  substance
    ann     2025-02-01  2025-03-01  FEMALE  17   CRACK
    ben     2025-02-01  2025-03-01  MALE    18   HEROIN
    cat     2025-02-01  2025-03-01  FEMALE  24   HEROIN
    dan     2025-02-01  2025-03-01  MALE    25   HEROIN
    """,
    cells="""
    period  cell                     measure        value  numerator  denominator
    2025    total                    under_18       25     1          4
    2025    total                    from_18_to_24  50     2          4
    2025    sex=FEMALE               under_18       50     1          2
    2025    sex=FEMALE               from_18_to_24  50     1          2
    2025    sex=MALE                 under_18       0      0          2
    2025    sex=MALE                 from_18_to_24  50     1          2
    2025    substance_group=COCAINE  under_18       100    1          1
    2025    substance_group=OPIOIDS  under_18       0      0          3
    2025    substance=CRACK          from_18_to_24  0      0          1
    2025    substance=HEROIN         from_18_to_24  200/3  2          3
    """,
)
