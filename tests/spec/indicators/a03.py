from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="A03",
    question="How many people are in treatment on the last day of the period?",
    depends_on=("stale_days", "alcohol_included"),
    episodes="""
    person  start       end         setting  sex      interventions
    ann     2025-12-31  2026-02-01  SPECIAL  FEMALE   CBT
    # came on the day
    ben     2025-03-01  2025-12-31  SPECIAL  MALE     CBT
    # left on the day
    cat     2025-06-01  2026-01-01  SPECIAL  FEMALE   OAT_METHADONE
    dan     2025-06-01  2026-03-01  LONG     MALE     OAT_METHADONE
    eve     2025-09-01  2026-01-15  SPECIAL  MALE     CBT
    eve     2025-11-01  2026-01-15  LONG     MALE     CBT
    # overlap: one person in two settings
    fay     2025-02-01  -           SPECIAL  FEMALE   CBT
    # stale: nothing was heard of her since February
    gus     2025-07-01  2026-07-01  SPECIAL  UNKNOWN  CBT
    # unknown: a sex that is not known
    hal     2026-09-01  -           SPECIAL  MALE     CBT
    """,
    outcomes="""
    person  kind          day         interventions  on_oat
    dan     IN_TREATMENT  2025-10-01  CBT            NO
    # has stopped methadone
    """,
    cells="""
    period   cell                            value
    2025     total                           5      # ann, cat, dan, eve, gus
    2025     sex=FEMALE                      2
    2025     sex=MALE                        2
    2025     sex=UNKNOWN                     1
    2025     setting=SPECIALIZED_OUTPATIENT  4
    2025     setting=LONG_TERM_RESIDENTIAL   2
    2025     oat=NO                          4
    2025     oat=YES                         1
    2025-06  total                           3      # ben, cat, dan
    2025-06  oat=NO                          1
    2025-06  oat=YES                         2
    2026     total                           1      # hal, on the as-of day
    """,
)
