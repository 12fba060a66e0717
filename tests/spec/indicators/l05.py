from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="L05",
    question="How much are published figures changed afterwards?",
    episodes="""
    person  start       end         substance
    ann     2025-02-01  2025-05-01  HEROIN
    """,
    releases="""
    period  vintage  indicator  value
    2025    1        B01        200
    2025    2        B01        215
    2025    3        B01        220
    # the newest is set against the first
    2025    1        C01        12.5
    2025    2        C01        12.375
    2025    1        G01        40
    # published once
    2025    1        A05        -3
    # nothing to divide by: its first value was not above 0
    """,
    cells="""
    period   cell           value   numerator  denominator
    2025     indicator=B01  10      20         200
    2025     indicator=C01  -1      -0.125     12.5
    2025     indicator=G01  0       0          40
    2025-02  indicator=B01  absent  -          -
    # nothing was published of that month
    """,
)
