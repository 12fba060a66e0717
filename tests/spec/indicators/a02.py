from tests.spec.indicators.page import Page

PAGE = Page(
    indicator="A02",
    question="How many different people are treated for their drug use in the period?",
    depends_on=("stale_days", "alcohol_included"),
    facilities="""
    facility  from        admin1
    F1        2020-01-01  KE-30
    F2        2020-01-01  KE-28
    """,
    episodes="""
    person  start       end         facility  setting  sex     born     substance  interventions
    ann     2023-05-01  2024-02-29  F1        SPECIAL  FEMALE  2008-12  HEROIN     CBT
    # leap year: her last day is 29 February
    ben     2023-03-01  2024-01-01  F1        SPECIAL  MALE    1990     ALCOHOL    CBT
    # the last day counts; born in a month that is not known: July
    cat     2023-02-01  2023-12-31  F1        SPECIAL  FEMALE  1990-01  HEROIN     CBT
    # left on the day before the year
    dan     2024-03-01  2024-05-01  F1        LONG     MALE    1984-06  CRACK      CBT
    dan     2024-05-01  2025-01-10  F2        SPECIAL  MALE    1984-06  CRACK      CBT
    # transfer: one person, in two settings and regions
    eve     2024-01-01  2024-06-01  F1        SPECIAL  MALE    1979-01  HEROIN     CBT
    eve     2024-02-01  2024-12-31  F1        SPECIAL  FEMALE  1979-01  HEROIN     CBT
    # overlap, two sexes: one person; what the later start says holds
    fay     2024-01-05  2024-02-05  F1        SPECIAL  FEMALE  1990-01  HEROIN     NEEDLE
    # not structured: needle exchange only
    gus     2023-06-01  -           F1        SPECIAL  MALE    1990-01  HEROIN     CBT
    # stale: nothing was heard of him since June 2023
    """,
    cells="""
    period   cell                                value
    2024     total                               4
    2024     sex=FEMALE                          2      # ann and eve
    2024     sex=MALE                            2      # ben and dan
    2024     age_band=15-19                      1      # ann, 15 on 1 January
    2024     age_band=30-34                      1      # ben, 33
    2024     age_band=35-39                      1      # dan, 39 on his first day
    2024     age_band=45-49                      1
    2024     substance_group=ALCOHOL             1
    2024     substance_group=COCAINE             1
    2024     substance_group=OPIOIDS             2
    2024     sex=FEMALE|substance_group=OPIOIDS  2
    2024     sex=MALE|substance_group=ALCOHOL    1
    2024     sex=MALE|substance_group=COCAINE    1
    2024     age_group=<18                       1
    2024     age_group=25-44                     2
    2024     age_group=45-64                     1
    2024     substance=ALCOHOL                   1
    2024     substance=CRACK                     1
    2024     substance=HEROIN                    2
    2024     setting=SPECIALIZED_OUTPATIENT      4
    2024     setting=LONG_TERM_RESIDENTIAL       1      # transfer: dan counts in both
    2024     admin1=KE-30                        4
    2024     admin1=KE-28                        1
    2024-02  total                               2
    2024-03  total                               2      # leap year: ann has left
    2023     total                               4
    """,
)
