from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="F01",
    question="How many stay for 12 weeks, or leave earlier as it was planned?",
    depends_on=("journey_gap_days", "stale_days", "alcohol_included"),
    episodes="""
    person  start       end         reason           setting  substance
    ann     2024-02-01  2024-04-25  DROPPED          SPECIAL  HEROIN
    # leap year: 84 days
    ben     2024-02-01  2024-04-24  DROPPED          SPECIAL  HEROIN
    cat     2024-02-01  2024-02-20  TRANSFERRED_NOT  SPECIAL  CRACK
    cat     2024-03-01  2024-05-01  DROPPED          LONG     HEROIN
    # transfer: one journey of 90 days, described by its first episode
    dan     2024-02-01  2024-02-11  COMPLETED_ABST   LONG     CRACK
    eve     2024-03-01  -           -                SPECIAL  HEROIN
    # stale: nothing was heard after the first day
    fay     2024-02-01  2024-03-01  DIED             LONG     HEROIN
    # death: was not planned
    gus     2026-09-01  -           -                SPECIAL  HEROIN
    """,
    cells="""
    period  cell                            value        numerator  denominator
    2024    total                           50           3          6
    2024    substance_group=COCAINE         100          2          2
    2024    substance_group=OPIOIDS         25           1          4
    2024    substance=CRACK                 100          2          2
    2024    substance=HEROIN                25           1          4
    2024    setting=LONG_TERM_RESIDENTIAL   50           1          2
    2024    setting=SPECIALIZED_OUTPATIENT  50           2          4
    2026    total                           NOT_MATURED  -          -
    # not matured: the 12 weeks of gus have not passed
    """,
)
