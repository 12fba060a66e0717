from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="B01",
    question="How many different people enter treatment?",
    depends_on=("entrant_gap_days", "stale_days", "attribute_episode", "alcohol_included"),
    facilities="""
    facility  from        admin1
    F1        2020-01-01  KE-30
    F2        2020-01-01  KE-28
    """,
    episodes="""
    person  start       end         precision  facility  setting  sex     age  substance  referral
    ann     2023-06-01  2023-09-04  DAY        F1        SPECIAL  FEMALE  29   HEROIN     SELF
    ann     2024-03-02  2024-05-01  DAY        F1        SPECIAL  FEMALE  30   HEROIN     SELF
    # leap year: not active in the 180 days before, the first of which is 4 September
    ben     2023-06-01  2023-09-05  DAY        F1        SPECIAL  MALE    29   HEROIN     SELF
    ben     2024-03-02  2024-05-01  DAY        F1        SPECIAL  MALE    30   HEROIN     SELF
    # active on 4 September: goes on, does not enter
    cat     2024-01-10  2024-01-20  DAY        F1        SPECIAL  MALE    50   CRACK      SELF
    cat     2024-09-01  2024-10-01  DAY        F2        LONG     MALE    50   HEROIN     COURT
    # counted once; the last start describes him
    dan     2024-07-01  2024-08-01  YEAR       F1        SPECIAL  FEMALE  16   LSD        UNKNOWN
    # coarse date: known to the year, counted in years alone
    """,
    cells="""
    period   cell                                                     value
    2024     total                                                    3      # ann, cat, dan
    2024     sex=FEMALE                                               2
    2024     sex=MALE                                                 1
    2024     age_band=15-19                                           1
    2024     age_band=30-34                                           1
    2024     age_band=50-54                                           1
    2024     substance_group=HALLUCINOGENS                            1
    2024     substance_group=OPIOIDS                                  2
    2024     age_band=15-19|sex=FEMALE|substance_group=HALLUCINOGENS  1
    2024     age_band=30-34|sex=FEMALE|substance_group=OPIOIDS        1
    2024     age_band=50-54|sex=MALE|substance_group=OPIOIDS          1
    2024     age_group=<18                                            1
    2024     age_group=25-44                                          1
    2024     age_group=45-64                                          1
    2024     substance=LSD                                            1
    2024     substance=HEROIN                                         2
    2024     setting=LONG_TERM_RESIDENTIAL                            1
    2024     setting=SPECIALIZED_OUTPATIENT                           2
    2024     referral=COURT                                           1
    2024     referral=SELF                                            1
    2024     referral=UNKNOWN                                         1      # unknown: dan
    2024     admin1=KE-28                                             1
    2024     admin1=KE-30                                             2
    2024-Q1  total                                                    2      # ann, cat
    2024-Q1  substance_group=COCAINE                                  1      # by his first start
    2024-Q1  substance_group=OPIOIDS                                  1
    2024-Q3  total                                                    1      # cat again
    2024-07  total                                                    0      # coarse date: not dan
    """,
)
