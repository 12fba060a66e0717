from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="B05",
    question="Because of which drugs do people come?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    episodes="""
    person  start       end         setting  sex     substance  status
    ann     2025-02-01  2025-03-01  SPECIAL  FEMALE  HEROIN     NEVER
    ben     2025-02-01  2025-03-01  SPECIAL  MALE    HEROIN     PREVIOUSLY
    cat     2025-02-01  2025-03-01  LONG     MALE    CRACK      PREVIOUSLY
    dan     2025-02-01  2025-03-01  SPECIAL  MALE    UNKNOWN    PREVIOUSLY
    # unknown: not among those that are divided by
    """,
    cells="""
    period  cell                                             value   numerator  denominator
    2025    substance=HEROIN                                 200/3   2          3
    2025    substance=CRACK                                  100/3   1          3
    2025    sex=FEMALE|substance=HEROIN                      100     1          1
    # of the women
    2025    sex=MALE|substance=HEROIN                        50      1          2
    2025    sex=MALE|substance=CRACK                         50      1          2
    2025    substance=HEROIN|treatment_history=FIRST_TIME    100     1          1
    2025    substance=HEROIN|treatment_history=PREVIOUS      50      1          2
    2025    substance=CRACK|treatment_history=PREVIOUS       50      1          2
    2025    setting=SPECIALIZED_OUTPATIENT|substance=HEROIN  100     2          2
    2025    setting=LONG_TERM_RESIDENTIAL|substance=CRACK    100     1          1
    2025    total                                            absent  -          -
    # it would always be 100
    """,
)
