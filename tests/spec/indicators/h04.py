from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="H04",
    question="How many of those who are followed up work or study?",
    depends_on=("alcohol_included",),
    episodes="""
    person  start       end         sex     recovery_cohort
    ann     2025-01-01  2025-08-10  FEMALE  YES
    ben     2025-01-01  2025-08-10  MALE    YES
    cat     2025-01-01  2025-08-10  MALE    YES
    """,
    outcomes="""
    person  kind       day         wave  labour
    ann     FOLLOW_UP  2025-11-01  M3    STUDENT
    ben     FOLLOW_UP  2025-11-01  M3    UNEMPLOYED
    cat     FOLLOW_UP  2025-11-01  M3    UNKNOWN
    # unknown: not among those that are divided by
    """,
    cells="""
    period  cell                value  numerator  denominator
    2025    wave=M3             50     1          2
    2025    sex=FEMALE|wave=M3  100    1          1
    2025    sex=MALE|wave=M3    0      0          1
    """,
)
