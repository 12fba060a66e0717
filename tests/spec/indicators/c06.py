from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="C06",
    question="What share of those who enter treatment do so because of stimulants?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    episodes="""
    person  start       end         sex     age  substance        primary_route
    ann     2025-02-01  2025-03-01  FEMALE  30   CRACK            SMOKE
    ben     2025-02-01  2025-03-01  MALE    22   METHAMPHETAMINE  SNIFF
    cat     2025-02-01  2025-03-01  MALE    40   HEROIN           SMOKE
    dan     2025-02-01  2025-03-01  MALE    40   UNKNOWN          SMOKE
    # unknown: not among those that are divided by
    eve     2025-02-01  2025-03-01  FEMALE  40   HEROIN           SNIFF
    """,
    cells="""
    period  cell                       value  numerator  denominator
    2025    total                      50     2          4
    2025    sex=FEMALE                 50     1          2
    2025    sex=MALE                   50     1          2
    2025    age_band=20-24             100    1          1
    2025    age_band=30-34             100    1          1
    2025    age_band=40-44             0      0          2
    2025    age_group=18-24            100    1          1
    2025    age_group=25-44            100/3  1          3
    2025    route=SMOKE                50     1          2
    2025    route=SNIFF                50     1          2
    2025    substance=CRACK            25     1          4
    # each stimulant among all entrants whose drug is known
    2025    substance=METHAMPHETAMINE  25     1          4
    """,
)
