from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="J06",
    question="How much of what quality asks for do facilities meet?",
    facilities="""
    facility  from        settings      admin1
    F1        2020-01-01  SPECIAL,LONG  KE-30
    F2        2020-01-01  SPECIAL       KE-28
    """,
    assessments="""
    facility  day         ratings
    F1        2024-03-01  S1:FULLY_MET
    F1        2025-03-01  S1:FULLY_MET,S2:NOT_MET,S2:NOT_APPLICABLE
    # the latest; not applicable: as if it had not been asked
    F2        2025-03-01  S1:FULLY_MET,S1:NOT_ASSESSED
    # unknown: a criterion that was not assessed, as if it had not been asked
    """,
    cells="""
    period  cell                            value  numerator  denominator
    2025    total                           75     1.5        2
    # the mean of 50 % and 100 %
    2025    setting=LONG_TERM_RESIDENTIAL   50     0.5        1
    2025    setting=SPECIALIZED_OUTPATIENT  75     1.5        2
    2025    standard=S1                     100    2          2
    2025    standard=S2                     0      0          1
    2024    total                           100    1          1
    """,
)
