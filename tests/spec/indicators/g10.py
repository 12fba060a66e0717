from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="G10",
    question="How many of those who are sent on arrive?",
    depends_on=("alcohol_included",),
    episodes="""
    person  start       end         reason           setting  facility  revision  operation
    ann     2025-02-01  2025-03-01  TRANSFERRED_NOT  LONG     F1        -         -
    ann     2025-03-22  2025-06-01  COMPLETED_ABST   SPECIAL  F2        -         -
    # transfer: arrives after 21 days
    ben     2025-02-01  2025-03-01  TRANSFERRED_IN   LONG     F1        -         -
    ben     2025-03-23  2025-06-01  COMPLETED_ABST   SPECIAL  F2        -         -
    # after 22 days
    cat     2025-02-01  2025-03-01  TRANSFERRED_NOT  SPECIAL  F1        -         -
    cat     2025-03-05  2025-06-01  COMPLETED_ABST   SPECIAL  F1        -         -
    # back where she came from
    fay     2025-02-01  2025-03-01  TRANSFERRED_NOT  LONG     F1        -         -
    fay     2025-03-05  2025-06-01  COMPLETED_ABST   SPECIAL  F2        1         -
    fay     2025-03-05  2025-06-01  COMPLETED_ABST   SPECIAL  F2        2         RETRACT
    # retracted: she never came
    eve     2026-08-01  2026-09-20  TRANSFERRED_NOT  SPECIAL  F1        -         -
    """,
    cells="""
    period  cell                            value        numerator  denominator
    2025    total                           25           1          4
    2025    setting=LONG_TERM_RESIDENTIAL   100/3        1          3
    2025    setting=SPECIALIZED_OUTPATIENT  0            0          1
    2026    total                           NOT_MATURED  -          -
    # not matured: the 21 days of eve have not passed
    """,
)
