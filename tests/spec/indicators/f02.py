from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="F02",
    question="How many stay on opioid agonist treatment for 6, and for 12 months?",
    depends_on=("stale_days", "alcohol_included"),
    episodes="""
    person  start       end         setting  sex     referral  interventions
    ann     2025-01-01  2025-03-01  SPECIAL  FEMALE  SELF      OAT_METHADONE
    ann     2025-03-29  2025-07-10  LONG     FEMALE  COURT     OAT_METHADONE
    # transfer: 28 days without are bridged, 190 days in all
    ben     2025-01-01  2025-03-01  SPECIAL  MALE    COURT     OAT_METHADONE
    ben     2025-03-30  2026-03-01  LONG     MALE    SELF      OAT_METHADONE
    # 29 days without: the first spell ended in March
    cat     2025-01-01  -           SPECIAL  MALE    SELF      OAT_METHADONE
    dan     2025-01-01  2025-12-01  SPECIAL  MALE    SELF      OAT_METHADONE
    eve     2026-01-01  -           SPECIAL  FEMALE  SELF      OAT_METHADONE
    """,
    outcomes="""
    person  kind          day         on_oat  interventions
    cat     IN_TREATMENT  2025-06-01  YES     OAT_METHADONE
    cat     IN_TREATMENT  2026-06-01  YES     OAT_METHADONE
    dan     IN_TREATMENT  2025-05-01  NO      CBT
    # goes on with other treatment
    eve     IN_TREATMENT  2026-08-01  YES     OAT_METHADONE
    """,
    cells="""
    period  cell                            measure    value        numerator  denominator
    2025    total                           months_6   50           2          4
    2025    total                           months_12  25           1          4
    2025    sex=FEMALE                      months_6   100          1          1
    2025    sex=MALE                        months_6   100/3        1          3
    2025    setting=SPECIALIZED_OUTPATIENT  months_6   50           2          4
    # where the spell began
    2025    referral=COURT                  months_6   0            0          1
    2025    referral=SELF                   months_6   200/3        2          3
    2026    total                           months_6   100          1          1
    2026    total                           months_12  NOT_MATURED  -          -
    # not matured: eve has been there for nine months
    """,
)
