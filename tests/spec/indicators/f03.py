from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="F03",
    question="How long do people stay?",
    depends_on=("alcohol_included",),
    episodes="""
    person  start       end         reason          precision  setting  service         substance
    ann     2024-02-28  2024-03-01  DROPPED         DAY        SPECIAL  AMBULATORY_NON  HEROIN
    # leap year: 3 days, the last one counts outside of residences
    ben     2024-03-01  2024-03-11  COMPLETED_ABST  DAY        LONG     REHAB_LONG      HEROIN
    # 10 nights
    cat     2024-03-01  2024-04-19  COMPLETED_ABST  DAY        SPECIAL  AMBULATORY_NON  CRACK
    dan     2024-01-01  2024-04-10  COMPLETED_ABST  DAY        LONG     REHAB_LONG      CRACK
    eve     2024-01-01  2024-12-31  COMPLETED_ABST  MONTH      LONG     REHAB_LONG      CRACK
    # coarse date: the length of her stay is not known
    fay     2024-01-01  -           -               DAY        LONG     REHAB_LONG      CRACK
    # stale: nobody has said that she left
    """,
    cells="""
    period   cell                                         measure  value          denominator
    2024     total                                        p25      10             4
    # of 3, 10, 50 and 100
    2024     total                                        median   50             4
    2024     total                                        p75      100            4
    2024     service=AMBULATORY_NON_INTENSIVE_OUTPATIENT  median   50             2
    2024     service=REHAB_LONG_TERM_GT_30D               median   100            2
    2024     substance_group=COCAINE                      median   100            2
    2024     substance_group=OPIOIDS                      median   10             2
    2024     substance=CRACK                              p25      50             2
    2024     substance=HEROIN                             p25      3              2
    2024     discharge_reason=COMPLETED_ABSTINENT         median   50             3
    2024     discharge_reason=DROPPED_OUT_LOST_CONTACT    median   3              1
    2024-01  total                                        median   NOT_AVAILABLE  0
    # nothing to divide by
    """,
)
