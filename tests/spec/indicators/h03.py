from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="H03",
    question="Have people more of what recovery needs than when they came?",
    depends_on=("alcohol_included",),
    episodes="""
    person  start       end         substance  sex     recovery_cohort  barc  barc_total
    ann     2025-01-01  2025-08-10  HEROIN     FEMALE  YES              10*3  30
    ben     2025-01-01  2025-08-10  HEROIN     MALE    YES              10*5  49
    # 50: what counts is the sum of the answers
    cat     2025-01-01  2025-08-10  CRACK      MALE    YES              -     -
    # unknown: was not asked at the start
    dan     2025-01-01  2025-08-10  HEROIN     MALE    YES              9*5   45
    # unknown: one of ten questions without an answer; the scale is dropped
    """,
    outcomes="""
    person  kind       day         wave  barc     barc_total
    ann     FOLLOW_UP  2025-11-01  M3    7*5,3*4  47
    ben     FOLLOW_UP  2025-11-01  M3    6*5,4*4  46
    cat     FOLLOW_UP  2025-11-01  M3    10*6     60
    dan     FOLLOW_UP  2025-11-01  M3    10*6     60
    """,
    cells="""
    period  cell                             measure      value  numerator  denominator
    2025    wave=M3                          mean_change  6.5    13         2
    2025    wave=M3                          at_least_47  50     1          2
    2025    sex=FEMALE|wave=M3               mean_change  17     17         1
    2025    sex=MALE|wave=M3                 mean_change  -4     -4         1
    2025    substance_group=OPIOIDS|wave=M3  mean_change  6.5    13         2
    2025    substance=HEROIN|wave=M3         at_least_47  50     1          2
    """,
)
