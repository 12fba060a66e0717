from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="G07",
    question="On how many days fewer do people use their main drug when they leave?",
    depends_on=("alcohol_included",),
    episodes="""
    person  start       end         setting  substance  opioid_days  exit.opioid_days
    ann     2025-02-01  2025-05-01  SPECIAL  HEROIN     10           0
    ben     2025-02-01  2025-05-01  LONG     HEROIN     0            3
    cat     2025-02-01  2025-05-01  SPECIAL  HEROIN     -            3
    # unknown: was not asked at the start
    dan     2025-02-01  2025-05-01  SPECIAL  CRACK      20           0
    # the days of another drug than his main one
    """,
    cells="""
    period  cell                            measure  value  numerator  denominator
    2025    total                           value    -3.5   -7         2
    2025    total                           paired   50     2          4
    2025    substance_group=OPIOIDS         value    -3.5   -7         2
    2025    substance_group=COCAINE         paired   0      0          1
    2025    substance_group=OPIOIDS         paired   200/3  2          3
    2025    substance=HEROIN                value    -3.5   -7         2
    2025    setting=LONG_TERM_RESIDENTIAL   value    3      3          1
    2025    setting=SPECIALIZED_OUTPATIENT  value    -10    -10        1
    """,
)
