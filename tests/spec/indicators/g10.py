from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="G10",
    question="How many of those who are sent on arrive?",
    depends_on=("alcohol_included",),
    episodes="""
    person  start       end         reason           setting  facility  interventions
    ann     2025-02-01  2025-03-01  TRANSFERRED_NOT  LONG     F1        CBT
    ann     2025-03-22  2025-06-01  COMPLETED_ABST   SPECIAL  F2        CBT
    # transfer: arrives after 21 days
    ben     2025-02-01  2025-03-01  TRANSFERRED_IN   LONG     F1        CBT
    ben     2025-03-23  2025-06-01  COMPLETED_ABST   SPECIAL  F2        CBT
    # after 22 days
    cat     2025-02-01  2025-03-01  TRANSFERRED_NOT  SPECIAL  F1        CBT
    cat     2025-03-05  2025-06-01  COMPLETED_ABST   SPECIAL  F1        CBT
    # back where she came from
    dan     2025-02-01  2025-03-01  TRANSFERRED_NOT  SPECIAL  F1        CBT
    dan     2025-03-05  2025-06-01  COMPLETED_ABST   SPECIAL  F2        NEEDLE
    # not structured: needle exchange only
    eve     2026-08-01  2026-09-20  TRANSFERRED_NOT  SPECIAL  F1        CBT
    """,
    cells="""
    period  cell                            value        numerator  denominator
    2025    total                           25           1          4
    2025    setting=LONG_TERM_RESIDENTIAL   50           1          2
    2025    setting=SPECIALIZED_OUTPATIENT  0            0          2
    2026    total                           NOT_MATURED  -          -
    # not matured: the 21 days of eve have not passed
    """,
)
