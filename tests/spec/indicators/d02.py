from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="D02",
    question="How many people come to treatment as an alternative to conviction or punishment?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    episodes="""
    person  start       end         sex     age  referral  ati_stage       ati_measure
    ann     2025-02-01  2025-03-01  FEMALE  30   POLICE    PRE_ARREST      WARNING
    ben     2025-02-01  2025-03-01  MALE    17   COURT     TRIAL           SUSPENDED
    cat     2025-02-01  2025-03-01  MALE    30   PRISON    TREATMENT       NOT_APPLICABLE
    # treatment in custody is no alternative
    dan     2025-02-01  2025-03-01  MALE    30   COURT     UNKNOWN         UNKNOWN
    # unknown: a stage that nobody noted
    eve     2025-02-01  2025-03-01  FEMALE  30   SELF      NOT_APPLICABLE  NOT_APPLICABLE
    # not applicable: nobody sent her
    """,
    cells="""
    period  cell                               value
    2025    total                              2
    2025    ati_stage=PRE_ARREST               1
    2025    ati_stage=TRIAL_AND_SENTENCING     1
    2025    ati_measure=SUSPENDED_SENTENCE     1
    2025    ati_measure=WARNING_WITH_REFERRAL  1
    2025    sex=FEMALE                         1
    2025    sex=MALE                           1
    2025    under_18=NO                        1
    2025    under_18=YES                       1
    """,
)
