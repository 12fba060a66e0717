from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="I02",
    question="How many die of an overdose within four weeks of leaving treatment or prison?",
    depends_on=("alcohol_included",),
    episodes="""
    person  start       end         reason          setting
    ann     2023-11-01  2024-02-01  DROPPED         SPECIAL
    ben     2023-11-01  2024-02-01  DROPPED         SPECIAL
    cat     2023-11-01  2024-02-01  COMPLETED_ABST  PRISON
    dan     2023-11-01  2024-02-01  DIED            SPECIAL
    # death: not an exit
    eve     2023-11-01  2024-02-01  DROPPED         LONG
    fay     2026-06-01  2026-09-15  DROPPED         SPECIAL
    """,
    outcomes="""
    person  kind   day         cause
    ann     DEATH  2024-02-29  DRUG_INDUCED
    # leap year: on the 28th day
    ben     DEATH  2024-03-01  DRUG_INDUCED
    # on the 29th
    cat     DEATH  2024-02-01  DRUG_INDUCED
    # on the day of the release
    eve     DEATH  2024-02-05  LIVER
    """,
    cells="""
    period  cell                                       value        numerator  denominator
    2024    total                                      500          2          4
    2024    setting=LONG_TERM_RESIDENTIAL              0            0          1
    2024    setting=PRISON_OR_CUSTODIAL                1000         1          1
    2024    setting=SPECIALIZED_OUTPATIENT             500          1          2
    2024    discharge_reason=COMPLETED_ABSTINENT       1000         1          1
    2024    discharge_reason=DROPPED_OUT_LOST_CONTACT  1000/3       1          3
    2026    total                                      NOT_MATURED  -          -
    # not matured: the four weeks of fay have not passed
    """,
)
