from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="J04",
    question="How many facilities have services for women, for the young, opioid agonists, "
    "HIV services?",
    facilities="""
    facility  from        to          women    youth  interventions      hiv  ownership  admin1
    F1        2020-01-01  -           YES      NO     OAT_METHADONE,CBT  YES  STATE      KE-30
    F2        2020-01-01  -           UNKNOWN  YES    CBT                NO   STATE      KE-28
    # unknown: not among those that are divided by
    F3        2020-01-01  2025-06-30  YES      YES    OAT_METHADONE      YES  STATE      KE-28
    # no longer there
    """,
    capacities="""
    facility  day
    F1        2025-01-31
    """,
    cells="""
    period  cell                                   measure         value  numerator  denominator
    2025    total                                  women_specific  100    1          1
    2025    total                                  youth           50     1          2
    2025    total                                  oat             50     1          2
    2025    total                                  hiv             50     1          2
    2025    admin1=KE-30                           women_specific  100    1          1
    2025    admin1=KE-28                           youth           100    1          1
    2025    admin1=KE-30                           youth           0      0          1
    2025    ownership=STATE_PROVINCIAL_GOVERNMENT  oat             50     1          2
    """,
)
