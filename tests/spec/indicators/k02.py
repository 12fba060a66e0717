from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="K02",
    question="What share of those who were trained are women?",
    trainings="""
    event  start       end         kind
    T1     2025-03-03  2025-03-07  POLICYMAKERS
    T2     2025-06-02  2025-06-06  SCALEUP
    """,
    participants="""
    name  event  sex      country  completed
    ann   T1     FEMALE   KEN      YES
    ann   T2     FEMALE   KEN      YES
    ben   T1     MALE     UGA      YES
    cat   T1     UNKNOWN  KEN      YES
    # unknown: not among those that are divided by
    dan   T1     MALE     KEN      NO
    """,
    cells="""
    period  cell                     value  numerator  denominator
    2025    total                    50     1          2
    2025    kind=POLICYMAKERS        50     1          2
    2025    kind=SCALEUP_STIMULANTS  100    1          1
    2025    participant_country=KEN  100    1          1
    2025    participant_country=UGA  0      0          1
    """,
)
