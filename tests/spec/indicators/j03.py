from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="J03",
    question="How full are the beds?",
    facilities="""
    facility  from        settings      admin1
    F1        2020-01-01  LONG,SPECIAL  KE-30
    F2        2020-01-01  LONG          KE-28
    """,
    capacities="""
    facility  day         beds  occupied
    F1        2025-03-01  10    2
    F1        2025-09-01  10    8
    # the latest of the period
    F1        2025-10-01  -     -
    # unknown: how many beds there were; not used
    F2        2025-03-01  10    12
    # overcrowded
    """,
    cells="""
    period   cell                            value          numerator  denominator
    2025     total                           100            20         20
    2025     setting=LONG_TERM_RESIDENTIAL   100            20         20
    2025     setting=SPECIALIZED_OUTPATIENT  80             8          10
    2025     admin1=KE-28                    120            12         10
    2025     admin1=KE-30                    80             8          10
    2025-10  total                           NOT_AVAILABLE  0          0
    # nothing to divide by
    """,
)
