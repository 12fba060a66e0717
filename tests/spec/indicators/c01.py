from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="C01",
    question="What share of those who enter treatment are women?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    episodes="""
    person  start       end         setting  sex      substance  referral
    ann     2025-02-01  2025-03-01  LONG     FEMALE   HEROIN     SELF
    ben     2025-02-01  2025-03-01  SPECIAL  MALE     HEROIN     SELF
    cat     2025-02-01  2025-03-01  SPECIAL  MALE     HEROIN     COURT
    cat     2025-04-01  2025-05-01  SPECIAL  FEMALE   HEROIN     SELF
    # two sexes: the last start holds
    dan     2025-02-01  2025-03-01  SPECIAL  UNKNOWN  HEROIN     SELF
    # unknown: not among those that are divided by
    eve     2025-02-01  2025-03-01  SPECIAL  OTHER    CRACK      SELF
    """,
    cells="""
    period   cell                            value  numerator  denominator
    2025     total                           50     2          4
    2025     substance_group=COCAINE         0      0          1
    2025     substance_group=OPIOIDS         200/3  2          3
    2025     substance=CRACK                 0      0          1
    2025     substance=HEROIN                200/3  2          3
    2025     setting=LONG_TERM_RESIDENTIAL   100    1          1
    2025     setting=SPECIALIZED_OUTPATIENT  100/3  1          3
    2025     referral=SELF                   50     2          4
    2025-02  total                           25     1          4            # two sexes: still a man
    """,
)
