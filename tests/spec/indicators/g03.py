from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="G03",
    question="How many of those who left free of dependence come back within half a year?",
    depends_on=("journey_gap_days", "stale_days", "alcohol_included"),
    episodes="""
    person  start       end         reason          substance
    ann     2025-09-01  2025-12-01  COMPLETED_ABST  HEROIN
    ann     2026-06-01  2026-07-01  DROPPED         HEROIN
    # 182 days later
    ben     2025-09-01  2025-12-01  COMPLETED_ABST  HEROIN
    ben     2026-06-02  2026-07-01  DROPPED         HEROIN
    # 183 days later
    cat     2025-09-01  2025-12-01  COMPLETED_NOT   CRACK
    dan     2025-06-01  2025-07-01  COMPLETED_ABST  HEROIN
    dan     2025-07-20  2025-08-20  DROPPED         HEROIN
    # back after 19 days: the same journey, which ended otherwise
    eve     2026-05-01  2026-06-01  COMPLETED_ABST  HEROIN
    """,
    cells="""
    period   cell                     value          numerator  denominator
    2025     total                    100/3          1          3
    2025     substance_group=COCAINE  0              0          1
    2025     substance_group=OPIOIDS  50             1          2
    2025-09  total                    NOT_AVAILABLE  0          0
    # nothing to divide by
    2026     total                    NOT_MATURED    -          -
    # not matured: the half year of eve has not passed
    """,
)
