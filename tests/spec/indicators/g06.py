from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="G06",
    question="How many who used their main drug at the start no longer use it when they leave?",
    depends_on=("alcohol_included",),
    episodes="""
    person  start       end         substance  frequency  opioid_days  exit.any_use
    ann     2025-02-01  2025-05-01  HEROIN     NOT_USED   10           NO
    # used it on 10 of 28 days
    ben     2025-02-01  2025-05-01  HEROIN     ONCE       -            NO
    cat     2025-02-01  2025-05-01  CRACK      DAILY      -            YES
    dan     2025-02-01  2025-05-01  HEROIN     DAILY      -            UNKNOWN
    # unknown: in the share of those who were asked twice
    eve     2025-02-01  2025-05-01  HEROIN     NOT_USED   0            NO
    # did not use it at the start
    fay     2025-02-01  2025-05-01  HEROIN     DAILY      -            NOT_APPLICABLE
    # not applicable: as if it were not known
    """,
    cells="""
    period  cell                     measure  value  numerator  denominator
    2025    total                    value    200/3  2          3
    2025    total                    paired   60     3          5
    2025    substance_group=COCAINE  value    0      0          1
    2025    substance_group=OPIOIDS  value    100    2          2
    2025    substance_group=COCAINE  paired   100    1          1
    2025    substance_group=OPIOIDS  paired   50     2          4
    2025    substance=CRACK          value    0      0          1
    2025    substance=HEROIN         value    100    2          2
    """,
)
