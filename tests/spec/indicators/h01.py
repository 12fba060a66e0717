from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="H01",
    question="How many of those who are to be followed up are reached, and how many have died?",
    depends_on=("alcohol_included",),
    episodes="""
    person  start       end         setting  sex     recovery_cohort
    ann     2025-01-01  2025-08-10  SPECIAL  FEMALE  YES
    ben     2025-01-01  2025-08-10  SPECIAL  MALE    YES
    cat     2025-01-01  2025-08-10  LONG     MALE    YES
    dan     2025-01-01  2025-08-10  LONG     MALE    YES
    eve     2025-01-01  2025-08-10  SPECIAL  FEMALE  NO
    fay     2026-01-01  2026-08-10  SPECIAL  FEMALE  YES
    """,
    outcomes="""
    person  kind       day         wave  status
    ann     FOLLOW_UP  2025-10-09  M3    INTERVIEWED_PARTIAL
    # on the 60th day, the first of the window
    ben     FOLLOW_UP  2025-10-08  M3    INTERVIEWED_FULL
    # a day too early
    cat     FOLLOW_UP  2025-11-01  M3    REFUSED
    # refused: found, and not interviewed
    dan     DEATH      2025-12-08  -     -
    # death: on the 120th day; leaves those that are divided by
    eve     FOLLOW_UP  2025-11-01  M3    INTERVIEWED_FULL
    # not of the cohort
    """,
    cells="""
    period  cell                                    measure  value        numerator  denominator
    2025    wave=M3                                 value    100/3        1          3
    2025    wave=M3                                 deaths   1            1          -
    2025    sex=FEMALE|wave=M3                      value    100          1          1
    2025    sex=MALE|wave=M3                        value    0            0          2
    2025    setting=LONG_TERM_RESIDENTIAL|wave=M3   value    0            0          1
    2025    setting=SPECIALIZED_OUTPATIENT|wave=M3  value    50           1          2
    2026    wave=M3                                 value    NOT_MATURED  -          -
    # not matured: fay is to be asked until 8 December
    2026    wave=M12                                value    NOT_MATURED  -          -
    2026    wave=M6                                 value    0            0          3
    2026    wave=M6                                 deaths   1            1          -
    2025    total                                   value    absent       -          -
    # one wave is never added to another
    """,
)
