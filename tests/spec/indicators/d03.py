from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="D03",
    question="Do people who come as an alternative to punishment complete their treatment "
    "as often as others?",
    depends_on=("journey_gap_days", "stale_days", "alcohol_included"),
    episodes="""
    person  start       end         reason           sex     substance  referral  ati_stage
    ann     2025-02-01  2025-05-01  COMPLETED_NOT    FEMALE  HEROIN     COURT     -
    ben     2025-01-05  2025-02-01  TRANSFERRED_NOT  MALE    HEROIN     POLICE    -
    ben     2025-02-10  2025-03-01  DROPPED          MALE    HEROIN     SELF      -
    # transfer: one journey, which begins with the police and ends by dropping out
    cat     2025-02-01  2025-05-01  COMPLETED_ABST   MALE    HEROIN     SELF      -
    dan     2025-02-01  2025-05-01  DROPPED          FEMALE  HEROIN     SELF      -
    eve     2025-02-01  2025-05-01  DROPPED          FEMALE  HEROIN     SELF      -
    fay     2025-02-01  -           -                MALE    HEROIN     SELF      -
    # stale: closed, and not completed
    gus     2025-02-01  2025-05-01  COMPLETED_ABST   MALE    CRACK      PRISON    TREATMENT
    # sent by a prison, and no alternative: compared with nobody
    hal     2025-02-01  2025-05-01  COMPLETED_ABST   MALE    HEROIN     UNKNOWN   -
    # unknown: nor he
    ivy     2025-02-01  2025-05-01  COMPLETED_ABST   MALE    CRACK      SELF      -
    """,
    cells="""
    period   cell                     measure       value          numerator  denominator
    2025     total                    value         10             -          2
    # 50 % of 2 and 40 % of 5: the smaller group is told
    2025     total                    alternatives  50             1          2
    2025     total                    others        40             2          5
    2025     sex=FEMALE               value         100            -          1
    2025     sex=MALE                 value         -200/3         -          1
    2025     substance_group=OPIOIDS  value         25             -          2
    2025     substance_group=COCAINE  others        100            1          1
    # nobody to compare with: no value
    2025     substance_group=OPIOIDS  others        25             1          4
    2025     substance=HEROIN         alternatives  50             1          2
    2025-06  total                    value         NOT_AVAILABLE  -          0
    # nothing to divide by
    """,
)
