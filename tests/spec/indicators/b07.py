from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="B07",
    question="How long do people wait for their treatment?",
    depends_on=("entrant_gap_days", "stale_days", "alcohol_included"),
    facilities="""
    facility  from        admin1
    F1        2020-01-01  KE-30
    F2        2020-01-01  KE-28
    """,
    episodes="""
    person  requested   start       end         facility  setting
    ann     2024-02-28  2024-03-02  2024-05-01  F1        SPECIAL
    # leap year: 3 days
    ben     2024-03-01  2024-03-01  2024-05-01  F1        SPECIAL
    cat     2024-03-01  2024-03-11  2024-05-01  F2        LONG
    dan     2024-03-01  2024-04-10  2024-05-01  F2        LONG
    eve     -           2024-03-01  2024-05-01  F1        SPECIAL
    # unknown: nobody noted when she asked
    fay     -           2024-03-01  2024-04-01  F1        SPECIAL
    fay     2024-04-01  2024-06-01  2024-07-01  F1        SPECIAL
    # two months after she left she does not enter again
    """,
    cells="""
    period   cell                            measure  value          denominator
    2024     total                           median   10             4
    # of 0, 3, 10 and 40: the third, as half of them are below it
    2024     total                           p90      40             4
    2024     setting=LONG_TERM_RESIDENTIAL   median   40             2
    2024     setting=SPECIALIZED_OUTPATIENT  median   3              2
    2024     admin1=KE-28                    p90      40             2
    2024     admin1=KE-30                    p90      3              2
    2024-06  total                           median   NOT_AVAILABLE  0
    # nothing to divide by
    """,
)
