from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="B08",
    question="How many are in treatment within three weeks of asking for it?",
    depends_on=("alcohol_included",),
    facilities="""
    facility  from        admin1
    F1        2020-01-01  KE-30
    F2        2020-01-01  KE-28
    """,
    episodes="""
    person  requested   start       end         facility  setting  interventions
    ann     2025-03-01  2025-03-22  2025-05-01  F1        SPECIAL  OAT_METHADONE
    # 21 days
    ben     2025-03-01  2025-03-23  2025-05-01  F1        SPECIAL  CBT
    # 22 days
    ben     2025-05-01  2025-05-01  2025-06-01  F2        LONG     CBT
    # transfer: episodes are counted, not entries
    cat     -           2025-03-01  2025-05-01  F1        SPECIAL  CBT
    # unknown: nobody noted when she asked
    dan     2025-03-01  2025-03-01  2025-05-01  F1        SPECIAL  NEEDLE
    # not structured: needle exchange only
    """,
    cells="""
    period  cell                            value  numerator  denominator
    2025    total                           200/3  2          3
    2025    setting=LONG_TERM_RESIDENTIAL   100    1          1
    2025    setting=SPECIALIZED_OUTPATIENT  50     1          2
    2025    admin1=KE-28                    100    1          1
    2025    admin1=KE-30                    50     1          2
    2025    oat=NO                          50     1          2
    2025    oat=YES                         100    1          1
    """,
)
