from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="G01",
    question="How many of those who leave have completed their treatment?",
    depends_on=("alcohol_included",),
    episodes="""
    person  start       end         reason          service         sex     age  substance  referral
    ann     2025-02-01  2025-05-01  COMPLETED_ABST  AMBULATORY_NON  FEMALE  20   HEROIN     SELF
    ben     2025-02-01  2025-05-01  COMPLETED_STAB  REHAB_LONG      MALE    40   HEROIN     COURT
    cat     2025-02-01  2025-05-01  CLOSED          AMBULATORY_NON  MALE    40   CRACK      SELF
    # planned, but not completed
    dan     2025-02-01  2025-05-01  UNKNOWN         AMBULATORY_NON  MALE    40   HEROIN     SELF
    # unknown: stays among those that are divided by
    eve     2025-02-01  -           -               AMBULATORY_NON  MALE    40   HEROIN     SELF
    # stale: no discharge
    fay     2025-02-01  2025-05-01  DIED            AMBULATORY_NON  FEMALE  20   HEROIN     SELF
    # death: stays among those that are divided by
    """,
    cells="""
    period  cell                                         value  numerator  denominator
    2025    total                                        40     2          5
    2025    service=AMBULATORY_NON_INTENSIVE_OUTPATIENT  25     1          4
    2025    service=REHAB_LONG_TERM_GT_30D               100    1          1
    2025    substance_group=COCAINE                      0      0          1
    2025    substance_group=OPIOIDS                      50     2          4
    2025    substance=CRACK                              0      0          1
    2025    substance=HEROIN                             50     2          4
    2025    sex=FEMALE                                   50     1          2
    2025    sex=MALE                                     100/3  1          3
    2025    age_band=20-24                               50     1          2
    2025    age_band=40-44                               100/3  1          3
    2025    age_group=18-24                              50     1          2
    2025    age_group=25-44                              100/3  1          3
    2025    referral=COURT                               100    1          1
    2025    referral=SELF                                25     1          4
    """,
)
