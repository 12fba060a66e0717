from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="H05",
    question="Do people live better than when they came?",
    depends_on=("alcohol_included",),
    episodes="""
    person  start       end         sex     recovery_cohort  whoqol
    ann     2025-01-01  2025-08-10  FEMALE  YES              26*3
    # 50 of 100 in each domain
    ben     2025-01-01  2025-08-10  MALE    YES              26*3
    cat     2025-01-01  2025-08-10  MALE    YES              20*3,6*0
    # unknown: six of 26 questions without an answer; the scale is dropped
    """,
    outcomes="""
    person  kind       day         wave  whoqol
    ann     FOLLOW_UP  2025-11-01  M3    2*4,2*2,21*4,1*2
    # 75 in each domain: the third, fourth and last question ask for the opposite
    ben     FOLLOW_UP  2025-11-01  M3    26*3
    cat     FOLLOW_UP  2025-11-01  M3    26*5
    """,
    cells="""
    period  cell                                     value  numerator  denominator
    2025    domain=ENVIRONMENT|wave=M3               12.5   25         2
    2025    domain=PHYSICAL|wave=M3                  12.5   25         2
    2025    domain=PSYCHOLOGICAL|wave=M3             12.5   25         2
    2025    domain=SOCIAL|wave=M3                    12.5   25         2
    2025    domain=ENVIRONMENT|sex=FEMALE|wave=M3    25     25         1
    2025    domain=ENVIRONMENT|sex=MALE|wave=M3      0      0          1
    2025    domain=PHYSICAL|sex=FEMALE|wave=M3       25     25         1
    2025    domain=PHYSICAL|sex=MALE|wave=M3         0      0          1
    2025    domain=PSYCHOLOGICAL|sex=FEMALE|wave=M3  25     25         1
    2025    domain=PSYCHOLOGICAL|sex=MALE|wave=M3    0      0          1
    2025    domain=SOCIAL|sex=FEMALE|wave=M3         25     25         1
    2025    domain=SOCIAL|sex=MALE|wave=M3           0      0          1
    """,
)
