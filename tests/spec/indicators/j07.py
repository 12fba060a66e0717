from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="J07",
    question="How many of the six levels of care are there?",
    facilities="""
    facility  from        status  settings        admin1
    F1        2020-01-01  ACTIVE  SPECIAL,LONG    KE-30
    F2        2020-01-01  ACTIVE  SPECIAL,PRISON  KE-28
    # a prison is none of the six
    F3        2020-01-01  CLOSED  SHORT_TERM      KE-28
    """,
    capacities="""
    facility  day
    F1        2025-01-31
    """,
    cells="""
    period  cell          value
    2025    total         2
    2025    admin1=KE-28  1
    2025    admin1=KE-30  2
    """,
)
