from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="L05",
    question="How much are published figures changed afterwards?",
    episodes="""
    person  start       end         substance
    ann     2025-02-01  2025-05-01  HEROIN
    """,
    cells="""
    period  cell           value   numerator  denominator
    2025    indicator=A02  absent  -          -
    # nothing has been published yet
    """,
)
