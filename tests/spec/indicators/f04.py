from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="F04",
    question="How many are lost within 12 weeks?",
    depends_on=("journey_gap_days", "stale_days", "alcohol_included"),
    episodes="""
    person  start       end         reason           setting  substance
    ann     2025-03-01  2025-05-23  DROPPED          SPECIAL  HEROIN
    # 83 days
    ben     2025-03-01  2025-05-24  DROPPED          SPECIAL  HEROIN
    # 84 days
    cat     2025-03-01  2025-03-11  COMPLETED_ABST   SPECIAL  HEROIN
    dan     2025-03-01  2025-03-11  DIED             SPECIAL  HEROIN
    # death: not lost in this sense
    eve     2025-03-01  2025-03-11  ADMINISTRATIVE   LONG     CRACK
    fay     2025-03-01  2025-03-11  INCARCERATED     LONG     CRACK
    gus     2025-03-01  2025-03-11  TRANSFERRED_NOT  SPECIAL  HEROIN
    gus     2025-03-20  2025-04-01  DROPPED          LONG     HEROIN
    # transfer: lost after 31 days
    hal     2026-09-01  2026-09-10  DROPPED          SPECIAL  HEROIN
    """,
    cells="""
    period  cell                            value        numerator  denominator
    2025    total                           300/7        3          7
    2025    substance_group=COCAINE         50           1          2
    2025    substance_group=OPIOIDS         40           2          5
    2025    substance=CRACK                 50           1          2
    2025    substance=HEROIN                40           2          5
    2025    setting=LONG_TERM_RESIDENTIAL   50           1          2
    2025    setting=SPECIALIZED_OUTPATIENT  40           2          5
    2026    total                           NOT_MATURED  -          -
    # not matured: he might have come back
    """,
)
