from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="H06",
    question="How many of those who are followed up had an overdose and survived it?",
    depends_on=("alcohol_included",),
    episodes="""
    person  start       end         substance  sex     recovery_cohort
    ann     2025-01-01  2025-08-10  HEROIN     FEMALE  YES
    ben     2025-01-01  2025-08-10  CRACK      MALE    YES
    cat     2025-01-01  2025-08-10  HEROIN     MALE    YES
    """,
    outcomes="""
    person  kind       day         wave  overdoses
    ann     FOLLOW_UP  2025-11-01  M3    0
    ben     FOLLOW_UP  2025-11-01  M3    2
    cat     FOLLOW_UP  2025-11-01  M3    -
    # unknown: nobody asked him; not among those that are divided by
    """,
    cells="""
    period  cell                             value  numerator  denominator
    2025    wave=M3                          50     1          2
    2025    sex=FEMALE|wave=M3               0      0          1
    2025    sex=MALE|wave=M3                 100    1          1
    2025    substance_group=COCAINE|wave=M3  100    1          1
    2025    substance_group=OPIOIDS|wave=M3  0      0          1
    2025    substance=CRACK|wave=M3          100    1          1
    2025    substance=HEROIN|wave=M3         0      0          1
    """,
)
