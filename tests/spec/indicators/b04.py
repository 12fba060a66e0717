from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="B04",
    question="How many times does somebody begin a treatment?",
    depends_on=("alcohol_included",),
    episodes="""
    episode  person  start       end         setting  age  substance  kind      revision  operation
    a        ann     2025-12-30  2026-01-10  SPECIAL  35   HEROIN     INITIAL   1         UPSERT
    a        ann     2026-01-02  2026-01-10  SPECIAL  35   HEROIN     INITIAL   2         UPSERT
    # corrected: the date moves it to the next year
    b        ben     2025-03-01  2025-03-10  SPECIAL  35   CRACK      INITIAL   1         UPSERT
    b        ben     2025-03-01  2025-03-10  SPECIAL  35   CRACK      INITIAL   2         RETRACT
    # retracted: it was the only one of a cocaine user
    c        cat     2025-02-01  2025-02-20  SPECIAL  35   HEROIN     INITIAL   1         UPSERT
    d        cat     2025-02-20  2025-05-01  LONG     35   HEROIN     TRANSFER  1         UPSERT
    # transfer: one person, two admissions
    """,
    cells="""
    period   cell                                          value
    2025     total                                         2
    2025     sex=MALE                                      2
    2025     age_band=35-39                                2
    2025     substance_group=OPIOIDS                       2
    2025     age_band=35-39|sex=MALE                       2
    2025     age_group=25-44                               2
    2025     substance=HEROIN                              2
    2025     setting=LONG_TERM_RESIDENTIAL                 1
    2025     setting=SPECIALIZED_OUTPATIENT                1
    2025     admission_kind=INITIAL_ADMISSION              1
    2025     admission_kind=TRANSFER_OR_CHANGE_OF_SERVICE  1
    2025-03  total                                         0      # retracted: ben
    2025-12  total                                         0      # corrected: ann
    2026     total                                         1
    2026-01  total                                         1
    """,
)
