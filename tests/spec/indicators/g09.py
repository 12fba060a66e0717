from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="G09",
    question="How many who injected at the start no longer do when they leave?",
    depends_on=("alcohol_included",),
    episodes="""
    person  start       end         sex     substance  injecting      exit.injecting
    ann     2025-02-01  2025-05-01  FEMALE  HEROIN     CURRENTLY      NO
    ben     2025-02-01  2025-05-01  MALE    CRACK      CURRENTLY      YES
    cat     2025-02-01  2025-05-01  MALE    HEROIN     CURRENTLY      REFUSED
    # refused: in the share of those who were asked twice
    dan     2025-02-01  2025-05-01  MALE    HEROIN     INJECTED_LAST  NO
    # had stopped before
    """,
    cells="""
    period  cell                     measure  value  numerator  denominator
    2025    total                    value    50     1          2
    2025    total                    paired   200/3  2          3
    2025    sex=FEMALE               value    100    1          1
    2025    sex=MALE                 value    0      0          1
    2025    substance_group=COCAINE  value    0      0          1
    2025    substance_group=OPIOIDS  value    100    1          1
    2025    substance_group=COCAINE  paired   100    1          1
    2025    substance_group=OPIOIDS  paired   50     1          2
    2025    substance=CRACK          value    0      0          1
    2025    substance=HEROIN         value    100    1          1
    """,
)
