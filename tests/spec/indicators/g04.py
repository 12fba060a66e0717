from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="G04",
    question="How many of those in treatment leave it free of dependence and stay away for "
    "half a year?",
    depends_on=("journey_gap_days", "stale_days", "alcohol_included"),
    facilities="""
    facility  from        admin1
    F1        2020-01-01  KE-30
    F2        2020-01-01  KE-28
    """,
    episodes="""
    person  start       end         reason           facility  substance
    ann     2025-09-01  2025-12-01  COMPLETED_ABST   F1        HEROIN
    ann     2026-06-01  2026-07-01  DROPPED          F1        HEROIN
    # is back after 182 days
    ben     2025-09-01  2025-12-01  COMPLETED_ABST   F1        HEROIN
    cat     2025-09-01  2025-12-01  COMPLETED_NOT    F2        CRACK
    dan     2025-09-01  2025-12-01  DROPPED          F1        HEROIN
    eve     2025-09-01  2025-10-01  TRANSFERRED_NOT  F1        HEROIN
    eve     2025-10-05  2025-12-01  COMPLETED_NOT    F2        HEROIN
    # transfer: in treatment in two regions, counted in both and once in the total
    """,
    cells="""
    period   cell                     value        numerator  denominator
    2025     total                    60           3          5
    2025     substance_group=COCAINE  100          1          1
    2025     substance_group=OPIOIDS  50           2          4
    2025     admin1=KE-28             100          2          2
    2025     admin1=KE-30             50           2          4
    2025-Q4  total                    absent       -          -            # years only
    2026     total                    NOT_MATURED  -          -
    # not matured: half a year after its end
    """,
)
