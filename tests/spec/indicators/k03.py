from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="K03",
    question="How much more do people know after a training?",
    trainings="""
    event  start       end         kind
    T1     2025-03-03  2025-03-07  POLICYMAKERS
    T2     2025-06-02  2025-06-06  SCALEUP
    """,
    participants="""
    name  event  country  pre  post
    ann   T1     KEN      50   60
    ben   T1     KEN      40   60
    cat   T2     UGA      60   57
    dan   T2     UGA      -    80
    # unknown: came too late for the first test
    """,
    cells="""
    period  cell                     measure   value     numerator  denominator
    2025    total                    points    9         27         3
    2025    total                    relative  2700/150  27         150
    # all that was gained, of all that was known
    2025    event=T1                 points    15        30         2
    2025    event=T2                 points    -3        -3         1
    2025    kind=POLICYMAKERS        points    15        30         2
    2025    kind=SCALEUP_STIMULANTS  points    -3        -3         1
    2025    participant_country=KEN  relative  3000/90   30         90
    2025    participant_country=UGA  relative  -5        -3         60
    """,
)
