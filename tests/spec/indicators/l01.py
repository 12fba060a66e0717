from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="L01",
    question="How many facilities report?",
    facilities="""
    facility  from        to          status         settings  admin1
    F1        2020-01-01  -           ACTIVE         SPECIAL   KE-30
    F2        2020-01-01  -           ACTIVE         LONG      KE-28
    F3        2020-01-01  -           ACTIVE         SPECIAL   KE-30
    # said nothing
    F4        2020-01-01  -           NOT_PROVIDING  SPECIAL   KE-30
    F5        2020-01-01  2024-12-31  ACTIVE         SPECIAL   KE-30
    # closed before the year
    """,
    capacities="""
    facility  day
    F2        2025-03-01
    # nobody was admitted, and that was told
    """,
    episodes="""
    person  start       end         facility  interventions
    ann     2025-02-01  2025-03-01  F1        NEEDLE
    # not structured: reports all the same
    """,
    cells="""
    period   cell                                     value  numerator  denominator
    2025     total                                    200/3  2          3
    2025     centre_type=INPATIENT_TREATMENT_CENTRE   100    1          1
    2025     centre_type=OUTPATIENT_TREATMENT_CENTRE  50     1          2
    2025     admin1=KE-28                             100    1          1
    2025     admin1=KE-30                             50     1          2
    2025-04  total                                    0      0          3
    """,
)
