from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="J01",
    question="Which facilities are there on the last day of the period?",
    facilities="""
    facility  from        to          status  settings      ownership  admin1
    F1        2020-01-01  -           ACTIVE  SPECIAL,LONG  STATE      KE-30
    # counted once, in both settings
    F2        2020-01-01  -           CLOSED  SPECIAL       STATE      KE-30
    F3        2020-01-01  2025-12-30  ACTIVE  SPECIAL       STATE      KE-30
    # until the day before
    F4        2020-01-01  2025-06-30  ACTIVE  PRISON        STATE      KE-30
    F4        2025-07-01  -           ACTIVE  SPECIAL       UNKNOWN    KE-28
    # unknown: whom it belongs to; the row that is valid on the day holds
    """,
    capacities="""
    facility  day
    F1        2025-01-31
    """,
    cells="""
    period   cell                                   value
    2025     total                                  2
    2025     setting=LONG_TERM_RESIDENTIAL          1
    2025     setting=SPECIALIZED_OUTPATIENT         2
    2025     ownership=STATE_PROVINCIAL_GOVERNMENT  1
    2025     ownership=UNKNOWN                      1
    2025     admin1=KE-28                           1
    2025     admin1=KE-30                           1
    2025-06  total                                  3      # F4 is still a prison
    """,
)
