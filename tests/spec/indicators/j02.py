from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="J02",
    question="How many beds and places are there for 100 000 people?",
    facilities="""
    facility  from        settings  admin1
    F1        2020-01-01  LONG      KE-30
    F2        2020-01-01  LONG      KE-28
    """,
    capacities="""
    facility  day         beds  occupied  places
    F1        2025-03-01  10    8         50
    F1        2025-09-01  20    8         60
    # the latest of the period
    F2        2025-03-01  5     5         -
    """,
    estimates="""
    kind     year  value   from_age  to_age  admin1
    GENERAL  2025  100000  15        64      -
    GENERAL  2025  50000   15        64      KE-30
    GENERAL  2025  200000  -         -       -
    # of another age
    """,
    cells="""
    period   cell          measure  value          numerator  denominator
    2025     total         beds     25             25         100000
    2025     total         places   60             60         100000
    2025     admin1=KE-30  beds     40             20         50000
    2025     admin1=KE-30  places   120            60         50000
    2025-03  total         beds     15             15         100000
    2026     total         beds     NOT_AVAILABLE  0          0
    # nothing to divide by: of 2026 there is no estimate
    """,
)
