from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="K05",
    question="How many say three months later that they see things otherwise?",
    trainings="""
    event  start       end         kind
    T1     2025-03-03  2025-03-07  POLICYMAKERS
    """,
    participants="""
    name  event  country  completed  interview            interviewed_on  changed
    ann   T1     KEN      YES        INTERVIEWED_FULL     2025-06-10      YES
    ben   T1     KEN      YES        INTERVIEWED_PARTIAL  2025-06-10      NO
    cat   T1     UGA      YES        REFUSED              -               -
    # refused: among those who were asked, not among those who answered
    dan   T1     UGA      YES        INTERVIEWED_FULL     2025-06-10      UNKNOWN
    # unknown: counts as not
    """,
    cells="""
    period  cell                     measure        value  numerator  denominator
    2025    total                    value          100/3  1          3
    2025    total                    response_rate  75     3          4
    2025    kind=POLICYMAKERS        value          100/3  1          3
    2025    participant_country=KEN  value          50     1          2
    2025    participant_country=UGA  value          0      0          1
    2025    participant_country=KEN  response_rate  100    2          2
    2025    participant_country=UGA  response_rate  50     1          2
    """,
)
