from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="K01",
    question="How many people were trained?",
    trainings="""
    event  start       end         kind          revision  operation
    T1     2025-03-03  2025-03-07  POLICYMAKERS  -         -
    T2     2025-06-02  2025-06-06  SCALEUP       -         -
    T3     2025-12-29  2026-01-02  SCALEUP       -         -
    # counts where it ends
    T4     2025-09-01  2025-09-05  SCALEUP       1         -
    T4     2025-09-01  2025-09-05  SCALEUP       2         RETRACT
    # retracted: it did not take place
    T5     2025-11-03  2025-11-07  SCALEUP       1         -
    T5     2026-01-05  2026-01-09  SCALEUP       2         -
    # corrected: the date moves it to the next year
    """,
    participants="""
    name  event  sex     sector   country  completed
    ann   T1     FEMALE  HEALTH   KEN      YES
    ann   T2     FEMALE  JUSTICE  KEN      YES
    # counted once, in both kinds; the latest event describes her
    ben   T1     MALE    HEALTH   UGA      YES
    cat   T1     FEMALE  HEALTH   KEN      NO
    # did not complete it
    dan   T3     MALE    HEALTH   KEN      YES
    fay   T4     FEMALE  HEALTH   KEN      YES
    gus   T5     MALE    HEALTH   KEN      YES
    eve   T9     FEMALE  HEALTH   KEN      YES
    # nobody has told of that training yet
    """,
    cells="""
    period  cell                     value
    2025    total                    2
    2025    kind=POLICYMAKERS        2
    2025    kind=SCALEUP_STIMULANTS  1
    2025    sex=FEMALE               1
    2025    sex=MALE                 1
    2025    sector=HEALTH            1
    2025    sector=JUSTICE           1
    2025    participant_country=KEN  1
    2025    participant_country=UGA  1
    2026    total                    2
    """,
)
