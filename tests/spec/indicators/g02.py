from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="G02",
    question="How many of those in treatment leave it free of dependence?",
    depends_on=("journey_gap_days", "stale_days", "alcohol_included"),
    episodes="""
    person  start       end         reason           sex     age  substance  other_substances
    ann     2025-02-01  2025-05-01  COMPLETED_ABST   FEMALE  30   HEROIN     -
    ben     2025-02-01  2025-05-01  COMPLETED_NOT    MALE    40   CRACK      ALCOHOL
    cat     2025-02-01  2025-05-01  COMPLETED_ABST   MALE    40   CRACK      -
    cat     2025-10-01  2026-02-01  COMPLETED_ABST   MALE    40   CRACK      -
    # is in treatment again at the end of the year
    dan     2025-02-01  2025-05-01  COMPLETED_STAB   MALE    40   ALCOHOL    -
    # stable on maintenance is completed, but not in this sense
    eve     2025-02-01  2025-05-01  TRANSFERRED_NOT  FEMALE  30   CRACK      FENTANYLS
    eve     2025-05-10  2025-08-01  COMPLETED_NOT    FEMALE  30   CRACK      FENTANYLS
    # transfer: one journey, completed elsewhere; any opiate that is named counts
    fay     2025-02-01  2025-05-01  DROPPED          FEMALE  40   UNKNOWN    -
    """,
    cells="""
    period  cell                                 value  numerator  denominator
    2025    total                                50     3          6
    2025    client_group=OPIATE                  100    2          2
    2025    client_group=NON_OPIATE_AND_ALCOHOL  100    1          1
    2025    client_group=NON_OPIATE_ONLY         0      0          1
    2025    client_group=ALCOHOL_ONLY            0      0          1
    2025    client_group=UNKNOWN                 0      0          1            # unknown: fay
    2025    sex=FEMALE                           200/3  2          3
    2025    sex=MALE                             100/3  1          3
    2025    age_band=30-34                       100    2          2
    2025    age_band=40-44                       25     1          4
    2025    age_group=25-44                      50     3          6
    """,
)
