from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="J05",
    question="How many facilities had their quality assessed within two years?",
    facilities="""
    facility  from        reports_to_system  admin1
    F1        2020-01-01  YES                KE-30
    F2        2020-01-01  YES                KE-28
    F3        2020-01-01  NO                 KE-28
    # does not report: not among those that are divided by
    """,
    assessments="""
    facility  day         assessor_kind      ratings
    F1        2024-01-01  EXTERNAL_NATIONAL  S1:FULLY_MET
    # within the 24 months before 31 December 2025
    F1        2025-06-01  SELF               S1:FULLY_MET
    F2        2023-12-31  SELF               S1:FULLY_MET
    # a day too early
    F3        2025-06-01  SELF               S1:FULLY_MET
    """,
    cells="""
    period  cell                             value  numerator  denominator
    2025    total                            50     1          2
    2025    admin1=KE-28                     0      0          1
    2025    admin1=KE-30                     100    1          1
    2025    assessor_kind=EXTERNAL_NATIONAL  50     1          2
    2025    assessor_kind=SELF               50     1          2
    """,
)
