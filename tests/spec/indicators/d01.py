from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="D01",
    question="What share of those who enter treatment are sent by the criminal justice system?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    facilities="""
    facility  from        admin1
    F1        2020-01-01  KE-30
    """,
    episodes="""
    person  start       end         facility  sex     substance  referral
    ann     2025-02-01  2025-03-01  F1        FEMALE  HEROIN     COURT
    ben     2025-02-01  2025-03-01  F1        MALE    HEROIN     SELF
    cat     2025-02-01  2025-03-01  F9        MALE    CRACK      TRAFFIC
    # unknown: the region of a facility that is not in the register
    dan     2025-02-01  2025-03-01  F1        MALE    HEROIN     UNKNOWN
    # unknown: not among those that are divided by
    """,
    cells="""
    period  cell                     value  numerator  denominator
    2025    total                    200/3  2          3
    2025    sex=FEMALE               100    1          1
    2025    sex=MALE                 50     1          2
    2025    substance_group=COCAINE  100    1          1
    2025    substance_group=OPIOIDS  50     1          2
    2025    substance=CRACK          100    1          1
    2025    substance=HEROIN         50     1          2
    2025    admin1=KE-30             50     1          2
    2025    admin1=UNKNOWN           100    1          1
    """,
)
