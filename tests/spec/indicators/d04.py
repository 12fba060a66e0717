from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="D04",
    question="How often is consent to treatment documented, and how often is somebody "
    "treated without it?",
    depends_on=("alcohol_included",),
    episodes="""
    person  start       end         setting  referral  voluntariness
    ann     2025-02-01  2025-03-01  SPECIAL  SELF      VOLUNTARY
    ann     2025-04-01  2025-05-01  SPECIAL  SELF      VOLUNTARY
    # episodes are counted: twice
    ben     2025-02-01  2025-03-01  LONG     COURT     WITHOUT_CONSENT
    cat     2025-02-01  2025-03-01  SPECIAL  COURT     CONSENT_UNDER
    # neither
    dan     2025-02-01  2025-03-01  SPECIAL  SELF      UNKNOWN
    # unknown: not among those that are divided by
    """,
    cells="""
    period  cell                            measure          value  numerator  denominator
    2025    total                           voluntary        50     2          4
    2025    total                           without_consent  25     1          4
    2025    setting=LONG_TERM_RESIDENTIAL   voluntary        0      0          1
    2025    setting=SPECIALIZED_OUTPATIENT  voluntary        200/3  2          3
    2025    setting=LONG_TERM_RESIDENTIAL   without_consent  100    1          1
    2025    setting=SPECIALIZED_OUTPATIENT  without_consent  0      0          3
    2025    referral=COURT                  voluntary        0      0          2
    2025    referral=SELF                   voluntary        100    2          2
    2025    referral=COURT                  without_consent  50     1          2
    2025    referral=SELF                   without_consent  0      0          2
    """,
)
