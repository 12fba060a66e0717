from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="B06",
    question="Who sends people to treatment?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    episodes="""
    person  start       end         substance  referral
    ann     2025-02-01  2025-03-01  HEROIN     SELF
    ben     2025-02-01  2025-03-01  HEROIN     COURT
    cat     2025-02-01  2025-03-01  HEROIN     UNKNOWN
    # unknown: not among those that are divided by
    dan     2025-02-01  2025-03-01  CRACK      SELF
    """,
    cells="""
    period  cell                                    value   numerator  denominator
    2025    referral=SELF                           200/3   2          3
    2025    referral=COURT                          100/3   1          3
    2025    referral=SELF|substance_group=OPIOIDS   50      1          2
    2025    referral=COURT|substance_group=OPIOIDS  50      1          2
    2025    referral=SELF|substance_group=COCAINE   100     1          1
    2025    referral=SELF|substance=HEROIN          50      1          2
    2025    referral=COURT|substance=HEROIN         50      1          2
    2025    referral=SELF|substance=CRACK           100     1          1
    2025    total                                   absent  -          -
    # it would always be 100
    """,
)
