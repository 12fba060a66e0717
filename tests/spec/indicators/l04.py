from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="L04",
    question="How long does it take until records arrive?",
    episodes="""
    episode  person  start       setting  revision  received
    a        ann     2026-01-10  SPECIAL  1         2026-02-01
    # 22 days
    a        ann     2026-01-10  LONG     2         2026-04-01
    # corrected: the first revision tells how late it was
    b        ben     2026-02-01  SPECIAL  1         2026-02-01
    c        cat     2026-01-30  SPECIAL  1         2026-02-03
    """,
    outcomes="""
    person  kind          day         received
    ben     IN_TREATMENT  2026-02-10  2026-02-12
    """,
    capacities="""
    facility  day         received
    F1        2026-01-31  2026-02-15
    """,
    assessments="""
    facility  day         received    ratings
    F1        2026-02-01  2026-02-21  S1:FULLY_MET
    """,
    cells="""
    period   cell              measure  value          denominator
    2026-02  total             median   15             6
    # of 0, 2, 4, 15, 20 and 22 days
    2026-02  total             p90      22             6
    2026-02  family=ADMISSION  median   4              3
    2026-02  family=CAPACITY   median   15             1
    2026-02  family=OUTCOME    median   2              1
    2026-02  family=QA         median   20             1
    2026-04  total             median   NOT_AVAILABLE  0
    # nothing to divide by
    """,
)
