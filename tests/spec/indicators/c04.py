from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="C04",
    question="What share of those who enter treatment have no stable home?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    episodes="""
    person  start       end         sex     substance  housing
    ann     2025-02-01  2025-03-01  FEMALE  HEROIN     UNSTABLE
    ben     2025-02-01  2025-03-01  MALE    HEROIN     HOMELESS
    cat     2025-02-01  2025-03-01  MALE    CRACK      STABLE
    dan     2025-02-01  2025-03-01  MALE    HEROIN     UNKNOWN
    # unknown: not among those that are divided by
    eve     2025-02-01  2025-03-01  FEMALE  HEROIN     OTHER
    """,
    cells="""
    period  cell                     value  numerator  denominator
    2025    total                    50     2          4
    2025    sex=FEMALE               50     1          2
    2025    sex=MALE                 50     1          2
    2025    substance_group=COCAINE  0      0          1
    2025    substance_group=OPIOIDS  200/3  2          3
    2025    substance=CRACK          0      0          1
    2025    substance=HEROIN         200/3  2          3
    """,
)
