from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="K04",
    question="How many institutions were reached, and how many trainings led to a plan?",
    trainings="""
    event  start       end         held_in  plan
    T1     2025-03-03  2025-03-07  KEN      YES
    T2     2025-06-02  2025-06-06  UGA      NO
    T3     2025-09-01  2025-09-05  UGA      UNKNOWN
    # unknown: not counted
    """,
    participants="""
    name  event  sector   institution  country
    ann   T1     HEALTH   I1           KEN
    ben   T1     JUSTICE  I1           KEN
    # one institution, in two sectors
    cat   T2     HEALTH   I2           UGA
    """,
    cells="""
    period  cell                     measure       value
    2025    total                    institutions  2
    2025    sector=HEALTH            institutions  2
    2025    sector=JUSTICE           institutions  1
    2025    participant_country=KEN  institutions  1
    2025    participant_country=UGA  institutions  1
    2025    total                    plans         1
    2025    country_held=KEN         plans         1
    """,
)
