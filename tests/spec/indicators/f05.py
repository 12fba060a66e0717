from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="F05",
    question="How many opioid users in treatment have naloxone at home?",
    depends_on=("stale_days", "alcohol_included"),
    episodes="""
    person  start       end         setting  substance  take_home_naloxone  exit.naloxone_given
    ann     2025-02-01  2025-05-01  SPECIAL  HEROIN     YES                 NO
    ben     2025-02-01  2025-05-01  SPECIAL  HEROIN     NO                  YES
    cat     2025-02-01  2025-05-01  LONG     FENTANYLS  NO                  UNKNOWN
    # unknown: counts as not
    dan     2025-02-01  2025-05-01  SPECIAL  CRACK      YES                 YES
    # not of opioids
    eve     2025-02-01  2025-05-01  SPECIAL  HEROIN     NO                  NO
    eve     2025-03-01  2025-05-01  LONG     HEROIN     YES                 NO
    # overlap: in two settings; one of them gave it
    """,
    cells="""
    period  cell                            value  numerator  denominator
    2025    total                           75     3          4
    2025    setting=LONG_TERM_RESIDENTIAL   50     1          2
    2025    setting=SPECIALIZED_OUTPATIENT  100    3          3
    """,
)
