from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="H02",
    question="How many of those who are followed up do not use their main drug?",
    depends_on=("alcohol_included",),
    episodes="""
    person  start       end         substance  sex     recovery_cohort
    ann     2025-01-01  2025-08-10  HEROIN     FEMALE  YES
    ben     2025-01-01  2025-08-10  HEROIN     MALE    YES
    cat     2025-01-01  2025-08-10  CRACK      MALE    YES
    # was not reached
    dan     2025-01-01  2025-08-10  HEROIN     MALE    YES
    eve     2025-01-01  2025-04-01  HEROIN     MALE    YES
    eve     2025-06-01  2025-08-10  HEROIN     FEMALE  YES
    # two sexes: the last discharge that falls due counts, once
    """,
    outcomes="""
    person  start       kind       day         wave  any_use
    ann     2025-01-01  FOLLOW_UP  2025-10-20  M3    YES
    ann     2025-01-01  FOLLOW_UP  2025-11-01  M3    NO
    # the later of two interviews
    ben     2025-01-01  FOLLOW_UP  2025-11-01  M3    YES
    dan     2025-01-01  FOLLOW_UP  2025-11-01  M3    UNKNOWN
    # unknown: stays among those that are divided by
    eve     2025-01-01  FOLLOW_UP  2025-07-01  M3    NO
    eve     2025-06-01  FOLLOW_UP  2025-11-01  M3    NO
    """,
    cells="""
    period   cell                             measure  value  numerator  denominator
    2025     wave=M3                          value    50     2          4
    2025     wave=M3                          of_due   40     2          5
    2025     sex=FEMALE|wave=M3               value    100    2          2
    2025     sex=MALE|wave=M3                 value    0      0          2
    2025     wave=M6                          of_due   0      0          1
    # eve, again: the M6 of her first stay
    2025     substance_group=OPIOIDS|wave=M3  value    50     2          4
    2025     substance_group=OPIOIDS|wave=M3  of_due   50     2          4
    2025     substance_group=OPIOIDS|wave=M6  of_due   0      0          1
    2025     substance_group=COCAINE|wave=M3  of_due   0      0          1
    2025     substance=HEROIN|wave=M3         value    50     2          4
    2025-07  wave=M3                          value    100    1          1
    # eve, after her first stay
    """,
)
